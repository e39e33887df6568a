"""What holds for a chat's answer: who reads it, and that an AI answers (CH1, EU1)."""

# ruff: noqa: ARG001  every check takes the same three arguments, whichever it looks at

from collections.abc import Iterator

from guardrails.model import CheckContext, Document, Finding
from guardrails.packs import Rule


def verified_reader(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Product statements only for staff or a verified health professional (a role in `params.roles`)."""
    says_something = any(s.kind == "statement" for s in document.segments)
    if says_something and not context.roles & set(rule.params["roles"]):
        yield rule.finding("piece", roles=sorted(context.roles))


def ai_disclosed(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The reader was told that an AI answers: `extra["ai_disclosed"]` of the conversation."""
    if not context.extra.get("ai_disclosed"):
        yield rule.finding("piece")
