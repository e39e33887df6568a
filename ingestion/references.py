"""Footnotes of slides that name a publication, and the raised marks that point to them.

"1. Martin A et al. N Engl J Med 2019;381:1995-2008" is a reference: it is shown, and never a claim that may be quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_YEAR = r"\b(?:19|20)\d{2}\b"
_PUBLISHED = re.compile(
    r"\bet\s+(?:al|coll)\b"
    r"|\bdoi\b|\b10\.\d{4,9}/\S"
    rf"|{_YEAR}[^;:]{{0,12}};\s?[A-Za-z]?\d+"
    r"|\b\d{1,4}\s?(?:\(\w{1,9}\))?\s?:\s?[A-Za-z]?\d{1,6}\s?[-–]\s?[A-Za-z]?\d{1,6}\b"
    r"|\b(?:N Engl J Med|NEJM|Lancet|JAMA|BMJ|Circulation|Eur Heart J|Ann Intern Med|J Am Coll Cardiol|JACC|Presse Med|Rev Prat"
    r"|Diabetes Care|Diabetologia|Nature|Blood|Chest|Gut|Neurology|J Clin Oncol|Ann Oncol|PLoS|Cochrane)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:data on file|donn[ée]es internes|poster|abstract|r[ée]sum[ée] des caract[ée]ristiques|RCP|SmPC|summary of product"
    r"|prescribing information|commission de la transparence|avis de la (?:CT|HAS)|guidelines?|recommandations?|rapport|report"
    r"|EPAR|clinicaltrials\.gov|NCT\d{8})\b",
    re.IGNORECASE,
)
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LEAD = re.compile(
    rf"\s*(?:\[(?P<boxed>\d{{1,2}})\]|\(?(?P<number>\d{{1,2}})[.)]\s|(?P<raised>[{_RAISED}]{{1,2}})[.)]?|(?P<sign>[*†‡§]{{1,3}}))\s*"
)
_NEXT = re.compile(
    rf"(?<=[.;\d)\s])\s*(?:\[(\d{{1,2}})\]|(?<![\d;:,(–-])(\d{{1,2}})[.)]\s|([{_RAISED}]{{1,2}})\s?[.)]?)\s*(?=[A-ZÀ-Þ])"
)
_AUTHOR = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+)?,?\s+(?:[A-Z]{1,3}\b\.?|et\s+(?:al|coll)\b)")
_NAMED = re.compile(
    r"(?:sources?|r[ée]f(?:[ée]rences?|s)?\.?|references?|refs?\.?|adapted from|adapt[ée] de|d['’]apr[èe]s|from)\s*:?\s+",
    re.IGNORECASE,
)
_LIST_TITLE = re.compile(
    r"\s*(?:key |selected )?(?:references?|r[ée]f[ée]rences?|bibliograph\w+|sources?)\b", re.IGNORECASE
)
_LONGEST = 1_500
_MARKS = re.compile(rf"(?<![⁻⁺{_RAISED}])[{_RAISED}]+(?:\s?[,;⁻–-]\s?[{_RAISED}]+)*|(?<=\w)[*†‡§]{{1,3}}")
_EXPONENT = re.compile(r"(?:[×x*·]\s?10|\b10|\b(?:[kcdmµμ]?m|km|in|ft|kg|g|s|h|min|L|l|j|day|jour))\Z")
"""What a raised number behind it makes a power or a unit: 10⁹, kg/m², min⁻¹."""
_WIDEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class Footnote:
    """A reference as it is printed. `mark` is empty where none stands before it: then it holds for the whole slide."""

    mark: str
    text: str


def is_reference(text: str) -> bool:
    """Whether a paragraph is nothing but references: it begins with a mark, an author or "Source:", and cites."""
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST:
        return False
    lead = _LEAD.match(line)
    rest = line[lead.end() :] if lead else line
    named = _NAMED.match(rest)
    if named:
        rest = rest[named.end() :]
        lead = lead or _LEAD.match(rest)
    cites = _PUBLISHED.search(rest) is not None
    if named or lead:
        return (cites and re.search(_YEAR, rest) is not None) or (
            _DOCUMENT.search(rest) is not None and re.search(_YEAR, rest) is not None and len(rest) <= 200  # noqa: PLR2004  a statement is longer than a document's name
        )
    return cites and re.search(_YEAR, rest) is not None and _AUTHOR.match(rest) is not None


def is_list_title(title: str | None) -> bool:
    """Whether a slide of that title holds the references of the whole deck."""
    return title is not None and _LIST_TITLE.match(title) is not None


def footnotes(text: str) -> Iterator[Footnote]:
    """The references in a paragraph, also where several stand in one line: "1. A. 2019. 2. B. 2020."."""
    line = " ".join(text.split())
    named = _NAMED.match(line)
    if named:
        line = line[named.end() :]
    lead = _LEAD.match(line)
    if lead is None:
        yield Footnote("", line)
        return
    mark, start = (
        _mark(lead.group("boxed"), lead.group("number"), lead.group("raised"), lead.group("sign")),
        lead.end(),
    )
    for found in _NEXT.finditer(line, start):
        following = _mark(*found.groups())
        if not mark.isdigit() or following != str(int(mark) + 1):
            continue
        yield Footnote(mark, line[start : found.start()].strip(" ;"))
        mark, start = following, found.end()
    yield Footnote(mark, line[start:].strip())


def marks(quote: str) -> tuple[str, ...]:
    """The footnote marks in a quote, in order; powers and units (10⁹, kg/m²) are none."""
    found: list[str] = []
    for match in _MARKS.finditer(quote):
        if match[0][0] in _RAISED and _EXPONENT.search(quote[: match.start()]):
            continue
        if match[0][0] not in _RAISED:
            found.append(match[0])
            continue
        for item in re.split(r"[,;\s]+", match[0].translate(_RAISED_DIGITS).replace("–", "-")):
            first, _, last = item.partition("-")
            if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _WIDEST_RANGE:
                found.extend(str(number) for number in range(int(first), int(last) + 1))
            else:
                found.extend(part for part in (first, last) if part)
    return tuple(dict.fromkeys(found))


def _mark(*groups: str | None) -> str:
    found = next((group for group in groups if group), "")
    return found.translate(_RAISED_DIGITS)
