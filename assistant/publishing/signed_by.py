"""Who signed a published piece, as a copy of it says so: name, role, meaning and time with its zone (21 CFR 11.50 (b))."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from assistant.review.model import Signature
from assistant.store.clock import zone_of

HEADING = {"en": "Electronic signatures", "fr": "Signatures électroniques"}
_BEHALF = {"en": "{name} for {absent}", "fr": "{name} pour {absent}"}
_APPROVAL = {"en": "approval", "fr": "approbation"}
ROLES = {
    "en": {
        "medical": "Medical reviewer",
        "legal": "Legal reviewer",
        "regulatory": "Regulatory reviewer",
        "pharmacist": "Responsible pharmacist",
        "safety": "Safety",
        "medinfo": "Medical information",
    },
    "fr": {
        "medical": "Relecteur médical",
        "legal": "Relecteur juridique",
        "regulatory": "Relecteur réglementaire",
        "pharmacist": "Pharmacien responsable",
        "safety": "Pharmacovigilance",
        "medinfo": "Information médicale",
    },
}
"""Of the roles that sign; the words of the pages (a test holds them alike)."""


def signature_lines(signatures: Sequence[Signature], language: str, market: str) -> list[str]:
    """A line a signature, oldest first, in the market's civil time with its distance from UTC."""
    language = language if language in ROLES else "en"
    return [_line(signature, language, zone_of(market)) for signature in signatures]


def _line(signature: Signature, language: str, zone: ZoneInfo) -> str:
    who = signature.printed_name
    if signature.behalf_name is not None:
        who = _BEHALF[language].format(name=who, absent=signature.behalf_name)
    role = ROLES[language].get(signature.role, signature.role)
    meaning = _APPROVAL[language] if signature.meaning == "approval" else signature.meaning
    at = signature.signed_at.astimezone(zone)
    when = f"{at:%Y-%m-%d %H:%M:%S} (UTC{at:%z}, {zone.key})"
    return f"{who} · {role} · {meaning} · {when}"
