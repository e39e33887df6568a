"""A quiz: each question asks for what a quoted sentence says, and the sentence itself is the feedback."""

from assistant.content.builder import DocumentBuilder
from assistant.content.material import Material
from assistant.content.mentions import add_mentions
from guardrails.model import Document


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
        stem = question.stem
        if question.gapped:
            stem = material.say("stem", gapped=question.stem, source=source)
        builder.question(stem, question.options, question.key, feedback, f"q{number}")
    if material.qualification == "promotional":
        add_mentions(builder, material)
    return builder.build(title)
