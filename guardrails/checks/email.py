"""What an e-mail needs: honest subject, sender, advertising nature, way out, known tokens (EM1 to EM4, EM7)."""

# ruff: noqa: ARG001  every check takes the same three arguments, whichever it looks at

import re
from collections.abc import Iterator

from guardrails.checks.each import each_segment
from guardrails.facts import claims
from guardrails.lexicon import find
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.product import ProductSheet

_TOKEN = re.compile(
    r"\{\{\s*(.*?)\s*\}\}|\{\{|\}\}|\[\[.*?\]\]|<%.*?%>|\$\{.*?\}|%%\w+%%|<<[^<>\n]{1,40}>>|\*\|\w+\|\*|%[A-Z][A-Z_]{2,}%"
    r"|(?<!\{)\{[a-z_]\w+\}(?!\})|(?<![,\d])\bX{4,}\b|\blorem ipsum\b|_{4,}"
    r"|\[(?:(?i:pr[ée]nom|nom|civilit[ée]|(?:first |last )?name|ins[ée]re[rz]|insert|à compléter|to be (?:completed|confirmed)|TBC|TBD|your|votre)\b(?! (?:of|de|dose)\b)[^\]\n]{0,40})\]"
)
"""What a mail system fills in, and what a template leaves for a person to fill in, in whatever brackets."""


def subject_line(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """One subject; no claim, urgency or false reply; at most `longest` characters."""
    if not any(segment.role == "subject" for segment in document.segments):
        yield rule.finding("piece", "no_subject")
    yield from _subject(rule, document, context)


@each_segment
def _subject(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    if segment.role != "subject":
        return
    for hit in find(segment.text, segment.language, ("SUBJECT",)):
        yield rule.finding(segment.id, "urgency", words=hit.text)
    names = ProductSheet(context.product, context.market).names()
    if words := sorted({fact.text for fact in claims(segment.text, segment.language, names)}):
        yield rule.finding(segment.id, "claim", words=words)
    if len(segment.text) > rule.params["longest"]:
        yield rule.finding(
            segment.id, "long", "warn", length=len(segment.text), longest=rule.params["longest"]
        )


def unsubscribe(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A visible way out: an unsubscribe segment that holds a link or a known unsubscribe token."""
    way_out = [s for s in document.segments if s.role == "unsubscribe" or "unsubscribe" in s.text]
    if not any(re.search(rule.params["pattern"], s.text, re.IGNORECASE) for s in way_out):
        yield rule.finding("piece")


def sender_and_nature(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The company that sends is named, and the advertising nature is said."""
    body = " ".join(s.text for s in document.segments)
    if not re.search(rule.params["nature"], body, re.IGNORECASE):
        yield rule.finding("piece", "nature")
    senders = ProductSheet(context.product, context.market).texts("sender")
    known_token = re.search(r"\{\{\s*(?:company|sender|account)\w*\s*\}\}", body, re.IGNORECASE)
    if senders and not known_token and not any(name.lower() in body.lower() for name in senders):
        yield rule.finding("piece", "sender", expected=senders[0])
    elif not senders and not known_token:
        yield rule.finding("piece", "missing_field", field="sender")


@each_segment
def tokens(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Tokens come from the rule's list only; at `send` none is left but those of the mail system."""
    known, at_send = set(rule.params["known"]), set(rule.params["resolved_by_mailer"])
    for match in _TOKEN.finditer(segment.text):
        name = (match[1] or "").strip()
        if name not in known:
            yield rule.finding(segment.id, token=match[0])
        elif context.stage == "send" and name not in at_send:
            yield rule.finding(segment.id, "unresolved", token=match[0])
    if segment.kind == "token" and not _TOKEN.search(segment.text):
        yield rule.finding(segment.id, token=segment.text)


def email_parts(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Header, key message with call to action, footer (`params.parts`: role sets by name)."""
    roles = {s.role for s in document.segments}
    for name, wanted in rule.params["parts"].items():
        if not roles & set(wanted["roles"]):
            yield rule.finding("piece", part=wanted["en"], part_fr=wanted["fr"], code=name)
