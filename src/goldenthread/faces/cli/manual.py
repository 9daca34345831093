"""Write docs/reference: `python -m goldenthread.faces.cli.manual [FOLDER]`, or `make reference`."""

import sys
from collections.abc import Mapping
from pathlib import Path

from goldenthread.faces.cli.reference import reference
from goldenthread.faces.python.reference import frames_page, python_page
from goldenthread.services import documenting
from goldenthread.store.dataset import Dataset


def pages() -> Mapping[str, str]:
    """Return the text of every generated page by its file name."""
    dataset = Dataset.open()
    return {
        "commands.md": reference(),
        "frames.md": frames_page(dataset),
        "python.md": python_page(),
        "queries.md": documenting.queries_page(),
        "rules.md": documenting.rules_page(),
        "terms.md": documenting.terms_page(dataset),
    }


def main(arguments: list[str]) -> int:
    """Write the pages into a folder, docs/reference unless another is given."""
    folder = Path(arguments[0] if arguments else "docs/reference")
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
