"""What ships: the wheel's content, its entry points, the locks and what files may not mention."""

from __future__ import annotations

import configparser
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = "goldenthread/faces/web/static/built"
# What pages load, and how many bytes of it may go over a slow connection.
LIMITS = {"explorer.css": 30_000, "explorer.js": 15_000, "graph.js": 100_000, "query.js": 130_000}
# With these pictures are drawn; no page loads them.
FONTS = {"Arimo_400Regular.ttf", "Arimo_700Bold.ttf"}
ASSETS = {f"{BUILT}/{name}" for name in ("ASSETS.json", *LIMITS, *FONTS)}
# Where each tracked folder goes in the wheel; the same as in pyproject.toml, which a test checks.
FOLDERS = {
    "src/goldenthread": "goldenthread",
    "ontology": "goldenthread/bundle/ontology",
    "data": "goldenthread/bundle/data",
    "shapes": "goldenthread/bundle/shapes",
    "queries": "goldenthread/bundle/queries",
}


def git(*arguments: str) -> str:
    """Return what git prints, run at the top of the checkout."""
    # Whichever git the developer has.
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture(scope="session")
def tracked() -> list[str]:
    """The paths that git tracks and that are still on disk."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no list to compare with")
    return [path for path in git("ls-files", "-z").split("\0") if path and (ROOT / path).is_file()]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout, in this environment, so that nothing is downloaded twice."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "GOLDENTHREAD_REQUIRE_ASSETS": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as pip would put it into site-packages."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def shipped(unpacked: Path) -> list[str]:
    """The paths in the wheel, without its metadata."""
    return [
        path.relative_to(unpacked).as_posix()
        for path in sorted(unpacked.rglob("*"))
        if path.is_file() and ".dist-info" not in path.parts[len(unpacked.parts)]
    ]


def in_wheel(path: str) -> str | None:
    """Return where a tracked path goes in the wheel, or None if it stays behind."""
    for folder, target in FOLDERS.items():
        if path.startswith(f"{folder}/"):
            return target + path.removeprefix(folder)
    return None


def outside_package(program: str, unpacked: Path) -> subprocess.CompletedProcess[str]:
    """Run Python code against the unpacked wheel, from a folder outside the checkout."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=unpacked,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def test_wheel_holds_what_git_tracks(shipped: list[str], tracked: list[str]) -> None:
    """Guards the content: each tracked file and the assets, nothing left over or forgotten."""
    expected = ASSETS | {target for path in tracked if (target := in_wheel(path))}
    assert len(expected) > len(ASSETS), "git tracks none of the folders that ship"
    assert sorted(set(shipped) - expected) == [], "in the wheel, but git does not track it"
    assert sorted(expected - set(shipped)) == [], "tracked by git, but missing from the wheel"


def test_each_folder_ships_something(shipped: list[str]) -> None:
    """Guards the mapping in pyproject.toml: a renamed folder would ship nothing, silently."""
    empty = [
        folder
        for folder, target in FOLDERS.items()
        if not any(path.startswith(f"{target}/") and path not in ASSETS for path in shipped)
    ]
    assert FOLDERS
    assert empty == []


def test_files_ship_byte_for_byte(unpacked: Path, tracked: list[str]) -> None:
    """Guards the evidence: documents and graphs reach users with the bytes they have here."""
    pairs = [(path, target) for path in tracked if (target := in_wheel(path))]
    assert pairs
    changed = [
        path
        for path, target in pairs
        if (unpacked / target).is_file()
        and (ROOT / path).read_bytes() != (unpacked / target).read_bytes()
    ]
    assert changed == []


def test_metadata_is_complete(unpacked: Path) -> None:
    """Guards what goes with the package: its licences and its metadata, and nothing else."""
    (metadata,) = unpacked.glob("*.dist-info")
    names = {path.relative_to(metadata).as_posix() for path in metadata.rglob("*")} - {"licenses"}
    assert names == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/LICENSE-data",
    }


def test_entry_points_load_from_the_wheel(unpacked: Path) -> None:
    """Guards the command: its entry point imports from what ships, not from the checkout."""
    parser = configparser.ConfigParser()
    (listing,) = unpacked.glob("*.dist-info/entry_points.txt")
    parser.read(listing, encoding="utf-8")
    entries = dict(parser["console_scripts"])
    assert entries == {"goldenthread": "goldenthread.faces.cli.main:main"}
    for target in entries.values():
        module, name = target.split(":")
        done = outside_package(
            f"import goldenthread, {module} as entry\n"
            f"assert callable(entry.{name})\n"
            "print(goldenthread.__file__)",
            unpacked,
        )
        assert done.returncode == 0, done.stderr
        assert Path(done.stdout.strip()).is_relative_to(unpacked)


