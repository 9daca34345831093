"""Ask about plans as a whole: gaps, coverage, checks, and queries."""

from datetime import date
from keyword import iskeyword

from goldenthread.faces.python.lists import Library
from goldenthread.faces.python.looking import HasIri, Looking
from goldenthread.faces.python.showing import shown
from goldenthread.faces.python.texts import Grounds
from goldenthread.faces.python.values import Answer, GapReport, Matrix, Report
from goldenthread.services import asking, covering
from goldenthread.services.gaps import gaps


class Asking(Looking):
    """The questions that look at everything."""

    def gaps(self, level: str | None = None) -> GapReport:
        """Return where a level expects something and no link is recorded.

        Args:
            level: key or name of the only level to look at; all unless given.

        Raises:
            NotFound: no level has that key or name; carries those there are.

        Example:
            >>> import goldenthread as gt
            >>> report = gt.open().gaps("corporate-priority")
            >>> gap = report.gaps[0]
            >>> gap.focus.id, gap.missing, gap.found, gap.expected
            ('corporate-priority/5', 'promise', 0, 1)
        """
        return shown(GapReport, gaps(self._dataset, self.reading, level))

    def coverage(
        self, rows: str | None = None, columns: str | None = None, *, counted: str | None = None
    ) -> Matrix:
        """Return a matrix whose cells hold the things that recorded threads bring together.

        Args:
            rows: key of a level, `theme` or `period`; the first level unless given.
            columns: the same, and another; unless given, the next level that is linked.
            counted: key of the level whose things the cells count, or `all`; unless given, the
                columns' own, or the nearest level that themes or periods group.

        Raises:
            BadValue: no level of that key, or rows that are the columns too; says which there are.

        Example:
            >>> import goldenthread as gt
            >>> matrix = gt.open().coverage(columns="theme", counted="action")
            >>> len(matrix.rows), len(matrix.columns), [h.id for h in matrix.empty_columns]
            (9, 3, [])
        """
        found = covering.coverage(self._dataset, rows, columns, self.reading, counted)
        return shown(Matrix, found)

    def check(self, *rules: str, profile: str = "") -> Report:
        """Return what breaks the rules, worst first; that is a report, never an error.

        Args:
            rules: ids of the only rules to check, such as `shape:Measure-target`; all where none
                is given. All take some seconds.
            profile: the profile that chooses rules and severities: `published`, which leaves all
                as they are, `draft`, `monitored`, or one of the plan's own.

        Raises:
            NotFound: a rule or profile that is not there; carries the nearest.
            Unreadable: a file of rules of the plan's own that cannot be used.

        Example:
            >>> import goldenthread as gt
            >>> report = gt.open().check("shape:Measure-target")
            >>> report.conforms, report.counts
            (False, {'must fix': 1, 'should fix': 0, 'note': 0})
        """
        from goldenthread.services.validation import check

        return shown(Report, check(self._dataset, self.reading, rules, profile=profile))

    def grounds(self, asked: str) -> Grounds:
        """Return what anything rests on, statement by statement, back to files and words.

        Args:
            asked: a short id, IRI or words; `result/` with the id of a check result; a statement
                (`service-priority/1.4 supports corporate-priority/2`); the address of a page that
                lists what a number counts (`/trace?focus=...&class=action`).

        Raises:
            NotFound: nothing here is called so.
            Ambiguous: the words fit several things; carries them.
            BadValue: an address that counts nothing.

        Example:
            >>> import goldenthread as gt
            >>> grounds = gt.open().grounds("/gaps")
            >>> grounds.kind, len(grounds.tables()["statements"].rows) > 100
            ('number', True)
        """
        from goldenthread.faces.grounds import grounds
        from goldenthread.services.validation import check

        found = grounds(self._dataset, asked, self.reading, lambda r: check(self._dataset, r))
        return shown(Grounds, found)

    def query(self, question: str, /, **params: str | float | date | HasIri) -> Answer:
        """Return what a library query finds, or a query of your own in SPARQL.

        Queries cannot change anything, and reach neither files nor other hosts.

        Args:
            question: the name of a library query, or the text of a query. The default graph is
                the reading; `gt:` and other well-known prefixes need not be declared.
            params: values of a library query's parameters: text, numbers, dates, short ids, or
                values with an `iri`. Where Python keeps a name for itself, add an underscore:
                `from_`, `class_`. They are bound as terms, never written into the text.

        Raises:
            NotFound: no library query of that name; carries the nearest.
            BadQuery: a text that is refused or cannot be parsed; carries line and column.
            BadValue: a parameter that is unknown, missing or of another type.

        Example:
            >>> import goldenthread as gt
            >>> plan = gt.open()
            >>> answer = plan.query("actions-in-period", period="period/year-1")
            >>> answer.columns[:3], len(answer.rows)
            (('action', 'label', 'words'), 19)
            >>> plan.query("ASK { ?action a gt:Action }").boolean
            True
        """
        given = {_name(name): _typed(value) for name, value in params.items()}
        return shown(Answer, asking.ask(self._dataset, question, given, self._chosen))

    def queries(self) -> Library:
        """Return the queries of the library, with their questions and parameters."""
        library = asking.library(self._dataset)
        return Library(tuple(library.read(name) for name in library.names()), self.reading)


def _name(given: str) -> str:
    """Return the name of a parameter, without the underscore that keeps it from being a keyword."""
    return given[:-1] if given.endswith("_") and iskeyword(given[:-1]) else given


def _typed(value: str | float | date | HasIri) -> str:
    """Return a value of Python as people type it for a parameter."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value.iri
