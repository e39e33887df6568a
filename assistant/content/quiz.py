"""A quiz: each question asks for what a quoted sentence says, and the sentence itself is the feedback."""

import re

from assistant.content.builder import CitedStatement, DocumentBuilder
from assistant.content.material import Material
from assistant.content.mentions import add_mentions
from guardrails.model import Document

_SECTION = re.compile(r"^(\d{1,2}\.\d{1,2})\b")


def compose(material: Material) -> Document:
    """Title, how to answer, the questions, then what the law wants."""
    title = material.say("title")
    builder = DocumentBuilder(material.kind, material.language)
    builder.structure("title", title)
    if material.qualification == "promotional":
        builder.structure("nature", material.say("promotional"))
    builder.structure("introduction", material.say("introduction"))
    for number, (question, feedback) in enumerate(material.questions, 1):
        source = material.title_of(feedback.citations[0].source)
        stem = material.say("stem", gapped=question.stem, source=source, place=_place(material, feedback))
        builder.question(stem, question.options, question.key, feedback, f"q{number}")
    if material.qualification == "promotional":
        add_mentions(builder, material)
    return builder.build(title)


def _place(material: Material, feedback: CitedStatement) -> str:
    """The numbered section, page or slide, so that the question can be understood and looked up."""
    locator = feedback.citations[0].locator
    numbered = _SECTION.match(locator.section)
    if numbered:
        return material.say("section", number=numbered[1])
    if locator.slide is not None:
        return material.say("slide", number=locator.slide)
    return material.say("page", number=locator.page) if locator.page is not None else ""
