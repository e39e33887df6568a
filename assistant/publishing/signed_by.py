"""Who signed a published piece, as a copy of it says so: name, role, meaning and time with its zone (21 CFR 11.50 (b))."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from assistant.review.meanings import SIGNERS, meaning_in
from assistant.review.model import Signature
from assistant.store.clock import zone_of

HEADING = {"en": "Electronic signatures", "fr": "Signatures électroniques"}
_BEHALF = {"en": "{name} for {absent}", "fr": "{name} pour {absent}"}
_OTHERS = {
    "safety": {"en": "Safety", "fr": "Pharmacovigilance"},
    "medinfo": {"en": "Medical information", "fr": "Information médicale"},
}
ROLES = {
    language: {role: words[language] for role, words in {**SIGNERS, **_OTHERS}.items()}
    for language in ("en", "fr")
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
    meaning = meaning_in(signature.meaning, language)
    at = signature.signed_at.astimezone(zone)
    when = f"{at:%Y-%m-%d %H:%M:%S} (UTC{at:%z}, {zone.key})"
    return f"{who} · {role} · {meaning} · {when}"
