"""Which registered document does the text of a reference name? A DOI first, then author, year and title or place."""

import re
import unicodedata
from collections.abc import Mapping

from ingestion.bibliography.model import BibliographicReference

DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>|;,]+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_WORD = re.compile(r"[a-z0-9]{3,}")
_LEADING = re.compile(r"^[\s\[(]*\d{0,3}[\])\s.:°*†-]*")
_SMALL = frozenset(
    [
        "and",
        "the",
        "for",
        "with",
        "from",
        "des",
        "les",
        "une",
        "sur",
        "dans",
        "par",
        "pour",
        "chez",
        "avec",
        "aux",
        "versus",
    ]
)
_ENOUGH_OF_TITLE = 0.7


def find_doi(text: str) -> str:
    """The first DOI in the text, without what a sentence puts behind it; empty where there is none."""
    found = DOI.search(text)
    if found is None:
        return ""
    doi = found[1].rstrip(".:'’”»]")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".")
    return doi


def named_by(text: str, registered: Mapping[str, BibliographicReference]) -> str | None:
    """The key of the one registered document that this reference names; None where none or several fit.

    A text that carries a DOI is matched by it wherever the document's DOI is known. Else the first author stands at its
    beginning, the year in it, and the title's words, or volume and first page, too.
    """
    doi = find_doi(text).casefold()
    if doi:
        same = [key for key, known in registered.items() if known.doi.casefold() == doi]
        if same:
            return same[0] if len(same) == 1 else None
    fitting = [
        key for key, known in registered.items() if not (doi and known.doi) and _fits(_folded(text), known)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fits(text: str, known: BibliographicReference) -> bool:
    if not known.authors or known.year is None:
        return False
    surname = _folded(_surname(known.authors[0]))
    beginning = _LEADING.sub("", text)
    if not re.match(rf"{re.escape(surname)}\b", beginning) or str(known.year) not in _YEAR.findall(text):
        return False
    return _title_stands(text, known.title) or _place_stands(text, known)


def _surname(author: str) -> str:
    """Without the initials: "van der Berg AB" is "van der Berg"."""
    words = author.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].isupper() else author


def _title_stands(text: str, title: str) -> bool:
    wanted = {word for word in _WORD.findall(_folded(title)) if word not in _SMALL}
    found = set(_WORD.findall(text))
    return len(wanted) > 1 and len(wanted & found) >= _ENOUGH_OF_TITLE * len(wanted)


def _place_stands(text: str, known: BibliographicReference) -> bool:
    first = re.match(r"\w+", _folded(known.pages))
    if not known.volume or first is None:
        return False
    return bool(re.search(rf"\b{re.escape(_folded(known.volume))}\b[^\n]{{0,12}}?\b{first[0]}\b", text))


def _folded(text: str) -> str:
    """Small letters without accents; every hyphen and quote the same."""
    plain = unicodedata.normalize("NFD", text.translate(_SAME)).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


_SAME = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-") | {"\u2019": "'", "\u2018": "'", "\u00ad": ""}
)
