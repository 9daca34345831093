"""A knowledge graph of strategic alignment for public bodies.

`import goldenthread as gt; plan = gt.open()` opens the plan that ships; docs/reference/python.md
says what can be asked. Nothing is loaded before it is used: the command line imports this too.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.errors import (
        Ambiguous,
        BadQuery,
        BadValue,
        GoldenthreadError,
        NotFound,
        Unavailable,
        Unreadable,
    )
    from goldenthread.faces.python.findings import Description, Found
    from goldenthread.faces.python.lists import (
        Judgements,
        Library,
        SingleThreads,
        Supports,
        Things,
    )
    from goldenthread.faces.python.opening import open  # noqa: A004 - gt.open, as in gzip.open
    from goldenthread.faces.python.plan import Plan
    from goldenthread.faces.python.texts import Account, Briefing, Explanation, Grounds
    from goldenthread.faces.python.values import (
        Answer,
        GapReport,
        Matrix,
        Report,
        Timeline,
        Trace,
    )

    __version__: str

__all__ = [
    "Account",
    "Ambiguous",
    "Answer",
    "BadQuery",
    "BadValue",
    "Briefing",
    "Description",
    "Explanation",
    "Found",
    "GapReport",
    "GoldenthreadError",
    "Grounds",
    "Judgements",
    "Library",
    "Matrix",
    "NotFound",
    "Plan",
    "Report",
    "SingleThreads",
    "Supports",
    "Things",
    "Timeline",
    "Trace",
    "Unavailable",
    "Unreadable",
    "__version__",
    "open",
]
_PLACES = {
    "goldenthread.errors": (
        "Ambiguous BadQuery BadValue GoldenthreadError NotFound Unavailable Unreadable"
    ),
    "goldenthread.faces.python.findings": "Description Found",
    "goldenthread.faces.python.lists": "Judgements Library SingleThreads Supports Things",
    "goldenthread.faces.python.opening": "open",
    "goldenthread.faces.python.plan": "Plan",
    "goldenthread.faces.python.texts": "Account Briefing Explanation Grounds",
    "goldenthread.faces.python.values": "Answer GapReport Matrix Report Timeline Trace",
}


def __getattr__(name: str) -> object:
    """Return a public name, importing what it needs now."""
    from importlib import import_module

    if name == "__version__":
        from goldenthread.services.exporting import tool_version

        return tool_version()
    for module, held in _PLACES.items():
        if name in held.split():
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'goldenthread' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
