"""Answers of the Python interface that are read as text: evidence, accounts and briefings."""

from goldenthread.domain import account, briefing, description, grounds
from goldenthread.domain.blocks import markdown
from goldenthread.domain.listing import account_table
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import explanation_table
from goldenthread.faces.python import display
from goldenthread.faces.python.showing import Shown, counted


class Explanation(Shown, description.Explanation):
    """Why something is said: the chain of evidence back to words, rules and judgements."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        return self.sentence

    def tables(self) -> dict[str, Table]:
        """Return `evidence`."""
        return {"evidence": explanation_table(self)}


class Grounds(Shown, grounds.Grounds):
    """What anything rests on: the chain in words, and each statement with its file or its rule."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        return self.explanation.sentence

    def tables(self) -> dict[str, Table]:
        """Return `evidence`, the chain in words, and `statements`, which it rests on."""
        evidence, statements = self.sheets()
        return {"evidence": evidence, "statements": statements}


class Account(Shown, account.Account):
    """Why a thing exists, and how we will know that it worked, built from its thread."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        return f"{self.focus.name}: {counted(len(list(self.clauses)), 'sentence')} on why it exists"

    def tables(self) -> dict[str, Table]:
        """Return `clauses`."""
        return {"clauses": account_table(self)}

    def _repr_html_(self) -> str:
        return f"{display.paragraph(self.question)}\n{display.paragraph(self.paragraph)}"


class Briefing(Shown, briefing.Briefing):
    """What a person should know of one thing in two minutes."""

    __slots__ = ()
    # A field of it, and so not to be hidden by the property that other answers have.
    summary = briefing.Briefing.summary  # type: ignore[misc]

    def tables(self) -> dict[str, Table]:
        """Return `numbers`: how many things of each level stand under it, in both readings."""
        return {"numbers": self.table()}

    def to_markdown(self) -> str:
        """Return the briefing as Markdown, with its title."""
        return markdown(self.title, self.blocks())

    def _repr_html_(self) -> str:
        return f"{display.paragraph(self.title)}\n{display.of_blocks(self.blocks())}"
