"""A timeline in words: period by period, then what has none."""

from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.timeline import NAMED, Dated, Tally, Timeline
from goldenthread.faces.cli.say import words
from goldenthread.faces.cli.terminal import Line


def timeline_lines(found: Timeline) -> list[Line]:
    """Return each period with what begins or is named in it, then what has no timescale."""
    reading = READING_NAMES[found.reading]
    if not found.total:
        return [Line(f"Nothing has a timescale that could be read, {reading}.", kind="head")]
    shown = words.counted(len(found.rows), found.one, found.many)
    none = f"; {len(found.unscheduled)} without" if found.unscheduled else ""
    lines = [Line(f"{shown} with a timescale{none}, {reading}.", kind="head")]
    lines += [Line(found.sentence, 1, "detail")] if len(found.facets) else []
    for tally in found.tallies:
        if tally.named or tally.before:
            lines += [Line(""), *_period(found, tally)]
    if found.unscheduled:
        lines += [Line(""), Line("No timescale recorded", kind="head")]
        for dated in found.unscheduled:
            lines.append(Line(dated.node.name, 1))
            listed = [f"{d} lists it for {p}, which is no date" for p, d in dated.listed]
            lines += [Line(text, 2, "detail") for text in listed]
    if found.loose:
        lines += [Line(""), Line("Timescales that go with nothing", kind="head")]
        lines += [Line(f"“{t.words}”: {t.place}", 1) for t in found.loose]
    return lines


def _period(found: Timeline, tally: Tally) -> list[Line]:
    said = [f"{tally.named} named", f"{tally.before} going on from before"]
    lines = [Line(f"{tally.slot.label}: {', '.join(said)}", kind="head")]
    for dated in found.rows:
        here = dated.in_period(tally.slot.iri)
        if any(how == NAMED for _, how in here):
            lines += _thing(dated, tally.slot.iri)
    return lines


def _thing(dated: Dated, period: str) -> list[Line]:
    lines = [Line(dated.node.name, 1)]
    for t, how in dated.in_period(period):
        if how == NAMED:
            lines.append(Line(f"“{t.words}” ({t.document}, {t.basis})", 2, "detail"))
    return lines + [Line(text, 2, "warn") for text in dated.differs]
