"""Key moments: what a document says, point by point, under its source's title or, for one source, by theme."""

from itertools import groupby

from assistant.content.builder import CitedStatement, DocumentBuilder
from assistant.content.material import Material
from assistant.content.mentions import add_mentions
from guardrails.model import Document


def compose(material: Material) -> Document:
    """Title, then the points under their headings, then what the law wants."""
    title = material.say("title")
    builder = DocumentBuilder(material.kind, material.language)
    builder.structure("title", title)
    if material.qualification == "promotional":
        builder.structure("nature", material.say("promotional"))
    several = len(material.cited_sources) > 1
    for number, (source, group) in enumerate(groupby(material.statements, key=_source), 1):
        points = list(group)
        if several:
            builder.structure(
                "section", material.say("from_source", source=material.heading_of(source)), f"g{number}"
            )
        kind = next((used.kind for used in material.sources if used.id == source), "")
        if kind == "deck":
            _under_their_titles(builder, material, points, f"g{number}")
        elif kind in {"transcript", "claims"}:
            for point in points:  # a speaker's name or a claim's number is no heading
                builder.statement(point, group=f"g{number}")
        else:
            _by_theme(builder, material, points, f"g{number}")
    builder.structure("to_read", material.say("full_text"))
    if material.qualification == "promotional":
        add_mentions(builder, material)
    return builder.build(title)


def _source(point: CitedStatement) -> str:
    return point.citations[0].source


def _by_theme(builder: DocumentBuilder, material: Material, points: list[CitedStatement], group: str) -> None:
    for role, same in groupby(points, key=lambda point: point.role):
        builder.structure("theme", material.say(f"theme_{role}"), group)
        for point in same:
            builder.statement(point, group=group)


def _under_their_titles(
    builder: DocumentBuilder, material: Material, points: list[CitedStatement], group: str
) -> None:
    """A bullet is read with its slide's title: the title stands above it, unless it states a fact itself."""
    for heading, same in groupby(points, key=lambda point: point.heading):
        if heading and material.is_plain(heading):
            builder.structure("theme", heading, group)
        for point in same:
            builder.statement(point, group=group)
