"""Guards `goldenthread verify` in a process of its own: words, exit codes, JSON."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_verify(run: Run, four_levels_folder: Path, tmp_path: Path) -> None:
    """Guards exit codes: 0 whole, 1 tampered with, 2 cannot tell."""
    folder = tmp_path / four_levels_folder.name
    shutil.copytree(four_levels_folder, folder)
    done = run("verify", "--seal", "--data", folder)
    assert (done.returncode, b"Sealed: " in done.stderr) == (0, True)
    assert b"All that was compared is as it should be." in done.stdout
    plan = folder / "plan.ttl"
    plan.write_bytes(plan.read_bytes() + b"<urn:a> <urn:b> <urn:c> .\n")
    done = run("verify", "--data", folder, "--format", "json")
    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert said["whole"] is False
    assert "statements" in {f["kind"] for f in said["findings"]}
    assert run("verify", "--data", folder, "--against", tmp_path / "no.json").returncode == 2
