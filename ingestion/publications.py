"""Whether a footnote names a given publication: by its DOI, else by first author, year and place or title."""

import re
import unicodedata
from collections.abc import Collection

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>;,]+", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_PLACE = re.compile(r"\b(\d{1,4})\s*(?:\([^)]{1,9}\))?\s*:\s*([a-z]?\d+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_LABEL = re.compile(
    r"\b(?:RCP|SmPC|SPC|r[ée]sum[ée] des caract[ée]ristiques|summary of product characteristics|prescribing information)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(\d{1,2})(?:er)?\s+([^\W\d_]{3,9})\.?\s+((?:19|20)\d{2})\b")
_SHARED_TITLE = 0.7
"""Of the words of a title, those that the footnote must have."""


def dois(text: str) -> frozenset[str]:
    """The DOIs in a text, in lower case, without the stop that ends a sentence."""
    return frozenset(found.rstrip(".)]").lower() for found in _DOI.findall(text))


def names(footnote: str, title: str, reference: str) -> bool:
    """Whether the footnote names the publication of that title and bibliographic reference."""
    cited, known = dois(footnote), dois(reference)
    if cited and known:
        return bool(cited & known)
    years, published = set(_YEAR.findall(footnote)), set(_YEAR.findall(reference))
    if not (years & published):
        return False
    author = _first_author(footnote)
    if author is None or author not in _plain(reference):
        return False
    places, known_places = _places(footnote), _places(reference)
    if places and known_places:
        return bool(places & known_places)
    wanted, said = _words(title), _words(footnote)
    titled = bool(wanted) and len(wanted & said) >= _SHARED_TITLE * len(wanted)
    return titled or _short(footnote)


def names_label(footnote: str, brands: Collection[str], title: str, reference: str) -> bool:
    """Whether the footnote names the product's label, and no other date of it than the one registered."""
    if not _LABEL.search(footnote) or not any(_plain(brand) in _plain(footnote) for brand in brands if brand):
        return False
    dates, known = _dates(footnote), _dates(f"{title} {reference}")
    return not dates or not known or bool(dates & known)


def _first_author(footnote: str) -> str | None:
    found = re.match(r"\W*([^\W\d_][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]{2,})?)", footnote)
    return _plain(found[1]) if found else None


def _short(footnote: str) -> bool:
    """Whether there is no title and no volume to compare: "Martin A et al. Lancet 2019"."""
    return len(_words(footnote)) <= 6 and not _places(footnote)  # noqa: PLR2004  a surname, a journal's name


def _places(text: str) -> frozenset[tuple[str, str]]:
    """Volume and first page."""
    return frozenset((volume, page.lower()) for volume, page in _PLACE.findall(text))


def _dates(text: str) -> frozenset[tuple[int, str, str]]:
    return frozenset((int(day), _plain(month)[:3], year) for day, month, year in _DATE.findall(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("’", "'")
