"""The columns of every table that is handed out: key, heading, and what the values mean."""

from goldenthread.domain.table import Column

LINKS = (
    Column("from", "From", "Short id of the thing below: the one that supports or measures."),
    Column("from_level", "Level", "The plan's own name for its level."),
    Column("from_number", "Number", "Its number in the document that defines it."),
    Column("from_words", "Words", "Its words, with white space evened out."),
    Column("property", "Relation", "How it relates to what stands above it."),
    Column("to", "To", "Short id of the thing above."),
    Column("to_level", "To level", "The plan's own name for its level."),
    Column("to_number", "To number", "Its number in the document that defines it."),
    Column("to_words", "To words", "Its words, with white space evened out."),
    Column("how_we_know", "How we know", "stated, same wording, by position or similar wording."),
    Column("asserted_by", "Asserted by", "The document, rule or role that asserts it."),
    Column("stated_in", "Document", "The document that carries it."),
    Column("source", "Source", "Place and words of the two entries that together say so."),
    Column("rests_on", "Rests on judgement", "Label of each judgement it rests on."),
    Column("from_iri", "From IRI", "Full identifier of the thing below."),
    Column("to_iri", "To IRI", "Full identifier of the thing above."),
    Column("alignment_iri", "Record IRI", "Full identifier of the record of this link."),
)
THINGS = (
    Column("id", "Id", "Short id."),
    Column("level", "Level", "The plan's own name for its level."),
    Column("number", "Number", "Its number in the document that defines it."),
    Column("words", "Words", "Its words, with white space evened out."),
    Column("themes", "Themes", "Its themes, with semicolons between."),
    Column("timescales", "Timescales", "Timescales as printed, each with how we know it is its."),
    Column("other_numbers", "Other numbers", "Numbers that other documents print for it."),
    Column("source", "Source", "Place and words of each entry that prints it."),
    Column("iri", "IRI", "Full identifier."),
)
ENTRIES = (
    Column("thing", "Thing", "Short id of the thing that it prints."),
    Column("document", "Document", "Short title of the document."),
    Column("place", "Place", "Where a reader of the paper finds it."),
    Column("number", "Number as printed", "The number in front of it, if any."),
    Column("quote", "Source words", "The words exactly as printed."),
    Column("spans", "Characters", "First and last-plus-one character of each part of it."),
    Column("iri", "IRI", "Full identifier of the entry."),
)
THREADS = (
    Column("thread", "Thread", "Short ids from the focus to the end, in order."),
    Column("steps", "Steps", "How many links it has."),
    Column("weakest_step", "Least certain step", "Which step, counted from 1."),
    Column("how_we_know", "How we know it", "The basis of that step."),
    Column("quote", "Source", "Place and words that the step rests on."),
    Column("ends", "Ends", "printed if one document pairs the two ends, else inferred."),
)
GAPS = (
    Column("level", "Level", "The plan's own name for the level."),
    Column("id", "Id", "Short id of the thing that lacks something."),
    Column("number", "Number", "Its number."),
    Column("words", "Words", "Its words."),
    Column("missing", "What is not recorded", "What its level expects."),
    Column("direction", "Where", "above or below it."),
    Column("expected", "Expected", "How many at least."),
    Column("found", "Found", "How many links are recorded in this reading."),
    Column("other_reading", "Other reading", "How many the other reading has, where it differs."),
    Column("source", "Source", "Cross-references that it prints; they are no links."),
    Column("iri", "IRI", "Full identifier."),
)
JUDGEMENTS = (
    Column("id", "Id", "Short id."),
    Column("label", "Judgement", "What was judged, in a line."),
    Column("kind", "Kind", "correction, assumption or match."),
    Column("status", "Status", "proposed, applied, disputed or withdrawn."),
    Column("in_force", "In force", "Whether it takes effect in this reading."),
    Column("reason", "Reason", "Why."),
    Column("effects", "Effects", "What it changes."),
    Column("confidence", "Confidence", "high, medium or low."),
    Column("role", "By", "The role that judged; never a person."),
    Column("date", "Date", "When."),
    Column("source", "Source", "Place and words of the entries it cites."),
)
RESULTS = (
    Column("severity", "Severity", "must fix, should fix or note."),
    Column("group", "Group", "What kind of rule it is."),
    Column("rule", "Rule", "Id of the rule."),
    Column("id", "Id", "Short id of what the result is about."),
    Column("name", "About", "Its level, number and words."),
    Column("message", "What is wrong", "The result in a sentence."),
    Column("why", "Why it matters", "What the rule is for."),
    Column("mend", "How to mend it", "What to do."),
    Column("source", "Source", "Place and words of the entries that it is about."),
    Column("status", "Status", "open, or what was decided."),
    Column("result", "Result", "Id of the result, the same from run to run."),
    Column("iri", "IRI", "Full identifier of what it is about."),
)
EVIDENCE = (
    Column("depth", "Depth", "How far down the chain, from 0."),
    Column("sentence", "What is said", "The step in words."),
    Column("source", "Source", "Place and words that it rests on."),
    Column("iri", "IRI", "Full identifier of what the step is about."),
)
