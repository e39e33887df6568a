"""What no text shows: visa, product state, audience, records, language (FR11 to FR14, FR38, US5, UK1 …)."""

# ruff: noqa: ARG001  every check takes the same three arguments, whichever it looks at

from collections.abc import Iterator

from guardrails.model import CheckContext, Document, Finding
from guardrails.packs import Rule
from guardrails.product import ProductSheet, as_day


def visa_in_force(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The visa has a number and covers the day; an alert stands `alert_days` before its end."""
    visa = context.visa or {}
    granted, expires = as_day(visa.get("granted_on")), as_day(visa.get("expires_on"))
    if not visa.get("number") or granted is None or expires is None:
        yield rule.finding("piece")
    elif granted > context.today:
        yield rule.finding("piece", "not_yet", granted_on=granted.isoformat())
    elif expires < context.today:
        yield rule.finding("piece", "expired", expires_on=expires.isoformat())
    elif (expires - context.today).days <= rule.params["alert_days"]:
        yield rule.finding("piece", "soon", "info", expires_on=expires.isoformat())


def visa_of_these_bytes(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The visa was granted for exactly this manifest. Where there is none, FR11 says so."""
    if context.visa is None:
        return
    visaed = context.visa.get("manifest_hash")
    if not visaed or not context.manifest_hash or visaed != context.manifest_hash:
        yield rule.finding("piece", visaed=visaed or "-", manifest=context.manifest_hash or "-")


def product_not_frozen(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A frozen product stops everything."""
    if ProductSheet(context.product, context.market).raw("status") == "frozen":
        yield rule.finding("piece")


def audience_allowed(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """No promotional text on a prescription or reimbursed medicine reaches the public."""
    if context.audience not in rule.params["public_audiences"] or context.qualification != "promotional":
        return
    sheet = ProductSheet(context.product, context.market)
    if not sheet.flag("public_advertising"):
        yield rule.finding("piece", audience=context.audience)


def record_present(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A record that the rule needs (`params.key`) stands in the context's extra data and is not empty."""
    if not context.extra.get(rule.params["key"]):
        yield rule.finding("piece", record=rule.params["key"])
