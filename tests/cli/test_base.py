"""Every command that gives IRIs out gives them under the base that is set, and says the same."""

import re
from pathlib import Path
from typing import Any

import pytest

from goldenthread.domain.namespaces import BASE
from goldenthread.faces.cli.main import main
from goldenthread.store.dataset import Dataset

OTHER = "https://data.council.example/id/"
ANSWERS = {
    "export nt": ("export", "nt"),
    "export ttl, as printed": ("export", "ttl", "--reading", "printed"),
    "export trig": ("export", "trig"),
    "export csv": ("export", "csv"),
    "export json": ("export", "json"),
    "trace": ("trace", "down", "ambition/a", "--format", "json"),
    "check": ("check", "--format", "json"),
    "gaps": ("gaps", "--format", "json"),
    "list": ("list", "outcome", "--format", "json"),
    "query": ("query", "-", "--format", "csv"),
}
ASKED = b"SELECT ?s ?p ?o { ?s a <https://w3id.org/goldenthread/ontology/Level> ; ?p ?o }"


def lines(said: bytes) -> list[str]:
    """Return the lines of an answer under our base, in an order that no IRI decides.

    Names that are made of others, and the hash of all that is said, are another under each base.
    """
    text = said.decode("utf-8").replace(OTHER, BASE)
    return sorted(re.sub(r"\b[0-9a-f]{16,64}\b", "HASH", text).splitlines())


@pytest.mark.parametrize("command", ANSWERS.values(), ids=ANSWERS.keys())
def test_the_same_is_said_under_another_base(
    run: Any, four_levels_folder: Path, command: tuple[str, ...]
) -> None:
    """Guards each command: no IRI of ours is left, and nothing else is another."""
    asked = [*command, "--data", four_levels_folder]
    plain = run(*asked, stdin=ASKED)
    found = run(*asked, "--base", OTHER, stdin=ASKED)
    assert found.returncode == plain.returncode
    assert found.stdout, found.stderr
    assert BASE.encode() not in found.stdout
    assert OTHER.encode() in found.stdout
    assert lines(found.stdout) == lines(plain.stdout)


def test_the_environment_sets_the_base_as_well(run: Any, four_levels_folder: Path) -> None:
    """Guards a setting that is made once for every command."""
    asked = ("list", "outcome", "--format", "json", "--data", four_levels_folder)
    said = run(*asked, env={"GOLDENTHREAD_BASE": OTHER}).stdout
    assert said
    assert said == run(*asked, "--base", OTHER).stdout


def test_a_site_has_the_base_in_its_data(
    monkeypatch: pytest.MonkeyPatch, four_levels_folder: Path, tmp_path: Path
) -> None:
    """Guards `site`: the data set that it is written from has the base, as the server has."""
    written = []

    def write_site(dataset: Dataset, folder: Path, *_: object, **__: object) -> int:
        written.append((dataset.base, folder))
        return 1

    monkeypatch.setattr("goldenthread.faces.web.site.write_site", write_site)
    asked = ["site", str(tmp_path), "--data", str(four_levels_folder), "--base", OTHER]
    assert main(asked) == 0
    assert written == [(OTHER, tmp_path)]


def test_a_base_that_is_none_is_refused(run: Any, tmp_path: Path) -> None:
    """Guards the message: what a base looks like, wherever one may be given."""
    for command in (("export", "nt"), ("site", tmp_path / "site"), ("gaps",)):
        refused = run(*command, "--base", "council")
        assert refused.returncode == 2
        assert b"ends with a slash" in refused.stderr


def test_files_are_verified_as_they_are(run: Any, shipped_folder: Path) -> None:
    """Guards the seal: it is of files, and these keep the IRIs that they have."""
    plain = run("verify", "--data", shipped_folder)
    assert run("verify", "--data", shipped_folder, "--base", OTHER).stdout == plain.stdout
