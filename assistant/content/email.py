"""A follow-up e-mail: header, key messages with their safety information, call to action, footer."""

from assistant.content.builder import DocumentBuilder
from assistant.content.material import Material
from assistant.content.mentions import add_mentions
from assistant.engines.protocol import SAFETY
from guardrails.model import Document

LONGEST_SUBJECT = 60
"""Characters (rule EM2)."""


def compose(material: Material) -> Document:
    """The e-mail. The recipient's name and the way out are tokens that the mail system fills."""
    builder = DocumentBuilder(material.kind, material.language)
    subject = material.say("subject")
    if len(subject) > LONGEST_SUBJECT:
        subject = material.say("subject_short")
    builder.structure("subject", subject)
    builder.structure("preheader", material.say("preheader"))
    if material.qualification == "promotional":
        builder.structure("nature", material.say("promotional"))
    builder.structure("greeting", material.say("greeting"))
    builder.token("greeting", "recipient_name")
    builder.structure("context", material.say("context"))
    _messages(builder, material)
    builder.structure("call_to_action", _call_to_action(material))
    builder.structure("closing", material.say("closing"))
    _sender(builder, material)
    if material.qualification == "promotional":
        add_mentions(builder, material)
    builder.structure("unsubscribe", material.say("unsubscribe"))
    builder.token("unsubscribe", "unsubscribe_product_link")
    return builder.build(material.say("title"))


def _sender(builder: DocumentBuilder, material: Material) -> None:
    """The company of the sheet, else the mail system's own."""
    holder = material.sheet.get("holder")
    if holder:
        builder.structure("sender", str(holder))
    else:
        builder.token("sender", "company_name")


def _messages(builder: DocumentBuilder, material: Material) -> None:
    safety = [s for s in material.statements if s.role in SAFETY]
    messages = [s for s in material.statements if s.role not in SAFETY]
    if messages:
        builder.structure("section", material.say("messages"), "messages")
    for statement in messages:
        builder.statement(statement, group="messages")
    if safety:
        builder.structure("section", material.say("safety"), "safety")
    for statement in safety:
        if statement.role == "contraindication":
            builder.structure("theme", material.say("theme_contraindication"), "safety")
        builder.statement(statement, group="safety")


def _call_to_action(material: Material) -> str:
    page = material.sheet.get("public_page")
    if isinstance(page, dict):
        page = page.get(material.market)
    return material.say("call_to_action_page", page=page) if page else material.say("call_to_action")
