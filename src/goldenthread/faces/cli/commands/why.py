"""`goldenthread why`: what anything rests on, back to the words, rules and judgements."""

from typing import TYPE_CHECKING

import click

from goldenthread.faces.cli.options import GRAPHS, TABLES, Id, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver

if TYPE_CHECKING:
    from goldenthread.domain.account import Account
    from goldenthread.domain.grounds import Grounds
    from goldenthread.domain.table import About
    from goldenthread.store.dataset import Dataset


@click.command("why")
@click.argument("thing", metavar="ID", type=Id(), nargs=-1, required=True)
@click.option("--statements", is_flag=True, help="Every statement, with its file or its rule.")
@answering((*TABLES, *GRAPHS))
def why_command(
    thing: tuple[str, ...],
    *,
    statements: bool,
    wanted: Wanted,
) -> None:
    """Show why ID exists, then the evidence for it, back to the words, rules and judgements.

    ID is a short id, an IRI or words; a check result (`result/` and its id); a statement (ID,
    property, ID); or, for a number, the address that pages link it by: of the list that it counts,
    or of the page with the number's name behind a hash. Of a thing a paragraph comes first: why it
    exists, how we will know that it worked.

    Every statement beneath has its number, and the file and line that say it or the rule that
    derived it, from which numbers. ttl and the other RDF formats hold the same in PROV-O.

    \b
    Examples:
      goldenthread why service-priority/1.4
      goldenthread why service-priority/1.4 supports corporate-priority/2
      goldenthread why service-priority/1.4 --statements
      goldenthread why '/trace?focus=corporate-priority/4&class=action'
      goldenthread why '/briefing?focus=corporate-priority/4#judged-action'
      goldenthread why rural isolation --format docx --output evidence.docx
      goldenthread why service-priority/1.4 --format ttl
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.faces.cli.say import things as say
    from goldenthread.faces.cli.say.proof import proof_lines
    from goldenthread.faces.grounds import grounds
    from goldenthread.services import exporting
    from goldenthread.services.derivation import to_rdf
    from goldenthread.services.validation import check

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading, asked = wanted.chosen_reading, " ".join(thing)
    found = grounds(dataset, asked, reading, lambda r: check(dataset, r))
    told = _account(dataset, found)

    def source() -> "About":
        return exporting.about(dataset, reading)

    full = statements or found.kind == "statement"
    answer = Answer(
        f"Evidence: {found.explanation.sentence}",
        lambda: (
            say.account_lines(told)
            + say.why_lines(found.explanation)
            + proof_lines(found.proof, full=full)
        ),
        lambda: found.to_json() | {"account": told.to_json() if told else None},
        found.sheets,
        {f: lambda f=f: to_rdf(dataset, found.proof, f, source()) for f in GRAPHS},  # type: ignore[misc]
    )
    deliver(answer, dataset, wanted)


def _account(dataset: "Dataset", found: "Grounds") -> "Account | None":
    """Return why a thing exists; None for what stands on no level, which nothing is for."""
    if found.kind != "node":
        return None
    from goldenthread.services.describing import describe
    from goldenthread.services.telling import tell
    from goldenthread.services.tracing import trace

    iri = found.explanation.subject
    node = describe(dataset, iri, found.reading)
    if node.groups or not node.node.level or node.printed:
        return None
    return tell(dataset, trace(dataset, iri, "up", found.reading))
