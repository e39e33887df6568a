"""What a document says of itself: proposed for its reference, to be confirmed by a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingestion.bibliography.doi import find_doi
from ingestion.bibliography.model import Benefit, BibliographicReference
from ingestion.bibliography.people import authors_in

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_JOURNAL = r"(?P<journal>[A-Z][A-Za-zÀ-ÿ&.:' -]{1,80}?)"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_VOLUME = r"(?P<volume>\d{1,4})(?:\s?\((?P<issue>[\w. -]{1,12})\))?"
_PAGES = r"(?P<pages>[A-Za-z]{0,5}\d+(?:\s?[–—-]\s?[A-Za-z]{0,3}\d+)?)"
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        # Circulation. 2020;142:1713–1724
        rf"(?:^|[|.\n]\s*|\b){_JOURNAL}[.,]?\s+{_YEAR}(?:\s\w{{3,9}}(?:\s\d{{1,2}})?)?\s?;\s?{_VOLUME}\s?:\s?{_PAGES}",
        # J Clin Endocrinol Metab, September 2020, 105(9):3025–3035
        rf"(?:^|[|\n]\s*|\s){_JOURNAL},\s(?:[A-Z][a-zûé]+\s)?{_YEAR},\s{_VOLUME}\s?:\s?{_PAGES}",
        # The Lancet, 386 (2015) 2059-2068
        rf"(?:^|[|\n]\s*){_JOURNAL},?\s{_VOLUME}\s\({_YEAR}\)\s{_PAGES}",
        # European Heart Journal Open (2024) 4, oeae033; BMC Medicine | (2022) 20:374
        rf"(?:^|et al\.?\s|[|\n]\s*){_JOURNAL}\s*\|?\s*\({_YEAR}\)\s{_VOLUME}\s?[,:]\s?{_PAGES}",
    )
)
_CITED = re.compile(
    r"(?:cite this (?:article|paper|document) as|how to cite(?: this article)?|to cite this article|"
    r"(?:pour )?citer cet article|\bcitation)\s*:\s*(?P<text>.{30,600})",
    re.IGNORECASE | re.DOTALL,
)
_IN_TEXT = re.compile(
    rf"^(?P<authors>[^.(]{{4,400}}?)(?:\.\s|\s\({_YEAR}\)\s)(?P<title>[^.?]{{10,400}}[.?])\s(?P<rest>.+)$",
    re.DOTALL,
)
_END_OF_AUTHORS = re.compile(
    r"^\s*(?:abstract|summary|background|aims?|context|objectives?|introduction|résumé|received|orcid|"
    r"correspond|key ?words?|\W{0,3}\d\s?[A-ZÀ-Ý]|[¹²³]\s?[A-ZÀ-Ý]|from the\b|editorial\b|handling editor)",
    re.IGNORECASE,
)
_DEGREED = re.compile(
    r"^[^\W\d_][\w'’.-]*(?:\s[\w'’.-]+){1,4}\s?,\s?(?:MD|PhD|MRCP|FRCP|MBBS|MBChB|MSc|MPH|PharmD|DPhil|MS|BSc)\b.*$"
)
_PUBLISHED_IN = re.compile(rf"(?:©|\(c\)|copyright|published)[^\n]{{0,60}}?{_YEAR}", re.IGNORECASE)
_WRITTEN_DAY = re.compile(rf"\b(\d{{1,2}})(?:er)?\s({_MONTH})\s((?:19|20)\d{{2}})\b", re.IGNORECASE)
_NUMBERED_DAY = re.compile(
    r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d{2})\b|\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b"
)
_SMR = re.compile(
    r"(?:service médical rendu|\bSMR\b)[^.\n]{0,120}?\b(important|modéré|faible|insuffisant)\b", re.IGNORECASE
)
_ASMR = re.compile(
    r"(?:\bASMR\b|amélioration du service médical rendu)[^.\n]{0,120}?(?:\bniveau\s|\(?\bASMR\s|:\s|de\s)?"
    r"\b(I{1,3}|IV|V)\b"
)
_NO_ASMR = re.compile(r"pas d[’']amélioration du service médical rendu", re.IGNORECASE)
_ISSUERS = (
    "Haute Autorité de Santé", "Commission de la Transparence", "European Medicines Agency",
    "European Society of Cardiology", "American Diabetes Association", "World Health Organization",
    "National Institute for Health and Care Excellence",
)  # fmt: skip
_FIRST_PAGES = 2
_LONGEST_ABBREVIATION = 8
_LONGEST_NAME_BLOCK = 2500


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a document, as the reader found it."""

    kind: str
    title: str
    pages: Sequence[str]
    metadata: Mapping[str, str]


def propose(opening: Opening) -> BibliographicReference:
    """The fields that the document states of itself, by its text first, by its own metadata where the text is silent."""
    pages = [page.translate(_PLAIN) for page in opening.pages[:_FIRST_PAGES]]
    if opening.kind != "paper":
        return _of_document(replace(opening, pages=pages))
    first = pages[0] if pages else ""
    subject = str(opening.metadata.get("subject") or "")
    found = _stated_citation("\n".join(pages))
    places = (_place(text) for text in (first, subject, "\n".join(pages[1:])))
    place = next((one for one in places if one.journal), BibliographicReference())
    authors = _authors(first, opening.title) or authors_in(str(opening.metadata.get("author") or ""))
    doi = find_doi(first) or find_doi(subject) or find_doi("\n".join(pages[1:]))
    if not place.year:
        year = _PUBLISHED_IN.search("\n".join(pages))
        place = replace(place, year=int(year["year"]) if year else None)
    return BibliographicReference(
        authors=found.authors or authors,
        title=" ".join(opening.title.split()) or found.title,
        journal=place.journal or found.journal,
        year=place.year or found.year,
        volume=place.volume or found.volume,
        issue=place.issue or found.issue,
        pages=place.pages or found.pages,
        doi=doi,
    )


