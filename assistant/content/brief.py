"""A brief before a visit: what changed, three messages with their reason, questions to expect, what not to say."""

from itertools import groupby

from assistant.content.builder import CitedStatement, DocumentBuilder
from assistant.content.material import Material, UsedSource, written_date
from guardrails.model import Document

_REASONS = frozenset({"indication", "dose", "result", "design", "conclusion"})
_ASKED = _REASONS | {"special_population", "interaction", "adverse_reaction", "warning", "contraindication"}
_AVOID = ("avoid_1", "avoid_2", "avoid_3", "avoid_4")


def compose(material: Material) -> Document:
    """The brief, in the order of a visit. It is internal: nothing of it is handed over."""
    title = material.say("title")
    builder = DocumentBuilder(material.kind, material.language)
    builder.structure("title", title)
    builder.structure("nature", material.say("internal"))
    _context(builder, material)
    builder.structure("section", material.say("messages"), "messages")
    for reason, same in groupby(_part(material, "message"), key=lambda s: _known(s.role, _REASONS)):
        builder.structure("theme", material.say(f"reason_{reason}"), "messages")
        for statement in same:
            builder.statement(statement, group="messages")
    questions = sorted(_part(material, "expected_question"), key=lambda s: _known(s.role, _ASKED))
    if questions:
        builder.structure("section", material.say("questions"), "questions")
    for asked, same in groupby(questions, key=lambda s: _known(s.role, _ASKED)):
        builder.structure("expected_question", material.say(f"ask_{asked}"), "questions")
        for statement in same:
            builder.statement(statement, group="questions")
    builder.structure("avoid_heading", material.say("avoid"), "avoid")
    for rule in _AVOID:
        # It speaks of doses and medicines to say what stays unsaid: a text of the house, by its version.
        builder.fragment("avoid", material.say(rule), material.reference_of(rule), "avoid")
    builder.structure("section", material.say("safety"), "safety")
    for statement in _part(material, "safety"):
        if statement.role == "contraindication":  # "Severe hepatic impairment.": its heading says what of it
            builder.structure("theme", material.say("theme_contraindication"), "safety")
        builder.statement(statement, group="safety")
    builder.structure("report", material.say("report"), "safety")
    _handover(builder, material)
    return builder.build(title)


def _known(role: str, known: frozenset[str]) -> str:
    return role if role in known else "other"


def _part(material: Material, part: str) -> list[CitedStatement]:
    return [statement for statement in material.statements if (statement.part or "message") == part]


def _context(builder: DocumentBuilder, material: Material) -> None:
    # Only what the brief cites: the end of any other source would not reach it, and it would go on naming it.
    newest = max(
        (source for source in material.cited_sources if source.approved_on),
        key=_approved,
        default=None,
    )
    if newest is not None and newest.approved_on is not None:
        day = written_date(newest.approved_on, material.language)
        builder.structure("section", material.say("context"), "context")
        builder.structure(
            "context",
            material.say("newest", source=material.heading_of(newest.id, dated=False), date=day),
            "context",
        )


def _approved(source: UsedSource) -> str:
    return source.approved_on.isoformat() if source.approved_on else ""


def _handover(builder: DocumentBuilder, material: Material) -> None:
    builder.structure("section", material.say("handover"), "handover")
    for source in material.cited_sources:
        builder.structure("document", material.heading_of(source.id), "handover")
    given = [source for source in material.cited_sources if source.display_right == "handout"]
    if given:
        builder.structure("section", material.say("handover_may"), "handover_may")
    for source in given:
        builder.structure("document", material.heading_of(source.id), "handover_may")
    builder.structure("to_know_handover", material.say("handover_none"), "handover")
