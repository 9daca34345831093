"""The columns of every table that is handed out: key, heading, and what the values mean."""

from goldenthread.domain.table import Column

CHECKED = ("agrees", "differs", "cannot tell")
"""What an auditor may find when the paper is laid beside a row of a sample."""

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
HITS = (*THINGS, Column("where", "Found in", "What fitted: its words, number, print ..."))
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
    Column("steps", "Steps", "How many links it has.", "integer"),
    Column("weakest_step", "Least certain step", "Which step, counted from 1.", "integer"),
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
    Column("expected", "Expected", "How many at least.", "integer"),
    Column("found", "Found", "How many links are recorded in this reading.", "integer"),
    Column(
        "other_reading",
        "Other reading",
        "How many the other reading has, if not as many.",
        "integer",
    ),
    Column("source", "Source", "Cross-references that it prints; they are no links."),
    Column("iri", "IRI", "Full identifier."),
)
CELLS = (
    Column("row", "Row", "Short id of what the row is about."),
    Column("row_name", "Row name", "Its level, number and words."),
    Column("column", "Column", "Short id of what the column is about."),
    Column("column_name", "Column name", "Its level, number and words."),
    Column("id", "Id", "Short id of a thing that the cell counts."),
    Column("level", "Level", "The plan's own name for its level."),
    Column("number", "Number", "Its number in the document that defines it."),
    Column("words", "Words", "Its words, with white space evened out."),
    Column("row_iri", "Row IRI", "Full identifier of what the row is about."),
    Column("column_iri", "Column IRI", "Full identifier of what the column is about."),
    Column("iri", "IRI", "Full identifier of the thing."),
)
WEIGHTS = (
    Column("judgement", "Judgement", "Short id."),
    Column("label", "What was judged", "In a line."),
    Column("number", "Number", "What is counted."),
    Column("without", "Without it", "With every other correction, but not this.", "integer"),
    Column("with_it", "With it", "With every other correction, and this.", "integer"),
    Column("printed", "As printed", "Without any correction.", "integer"),
    Column("iri", "IRI", "Full identifier of what it is about."),
)
TIMESCALES = (
    Column("thing", "Thing", "Short id of what it dates; empty where it goes with nothing."),
    Column("words", "Timescale", "Its words as printed."),
    Column("periods", "Periods", "The periods that it names."),
    Column("ongoing", "Ongoing", "Whether it has no end."),
    Column("phase", "Phase", "The stage of the work that it names."),
    Column("how_we_know", "How we know it", "The basis on which it goes with the thing."),
    Column("document", "Document", "Short title of the document."),
    Column("place", "Place", "Where it stands, in words."),
    Column("iri", "IRI", "Full identifier."),
)
SINGLE_THREADS = (
    Column("id", "Id", "Short id of the thing that hangs by one thread."),
    Column("level", "Level", "The plan's own name for its level."),
    Column("number", "Number", "Its number in the document that defines it."),
    Column("words", "Words", "Its words, with white space evened out."),
    Column("thread", "Thread", "Short ids from the thing up to the first level, in order."),
    Column("steps", "Steps", "How many links the thread has.", "integer"),
    Column("iri", "IRI", "Full identifier."),
)
CLAUSES = (
    Column("part", "Part", "why it exists, how it is known to work, or how sure that is."),
    Column("sentence", "What is said", "One sentence of the account."),
    Column("how_we_know", "How we know", "The basis of the link that it tells, if it tells one."),
    Column("source", "Source", "Place and words of the entries that it rests on."),
    Column("about", "About", "Short ids of the things that it names."),
)
FACTS = (
    Column("property", "Property", "What is said, in the ontology's words."),
    Column("value", "Value", "What it is: a label where the value is a node."),
    Column("iri", "IRI", "Full identifier of the value, where it is a node."),
)
QUERIES = (
    Column("name", "Name", "What to ask for."),
    Column("folder", "Folder", "Where it is kept."),
    Column("question", "Question", "The question in plain words."),
    Column("summary", "Rows", "What its rows are."),
    Column("audience", "For", "Who asks it."),
    Column("reading", "Reading", "The reading that it is about."),
    Column("parameters", "Parameters", "Names of the values to give."),
)
STATEMENTS = (
    Column("subject", "Subject", "The subject of the statement."),
    Column("predicate", "Predicate", "The predicate of the statement."),
    Column("object", "Object", "The object of the statement."),
)
JUDGEMENTS = (
    Column("id", "Id", "Short id."),
    Column("label", "Judgement", "What was judged, in a line."),
    Column("kind", "Kind", "correction, assumption, match or finding."),
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
    Column("standing", "Acceptance", "Who answers for it, until when and why, if anybody does."),
)
RULES = (
    Column("group", "Group", "The kind of fault that it looks for."),
    Column("severity", "Severity", "must fix, should fix or note."),
    Column("id", "Rule", "Id of the rule, as --rule and addresses take it."),
    Column("label", "What breaks it", "In a few words."),
    Column("sentence", "Sentence", "What a result says; … where each has a value of its own."),
    Column("why", "Why it matters", "What goes wrong for people where it is broken."),
    Column("mend", "How to mend it", "What the author can do."),
    Column("source", "Source", "The professional guidance that asks for it, where there is one."),
    Column("left_out", "Left out by", "Profiles that leave it out, with semicolons between."),
    Column("results", "Results now", "How many there are; empty where nothing was checked."),
    Column("iri", "IRI", "Full identifier of the rule."),
)
EVIDENCE = (
    Column("depth", "Depth", "How far down the chain, from 0.", "integer"),
    Column("sentence", "What is said", "The step in words."),
    Column("source", "Source", "Place and words that it rests on."),
    Column("iri", "IRI", "Full identifier of what the step is about."),
)
ABOUT = (
    Column("heading", "What", "What the fact is about."),
    Column("text", "Fact", "In words."),
)
FINDINGS = (
    Column("kind", "Kind", "text, quote, moved, statements, derivation, rules, hash or seal."),
    Column("subject", "What differs", "A file, what a graph says of an id, or a reading."),
    Column("message", "What happened", "In a sentence."),
    Column("expected", "Expected", "The recorded hash, or the words that were quoted."),
    Column("found", "Found", "The hash as it is now."),
    Column("file", "File", "The file to look at, from the plan's folder."),
    Column("mend", "What to do", "In a sentence or two."),
)
SAMPLE = (
    Column("number", "No.", "The row on the sheet.", "integer"),
    Column("kind", "Kind", "link or entry."),
    Column("level", "Level", "The plan's own name for the level of the thing it is about."),
    Column("claim", "What the graph says", "In a sentence."),
    Column("words", "Source words", "The words exactly as printed, one quote a line."),
    Column("place", "Where", "Document and place of each quote, a line each."),
    Column("how_we_know", "How we know", "The basis, and each judgement it rests on."),
    Column("verdict", "Agrees?", "agrees, differs or cannot tell.", choices=CHECKED, room=12),
    Column("remarks", "Remarks", "What differs.", room=24),
    Column("by", "Checked by", "Who laid the paper beside it.", room=14),
    Column("on", "Date", "When.", room=11),
    Column("id", "Id", "Short id of the record or entry."),
    Column("mark", "Mark", "Changes when the data say something else; leave it as it is."),
)
SAMPLE_ON_PAPER = (
    Column("number", "No.", "The row on the sheet.", "integer"),
    Column("claim", "What the graph says", "In a sentence, with the id of the record or entry."),
    Column("words", "Source words", "Where each quote stands, and its words as printed."),
    Column("how_we_know", "How we know", "The basis, and each judgement it rests on."),
    Column("verdict", "Tick one", "agrees, differs or cannot tell."),
    Column("by", "Remarks, name, date", "Filled in by hand."),
)
SAMPLED = (
    Column("id", "Id", "Short id of the record or entry."),
    Column("verdict", "Verdict", "agrees, differs, cannot tell, or not ticked."),
    Column("remarks", "Remarks", "What the auditor wrote."),
    Column("by", "Checked by", "Who laid the paper beside it."),
    Column("on", "Date", "When."),
    Column("claim", "The sheet said", "What the graph said when the sample was drawn."),
    Column("now", "The data say now", "Empty where it is gone."),
    Column("words", "Source words", "The words exactly as printed."),
    Column("changed", "Changed since", "yes, no, or gone."),
)
CHANGES = (
    Column("change", "Change", "new or mended."),
    Column("severity", "Severity", "must fix, should fix or note."),
    Column("rule", "Rule", "Id of the rule."),
    Column("id", "Id", "Short id of what it is about."),
    Column("words", "Words", "Level, number and words of what it is about."),
    Column("message", "Message", "What the rule says."),
    Column("result", "Result", "Id of the result; the same from check to check."),
)
HISTORY = (
    Column("date", "Date", "When the plan's folder was committed."),
    Column("revision", "Revision", "The commit."),
    Column("subject", "What was done", "The first line of the commit's message."),
    Column("must_fix", "Must fix", "Check results of that severity.", "integer"),
    Column("should_fix", "Should fix", "Check results of that severity.", "integer"),
    Column("note", "Note", "Check results of that severity.", "integer"),
    Column("accepted", "Accepted", "Those of them with an acceptance that holds.", "integer"),
    Column("new", "New", "Results that the commit before did not have.", "integer"),
    Column("mended", "Mended", "Results that the commit before had.", "integer"),
    Column("gaps", "Gaps", "What is not recorded and expected.", "integer"),
    Column("links", "Links", "Recorded links between things.", "integer"),
    Column("dataset", "Data set", "SHA-256 of the canonical statements."),
)
