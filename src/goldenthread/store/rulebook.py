"""The rulebook: the rules that ship and those that plans' folders add, with profiles and examples.

Beside `plan.ttl` a folder may hold `rules`, laid out as our `shapes`: Turtle files of rules,
`examples/{rule}/valid.ttl` and `invalid.ttl`, and `profiles/*.ttl`.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

from goldenthread.domain.profile import DEFAULT, Profile
from goldenthread.domain.rule import Rule, rule_name
from goldenthread.errors import NotFound, Unreadable
from goldenthread.store import resources
from goldenthread.store.rules import rules

FOLDER = "rules"
EXAMPLES = ("invalid", "valid")


class Rulebook:
    """The rules that a plan is held to, each under a name that no other has."""

    def __init__(self, folders: Sequence[Path] = (), files: Sequence[Path] = ()) -> None:
        """Read the rules that ship, those in `rules` of plans' folders, and those of more files.

        Raises:
            Unreadable: a file of rules that cannot be used, or a name that is taken.
        """
        self._tops = tops(folders)
        own = [p for top in self._tops for p in sorted(top.glob("*.ttl"))]
        self.files = tuple(dict.fromkeys(p.resolve() for p in (*own, *files)))
        self.rules = rules()
        if self.files:
            self.rules = tuple(sorted((*self.rules, *self._own()), key=lambda r: r.iri))
        self._named = {r.name.casefold(): r for r in self.rules}

    @property
    def written(self) -> list[Path]:
        """Return the files that are a workspace's own: rules, profiles and examples."""
        return sorted({*self.files, *(p.resolve() for t in self._tops for p in t.rglob("*.ttl"))})

    def _own(self) -> list[Rule]:
        from goldenthread.store.own_rules import own_rules

        taken = {r.name.casefold(): r for r in rules()}
        found = []
        for path in self.files:
            for rule in own_rules(path):
                if (other := taken.get(rule.name.casefold())) is not None:
                    where = other.file or "the rules that ship"
                    raise Unreadable(
                        f"A rule named {other.name} is also in {where}. Names are unique, and what "
                        "ships is not replaced: rename this one.",
                        str(path),
                    )
                taken[rule.name.casefold()] = rule
                found.append(rule)
        return found

    def select(self, names: Iterable[str] = ()) -> tuple[Rule, ...]:
        """Return the rules of those names, or all; `Measure-target`, `shape:...` and IRIs all do.

        Raises:
            NotFound: a name that no rule has; carries the nearest ones.
        """
        return tuple(self.rule(n) for n in names) or self.rules

    def rule(self, name: str) -> Rule:
        """Return one rule by its name, id or IRI.

        Raises:
            NotFound: no rule has that name; carries the nearest ones.
        """
        found = self._named.get(rule_name(name).casefold())
        if found is None or ("/" in name and name != found.iri):
            near = get_close_matches(rule_name(name).casefold(), self._named, 5, 0.4)
            raise NotFound(
                f"There is no rule “{name}”. Choose one of those listed.",
                [(self._named[n].id, self._named[n].label) for n in near],
            )
        return found

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        """Return the profiles by name, the default first.

        Raises:
            Unreadable: a file of profiles that cannot be used, or a name that is taken.
        """
        from goldenthread.store.profiles import profiles

        known = {r.iri: r for r in self.rules}
        ours = sorted((resources.root() / "shapes" / "profiles").glob("*.ttl"))
        theirs = [p for t in self._tops for p in sorted((t / "profiles").glob("*.ttl"))]
        found: dict[str, Profile] = {}
        for path in (*ours, *theirs):
            for profile in profiles(path, known, own=path not in ours):
                if profile.name in found:
                    raise Unreadable(
                        f"There is a profile {profile.name} already. Rename this one.", str(path)
                    )
                found[profile.name] = profile
        return {DEFAULT: found[DEFAULT], **found}

    def profile(self, name: str = "") -> Profile:
        """Return a profile by name, the default where none is given.

        Raises:
            NotFound: there is no such profile; carries those that there are.
        """
        found = self.profiles.get(name or DEFAULT)
        if found is None:
            every = [(p.name, p.label) for p in self.profiles.values()]
            names = ", ".join(self.profiles)
            raise NotFound(f"There is no profile “{name}”. Choose one of: {names}.", every)
        return found

    def example(self, rule: Rule, kind: str) -> Path | None:
        """Return the file of a rule's example, `valid` or `invalid`; None where it has none."""
        top = Path(rule.file).parent if rule.own else resources.root() / "shapes"
        path = top / "examples" / rule.name / f"{kind}.ttl"
        return path if path.is_file() else None


def rulebook(folders: Sequence[Path] = (), files: Sequence[Path] = ()) -> Rulebook:
    """Return the rules that ship with those of plans' folders and of more files."""
    # Ours are read once; a plan's own may be changed while somebody looks at what they find.
    return Rulebook(folders, files) if files or tops(folders) else _shipped()


def tops(folders: Sequence[Path]) -> list[Path]:
    """Return the folders of rules that stand in plans' folders."""
    return [top for f in folders if f.is_dir() and (top := f / FOLDER).is_dir()]


@cache
def _shipped() -> Rulebook:
    return Rulebook()
