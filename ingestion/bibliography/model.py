"""The fields of a bibliographic reference, and its Vancouver form."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

_MOST_AUTHORS = 6
"""The Vancouver form names six, then "et al."."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """What the transparency committee said of one indication."""

    indication: str
    smr: str = ""
    """Actual benefit: important, modéré, faible, insuffisant."""
    asmr: str = ""
    """Improvement of the actual benefit: I to V."""


@dataclass(frozen=True, slots=True)
class BibliographicReference:
    """Every field may be missing."""

    authors: tuple[str, ...] = ()
    """As "Martin AB", in order."""
    title: str = ""
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    issuer: str = ""
    """Of a guideline, an opinion or a label: the body that gave it."""
    dated_on: date | None = None
    """Of an opinion, a guideline or a label."""
    benefits: tuple[Benefit, ...] = ()
    """Of an opinion."""

    def vancouver(self) -> str:
        """In one line; empty where neither authors nor title are known."""
        named = ", ".join(self.authors[:_MOST_AUTHORS]) + (
            ", et al" if len(self.authors) > _MOST_AUTHORS else ""
        )
        where = self.journal or self.issuer
        when = self.dated_on.isoformat() if self.dated_on and not self.volume else str(self.year or "")
        issue = f"({self.issue})" if self.issue else ""
        volume = f";{self.volume}{issue}" if self.volume else ""
        pages = f":{self.pages}" if self.pages else ""
        placed = ". ".join(part for part in (where, f"{when}{volume}{pages}") if part)
        doi = f"doi:{self.doi}" if self.doi else ""
        if not (named or self.title):
            return ""
        return ". ".join(part.rstrip(". ") for part in (named, self.title, placed, doi) if part) + "."

    def missing(self, kind: str) -> tuple[str, ...]:
        """The fields that a complete reference to such a document has and this one lacks."""
        needed = _NEEDED.get(kind, ("title",))
        return tuple(name for name in needed if not getattr(self, name))


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "paper": ("authors", "title", "journal", "year"),
    "guideline": ("title", "issuer", "year"),
    "opinion": ("title", "issuer", "dated_on", "benefits"),
}


def reference_to_json(reference: BibliographicReference) -> dict[str, Any]:
    """The fields that are known, as plain JSON."""
    document: dict[str, Any] = {}
    for one in fields(reference):
        value = getattr(reference, one.name)
        if not value:
            continue
        if one.name == "benefits":
            document[one.name] = [
                {"indication": b.indication, "smr": b.smr, "asmr": b.asmr} for b in reference.benefits
            ]
        elif isinstance(value, date):
            document[one.name] = value.isoformat()
        else:
            document[one.name] = list(value) if isinstance(value, tuple) else value
    return document


def reference_from_json(kept: Mapping[str, Any]) -> BibliographicReference:
    """The reference again; a key that is not known here is passed over."""
    names = {one.name for one in fields(BibliographicReference)}
    plain = {name: value for name, value in kept.items() if name in names}
    reference = BibliographicReference(
        **{name: plain[name] for name in plain.keys() - {"authors", "benefits", "dated_on"}}
    )
    return replace(
        reference,
        authors=tuple(plain.get("authors", ())),
        benefits=tuple(Benefit(**one) for one in plain.get("benefits", ())),
        dated_on=date.fromisoformat(plain["dated_on"]) if plain.get("dated_on") else None,
    )
