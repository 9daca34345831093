import subprocess
import sys

import pytest

HEAVY = (
    "rdflib",
    "fastapi",
    "pyshacl",
    "networkx",
    "openpyxl",
    "docx",
    "jinja2",
    "uvicorn",
    "yaml",
)
SCRIPT = """
import sys
from goldenthread.faces.cli.main import main
code = main(sys.argv[1:])
print(sorted({m.split(".")[0] for m in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["trace", "down", "corporate-priority/4"],
        ["trace", "up", "MECC model"],
        ["trace", "down", "corporate-priority/4", "--format", "json"],
        ["gaps"],
        ["show", "service-priority/1.4"],
        ["--help"],
    ],
)
def test_answers_load_no_heavy_library(arguments: list[str]) -> None:
    """Guards the cold start: what a question does not need is not imported for it."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, check=True, timeout=60
    )
    loaded = done.stderr.decode()
    assert "goldenthread" in loaded
    found = [name for name in HEAVY if f"'{name}'" in loaded]
    assert found == []


def test_help_opens_no_data() -> None:
    """Guards that help comes without loading the engine."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "--help"], capture_output=True, check=True, timeout=60
    )
    assert "'pyoxigraph'" not in done.stderr.decode()
