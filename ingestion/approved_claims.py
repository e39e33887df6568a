"""What a claims sheet says of each claim beside its text: where it comes from, where and how long it holds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "variants": ("variants", "variant", "variantes", "variante", "autres formulations"),
    "document": ("document", "source", "file", "fichier", "source document", "document source", "référence"),
    "section": ("section", "rubrique", "chapitre"),
    "page": ("page", "pages", "p"),
    "safety": (
        "safety text",
        "safety",
        "linked safety text",
        "texte de sécurité",
        "sécurité",
        "mentions de sécurité",
    ),
    "markets": ("markets", "market", "marchés", "marché", "pays"),
    "expires": (
        "expires on",
        "expires",
        "expiry",
        "expiry date",
        "expire le",
        "expiration",
        "date d'expiration",
    ),
    "language": ("language", "langue"),
    "version": ("version", "v"),
}
_NAMED = {alias: column for column, aliases in _COLUMNS.items() for alias in aliases}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?\Z")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as its sheet gives it."""

    page: int
    """Its page in the sheet's reading."""
    id: str
    text: str
    variants: tuple[str, ...] = ()
    document: str = ""
    section: str = ""
    cited_page: int | None = None
    safety_text: str = ""
    markets: tuple[str, ...] = ()
    """Those of its sheet's approval, where it names none."""
    expires: str = ""
    """As written."""
    language: str = ""
    version: str = ""

    @property
    def expires_on(self) -> date | None:
        """The last day on which it holds; None where none is given or it cannot be read."""
        found = _DAY.match(self.expires.strip())
        if found is None:
            return None
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None


def claim_rows(pages: Iterable[tuple[int, str, str]], metadata: Mapping[str, str]) -> list[ClaimRow]:
    """The claims of a sheet, from its pages as (number, title, text) and its reading's metadata."""
    by_title: dict[str, dict[str, str]] = {}
    titles = [(number, title, text) for number, title, text in pages]
    known = {title for _, title, _ in titles}
    for key, value in metadata.items():
        title = next((t for t in _prefixes(key) if t in known), None)
        if title is None:
            continue
        name = re.sub(r"[_\-\s]+", " ", key[len(title) + 1 :].replace("’", "'")).strip().casefold()
        if name in _NAMED:
            by_title.setdefault(title, {})[_NAMED[name]] = value
    return [_row(number, title, text, by_title.get(title, {})) for number, title, text in titles]


def _prefixes(key: str) -> Iterable[str]:
    """The parts of a key that may be a claim's id, the longest first: "V.1.page" is of "V.1"."""
    parts = key.split(".")
    return (".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))


def _row(number: int, title: str, text: str, given: Mapping[str, str]) -> ClaimRow:
    digits = re.search(r"\d+", given.get("page", ""))
    return ClaimRow(
        page=number,
        id=title,
        text=" ".join(text.split()),
        variants=tuple(
            part.strip() for part in re.split(r"\s*[|\n]\s*", given.get("variants", "")) if part.strip()
        ),
        document=given.get("document", ""),
        section=given.get("section", ""),
        cited_page=int(digits[0]) if digits else None,
        safety_text=given.get("safety", ""),
        markets=tuple(m.upper() for m in re.split(r"[|,;/\s]+", given.get("markets", "")) if m),
        expires=given.get("expires", ""),
        language=given.get("language", "").casefold()[:2],
        version=given.get("version", ""),
    )
