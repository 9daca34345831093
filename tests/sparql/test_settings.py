"""Each limit is a setting, and a setting that cannot be used is refused in words."""

import pytest

from goldenthread.domain.limits import Limits
from goldenthread.errors import BadValue


def test_every_limit_can_be_set() -> None:
    """Guards the variables: each that a page names changes the limit beside it."""
    lines = Limits().lines
    assert len(lines) == 7
    for number, line in enumerate(lines):
        changed = Limits.from_environment({line.setting: "77"})
        assert changed.lines[number].value == 77
        assert changed != Limits()
    assert Limits.from_environment({"GOLDENTHREAD_SPARQL_SECONDS": "0.5"}).seconds == 0.5
    assert Limits.from_environment({}) == Limits()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECONDS", "0"),
        ("SECONDS", "soon"),
        ("SECONDS", "nan"),
        ("MEMORY", "1"),
        ("ROWS", "-1"),
        ("SIZE", "0"),
        ("WORKERS", "0"),
        ("WORKERS", "2.5"),
        ("QUEUE", "-1"),
        ("CLIENT", "0"),
        ("START", "slowly"),
        ("URL", "javascript:alert(1)"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(name: str, value: str) -> None:
    """Guards against an endpoint without a limit by accident: the message names the variable."""
    with pytest.raises(BadValue, match=f"GOLDENTHREAD_SPARQL_{name} has to be"):
        Limits.from_environment({f"GOLDENTHREAD_SPARQL_{name}": value})
