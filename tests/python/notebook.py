"""Run the notebooks in docs/ and keep what they show: `make notebooks`.

A kernel of this interpreter runs each notebook in a folder of its own, away from the settings of
whoever runs it. What differs from run to run is left out, so that a change of a notebook's file
is a change of an answer.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "notebooks"
SECONDS = 120


def run(notebook: Any) -> Any:
    """Return a notebook with what its cells show now; an error in a cell ends it."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
        own = {"PYTHONPATH": source, "IPYTHONDIR": folder, "JUPYTER_PLATFORM_DIRS": "1"}
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GOLDENTHREAD_")}
        kernel = AsyncKernelManager(connection_file=str(Path(folder) / "kernel.json"))
        if os.name == "posix":
            # Files of this folder instead of ports that anybody on the computer can read.
            kernel.transport = "ipc"
        kernel.kernel_spec.argv[0] = sys.executable
        client = NotebookClient(
            notebook,
            km=kernel,
            timeout=SECONDS,
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        client.execute(env=kept | own, cleanup_kc=True)
    return tidy(notebook)


def tidy(notebook: Any) -> Any:
    """Return a notebook without what says where and when it was run."""
    for place, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{place}"
        cell.metadata = {}
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = {}
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(notebook)
    return notebook


def main(paths: list[str]) -> int:
    """Run the notebooks at `paths`, all in docs/notebooks unless given, and write them."""
    for path in [Path(p) for p in paths] or sorted(FOLDER.glob("*.ipynb")):
        made = run(nbformat.read(path, as_version=4))
        path.write_text(nbformat.writes(made) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
