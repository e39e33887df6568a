"""Names that a statement brings in: a medicine, a study, an abbreviation that neither its quotes nor their titles hold."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from guardrails.overlap import folded
from guardrails.tables import table

_WORD = re.compile(r"[^\W_][\w]*(?:[-‑–'’][\w]+)*")
_PART = re.compile(r"[-‑–'’]")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;»”\"«“]|•)\s*$")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)
_CAPITALS = 2


def foreign_names(
    text: str, around: Iterable[str], others: Iterable[str] = (), *, same_language: bool = True
) -> Iterator[str]:
    """The names in `text` that do not stand in the texts `around` it: quotes, titles, headings, the product's names.

    A name is a word with a capital inside a sentence, a word of capitals or with a digit behind capitals (ORIENT-HF,
    CYP3A4), a word that ends like an international nonproprietary name (WHO's stems), or one of `others`. An
    abbreviation whose letters begin consecutive words around it is known; in a translation abbreviations differ, and
    only names of medicines and studies count.
    """
    held = " ".join(around)
    held += " " + " ".join(_spelled_out(held))
    known = {folded(part) for word in _WORD.findall(held) for part in (word, *_PART.split(word))}
    initials = _initials(held)
    rivals = {folded(name) for name in others}
    for match in _WORD.finditer(text):
        word = _ELISION.sub("", match[0])
        if _is_known(word, known):
            continue
        opens = bool(_SENTENCE_END.search(text[: match.start()]))
        if _is_abbreviation(word):
            if same_language and not _abbreviates(word, initials):
                yield word
        elif (
            _is_study(word)
            or folded(word) in rivals
            or _is_medicine(word)
            or (not opens and word[0].isupper() and folded(word) not in _ordinary())
        ):
            yield word


def _is_known(word: str, known: set[str]) -> bool:
    forms = {folded(word), folded(word).removesuffix("s")}
    if forms & known or any(f"{form}s" in known for form in forms):
        return True
    parts = [part for part in _PART.split(word) if len(part) > 1 or part.isdigit()]
    numbered = any(part.isdigit() for part in parts)  # ORIENT-HF-2 is not ORIENT-HF
    return len(parts) > 1 and not numbered and all(folded(part) in known for part in parts)


def _is_study(word: str) -> bool:
    """ORIENT-HF, PATHWAY-2, CYP3A4: capitals and a hyphen or a digit."""
    return sum(c.isupper() for c in word) >= _CAPITALS and any(c.isdigit() or c in "-‑–" for c in word)


def _is_abbreviation(word: str) -> bool:
    return sum(c.isupper() for c in word) >= _CAPITALS and not _is_study(word)


def _is_medicine(word: str) -> bool:
    return word not in _ordinary() and bool(_stems().fullmatch(folded(word)))


def _initials(text: str) -> str:
    """The first letters of all words of content, in order."""
    parts = [part for word in _WORD.findall(text) for part in _PART.split(word)]
    return "".join(folded(part)[:1] for part in parts if len(part) > 2)  # noqa: PLR2004  not "of", "de", "d"


def _abbreviates(word: str, initials: str) -> bool:
    return folded(word).removesuffix("s") in initials


def _spelled_out(text: str) -> Iterator[str]:
    """The other forms of the abbreviations that a text holds, short or in full."""
    plain = text.replace("’", "'").casefold()
    for forms in table("names.yaml")["abbreviations"]:
        if any(re.search(rf"(?<!\w){re.escape(form.casefold())}(?!\w)", plain) for form in forms):
            yield from forms


@cache
def _ordinary() -> frozenset[str]:
    """Words that are written with a capital or end like a medicine's name and are neither."""
    return frozenset(folded(word) for word in table("names.yaml")["ordinary"])


@cache
def _stems() -> re.Pattern[str]:
    return re.compile(rf"\w{{2,}}(?:{'|'.join(table('names.yaml')['stems'])})e?s?")