def read_reference(text: str) -> BibliographicReference:
    """The fields of a reference that is written in the Vancouver form or nearly so; what it does not say stays empty."""
    flat = " ".join(text.translate(_PLAIN).split())
    parts = _IN_TEXT.match(flat)
    if parts is None:
        return replace(_place(flat), doi=find_doi(flat))
    authors = authors_in(re.sub(r",?\s*et al\.?$", "", parts["authors"]))
    place = _place(parts["rest"])
    year = place.year or (int(parts["year"]) if parts["year"] else None)
    return replace(place, authors=authors, title=parts["title"].rstrip(". "), year=year, doi=find_doi(flat))


def _stated_citation(text: str) -> BibliographicReference:
    cited = _CITED.search(text)
    return read_reference(cited["text"]) if cited else BibliographicReference()


def _place(text: str) -> BibliographicReference:
    """Journal, year, volume and pages where the text states them together."""
    for pattern in _PLACES:
        for found in pattern.finditer(text):
            journal = _journal(found["journal"])
            if journal:
                return BibliographicReference(
                    journal=journal,
                    year=int(found["year"]),
                    volume=found["volume"],
                    issue=found["issue"] or "",
                    pages=re.sub(r"\s?[–—]\s?", "-", found["pages"]),
                )
    return BibliographicReference()


def _journal(found: str) -> str:
    """Without the words of a line before it; empty for what is no journal's name."""
    name = re.split(r"\bet al\.?\s", found.rsplit("\n", maxsplit=1)[-1])[-1].strip(" .,;:|")
    *before, name = name.split(". ")
    while before and len(before[-1]) <= _LONGEST_ABBREVIATION and " " not in before[-1]:
        name = f"{before.pop()}. {name}"  # J. Am. Coll. Cardiol.
    return "" if re.search(r"\bdoi\b|https?|et al|copyright", name, re.IGNORECASE) else name


def _authors(page: str, title: str) -> tuple[str, ...]:
    """The names below the title, or those that stand on lines of their own with their degrees."""
    after = _after_title(page, title)
    lines: list[str] = []
    for line in after.split("\n"):
        if _END_OF_AUTHORS.match(line):
            break
        lines.append(line)
    below = authors_in(" ".join(lines)) if sum(map(len, lines)) <= _LONGEST_NAME_BLOCK else ()
    unbroken = re.sub(r"\s?,\s*\n\s*", ", ", page)
    with_degrees = [line for line in unbroken.split("\n") if _DEGREED.match(line.strip())]
    listed = tuple(name for line in with_degrees for name in authors_in(line)[:1])
    return below if len(below) > 1 or not listed else listed


def _after_title(page: str, title: str) -> str:
    """What follows the title on its page, whichever way it is broken into lines; nothing where it does not stand there."""
    words = re.findall(r"\w+", title)
    if not words:
        return ""
    found = re.search(r"\W+".join(map(re.escape, words)), page, re.IGNORECASE)
    return page[found.end() :].lstrip(")].: \n") if found else ""


def _of_document(opening: Opening) -> BibliographicReference:
    text = "\n".join(opening.pages)
    day = _day(text) if opening.kind in {"opinion", "guideline"} else None
    year = re.search(_YEAR, text) if opening.kind in {"deck", "guideline"} else None
    issuer = next((name for name in _ISSUERS if name.casefold() in text.casefold()), "")
    return BibliographicReference(
        title=" ".join(opening.title.split()),
        year=day.year if day else int(year["year"]) if year else None,
        issuer=issuer if opening.kind in {"opinion", "guideline"} else "",
        dated_on=day,
        doi=find_doi(text),
        benefits=_benefits(text) if opening.kind == "opinion" else (),
    )


def _benefits(text: str) -> tuple[Benefit, ...]:
    """What is said where only one value is stated; several indications are for a person to tell apart."""
    smr = {found[1].casefold() for found in _SMR.finditer(text)}
    asmr = {found[1] for found in _ASMR.finditer(text)} | ({"V"} if _NO_ASMR.search(text) else set())
    if len(smr) > 1 or len(asmr) > 1 or not (smr or asmr):
        return ()
    return (Benefit("", "".join(smr), "".join(asmr)),)


def _day(text: str) -> date | None:
    written, numbered = _WRITTEN_DAY.search(text), _NUMBERED_DAY.search(text)
    try:
        if written and (not numbered or written.start() < numbered.start()):
            in_year = _MONTHS.index(written[2].casefold()) % 12 + 1
            return date(int(written[3]), in_year, int(written[1]))
        if numbered:
            dashed = numbered[4] is not None
            day, month, year = numbered.group(6, 5, 4) if dashed else numbered.group(1, 2, 3)
            return date(int(year), int(month), int(day))
    except ValueError:
        return None
    return None


_PLAIN = str.maketrans(dict.fromkeys("\u2010\u2011", "-") | {"\u00ad": "", "\u00a0": " ", "\u202f": " "})