def test_module_runs_from_the_wheel(unpacked: Path) -> None:
    """Guards `python -m goldenthread`, for places where scripts are not on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", "--help"],
        cwd=unpacked,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_assets_are_what_their_manifest_says(unpacked: Path) -> None:
    """Guards the manifest: hashes of the files beside it, what they contain, which terms."""
    built = unpacked / BUILT
    manifest = json.loads((built / "ASSETS.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == set(LIMITS) | FONTS
    for name, facts in manifest["files"].items():
        content = (built / name).read_bytes()
        assert facts == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    packages = manifest["contains"] + manifest["builtWith"]
    names = {package["name"] for package in packages}
    assert {"govuk-frontend", "vis-network", "sass", "esbuild"} <= names
    assert all(package["version"] and package["licence"] for package in packages)
    assert "The MIT License" in manifest["notice"]
    # GOV.UK Frontend brings no text of its terms; NOTICE.txt has them.
    silent = [package["name"] for package in manifest["contains"] if not package["terms"]]
    assert silent == ["govuk-frontend"]


def test_assets_fetch_nothing_and_claim_no_brand(unpacked: Path) -> None:
    """Guards two promises: no page asks for another host or file; no GOV.UK brand."""
    css = (unpacked / BUILT / "explorer.css").read_text(encoding="utf-8")
    assert ".govuk-table" in css
    assert ".gt-basis-similar-wording" in css
    unwanted = [
        word
        for word in ("url(", "@import", "@font-face", "gds transport", "crown-logo", "crest")
        if word in css.lower()
    ]
    assert unwanted == []


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_assets_stay_small(unpacked: Path, name: str) -> None:
    """Guards slow connections: each file that a page loads stays under its limit, compressed."""
    assert len(gzip.compress((unpacked / BUILT / name).read_bytes())) < LIMITS[name]


def test_package_lock_is_whole_and_names_no_registry() -> None:
    """Guards the npm lock: each package has an integrity hash, none the address it came from."""
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    unhashed = [name for name, entry in packages.items() if not entry.get("integrity")]
    assert unhashed == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_requirements_lock_is_whole_and_names_no_index() -> None:
    """Guards the Python lock: each requirement is pinned and hashed, and no index is named."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    logical = re.sub(r"\\\n\s*", "", text).splitlines()
    requirements = [line for line in logical if line and not line.lstrip().startswith("#")]
    assert requirements
    assert [line for line in requirements if not re.match(r"[a-z0-9-]+==\S", line)] == []
    assert [line for line in requirements if " --hash=sha256:" not in f" {line}"] == []
    assert "://" not in text


def test_locks_cover_what_is_declared() -> None:
    """Guards against forgetting `make lock`: each direct dependency is in its lock."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["dependencies"] + project["optional-dependencies"]["test"]
    names = {re.split(r"[<>=\[; ]", line)[0].lower() for line in declared}
    assert names
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", text, flags=re.MULTILINE))
    assert sorted(names - locked) == []

    package = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    assert package["devDependencies"]
    for name, version in package["devDependencies"].items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version


def test_no_file_names_a_registry_or_this_machine(tracked: list[str]) -> None:
    """Guards portability: no tracked file mentions a package registry or a developer's folder."""
    # Written in pieces, so that this file does not find itself.
    hosts = [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb.debian", "org"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
    ]
    registry = "|".join(re.escape(".".join(parts)) for parts in hosts)
    folder = r"(?<![\w.<)/-])/(?:" + "work|root|opt/pypi|tmp/bash" + r")/\w"
    forbidden = re.compile(f"{registry}|{folder}", flags=re.IGNORECASE)
    assert forbidden.search("see https://" + ".".join(hosts[0]) + "/p")
    assert forbidden.search("in /" + "work/main")
    assert tracked
    found = [
        f"{path}: {match.group()}"
        for path in tracked
        if (match := forbidden.search((ROOT / path).read_text(encoding="utf-8", errors="ignore")))
    ]
    assert found == []


def test_source_documents_are_kept_byte_for_byte(tracked: list[str]) -> None:
    """Guards the evidence in git: no line-end conversion for source documents on any system."""
    documents = [path for path in tracked if re.match(r"data/[^/]+/sources/", path)]
    assert documents
    attributes = git("check-attr", "text", "--", *documents).splitlines()
    assert len(attributes) == len(documents)
    assert [line for line in attributes if not line.endswith(": text: unset")] == []


def test_folders_are_those_of_pyproject() -> None:
    """Guards this module's own table: it maps the folders that pyproject.toml ships."""
    import tomllib

    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
        "build"
    ]["targets"]["wheel"]
    assert wheel["sources"] == FOLDERS
    assert sorted(wheel["only-include"]) == sorted(FOLDERS)
