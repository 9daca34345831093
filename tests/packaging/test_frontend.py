"""What the scripts of the pages import is asked for by name, and locked with its hash."""

import json
import re
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
IMPORT = re.compile(r"""^\s*(?:import|export)\b[^'"]*['"]([^'"]+)['"]""", re.MULTILINE)


def test_every_package_that_is_imported_is_asked_for() -> None:
    """Guards against what another package happens to bring: its next version may not."""
    asked = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    texts = [path.read_text(encoding="utf-8") for path in sorted(FRONTEND.glob("*.js"))]
    named = {name for text in texts for name in IMPORT.findall(text)}
    outside = {n for n in named if not n.startswith((".", "node:"))}
    packages = {"/".join(n.split("/")[: 2 if n.startswith("@") else 1]) for n in outside}
    assert len(packages) > 5
    assert packages <= set(asked)


def test_every_locked_package_has_its_hash() -> None:
    """Guards against a package that may be another one tomorrow."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {path: said for path, said in lock.items() if path}
    assert len(installed) > 20
    assert not [p for p, said in installed.items() if not said["integrity"].startswith("sha512-")]
    # Where a package is taken from is for whoever installs to say.
    assert not [p for p, said in installed.items() if "resolved" in said]
