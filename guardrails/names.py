"""Names that a statement brings in: a medicine, a study, an abbreviation that neither its quotes nor their titles hold."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from guardrails.numbers.patterns import unit_name
from guardrails.overlap import folded
from guardrails.tables import table

_WORD = re.compile(r"[^\W_][\w]*(?:[-‑–'’][\w]+)*")
_PART = re.compile(r"[-‑–'’]")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;»”\"«“|]|•)\s*$")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)
_CAPITALS = 2
_STUDY = re.compile(
    r"(?i:\b(?:study|trial|étude|essai)) ([A-Z]{5,})\b|\b([A-Z]{5,})(?i: (?:study|trial)\b)|\bIn ([A-Z]{5,}),"
)
_SHORTEST = 4
_IS_SUBJECT = re.compile(r"\s(?:\d+\s?mg\s)?(?:est|sont|n['’]est|n['’]a|ne|doit|peut|a|ont|était)\b")
"""In French a sentence that begins with a bare noun and its verb begins with a name."""
_STEM = 5
_ENDED = 2
"""Letters in which two names end alike and two forms of one name do not."""
_SPELLINGS = re.compile(r"(?<=i)z(?=[aei])")
"""Randomized is randomised."""
_ALIKE = 4
"""Letters in which a word often begins alike in both languages."""
_PARTED = re.compile(r"\b([A-Z]{2,}) (\d\w*)\b")
"""A code written in two words: CYP 3A4."""
_VISIT = re.compile(r"[DJWSMV]\d{1,3}")
"""Day 2, semaine 12: a time, no name."""


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
    known = _words_and_parts(held)
    initials = _initials(held)
    rivals = {folded(name) for name in others}
    for match in _WORD.finditer(text):
        word = _ELISION.sub("", match[0])
        if _is_known(word, known) or folded(word) in _ordinary() or _VISIT.fullmatch(word):
            continue
        if _shortens(match, text, held) or _is_unit(match, text):
            continue
        opens = bool(_SENTENCE_END.search(text[: match.start()]))
        if _is_abbreviation(word):
            if same_language and not _abbreviates(word, initials):
                yield word
        elif (
            looks_like_study(word)
            or folded(word) in rivals
            or looks_like_medicine(word)
            or (
                same_language
                and not opens
                and word[0].isupper()
                and not _is_form_of(word, known, letter_by_letter=True)
            )
        ):
            yield word


def _is_unit(match: re.Match[str], text: str) -> bool:
    """Whether it is the unit of the number before it: "100 U/ml"."""
    return text[: match.start()].rstrip()[-1:].isdigit() and unit_name(match[0]) is not None


def _shortens(match: re.Match[str], text: str, held: str) -> bool:
    """Whether it is the first letter of a genus that is written out: "C. difficile" of "Clostridioides difficile"."""
    letter, behind = match[0], re.match(r"\.\s?([a-z]{4,})", text[match.end() :])
    if len(letter) != 1 or not letter.isupper() or behind is None:
        return False
    return re.search(rf"\b{letter}[a-z]{{3,}} {behind[1]}\b", held) is not None


def put_in_its_place(
    text: str, quotes: Sequence[str], own: Iterable[str], around: Iterable[str]
) -> Iterator[str]:
    """The names that a translation holds where its quotes have one of `own`: these it does not hold at all."""
    names = {folded(name) for name in own}
    if _holds(text, names) or not any(_holds(quote, names) for quote in quotes):
        return
    known = _words_and_parts(" ".join(around))
    for match in _WORD.finditer(text):
        word = _ELISION.sub("", match[0])
        opens = bool(_SENTENCE_END.search(text[: match.start()]))
        if (
            len(word) >= _SHORTEST
            and word[0].isupper()
            and not word.isupper()
            and not (opens and not _IS_SUBJECT.match(text, match.end()))
            and folded(word) not in _ordinary()
            and not _is_known(word, known)
            and not _is_form_of(word, known)
        ):
            yield word


def left_out(text: str, quote: str, language: str) -> Iterator[str]:
    """The names of a quote that its translation holds in no spelling, where no word such as "it" or "this medicine" stands for one.

    Names are the same in both languages but for accents and endings: a medicine, a code with a digit, a word with a capital inside the
    sentence. Abbreviations are not.
    """
    stand_ins = {folded(word) for word in table("names.yaml")["in_its_place"][language]}
    if any(folded(word) in stand_ins for word, _ in named_words(text)):
        return
    known = _words_and_parts(f"{text} {' '.join(_spelled_out(text))}")
    begun = {begins(word) for word in known}
    for word, opens in named_words(quote):
        proper = not opens and word[0].isupper() and word[1:].islower() and len(word) > _STEM
        code = looks_like_study(word) and any(letter.isdigit() for letter in word)
        if (
            not (looks_like_medicine(word) or proper or code)
            or folded(word) in _ordinary()
            or _VISIT.fullmatch(word)
        ):
            continue
        if not _is_known(word, known) and (code or begins(word) not in begun):
            yield word


def begins(word: str) -> str:
    """The first letters, in which both languages often agree: ciclosporin and cyclosporine, hepatitis and hépatite."""
    return folded(word)[:_ALIKE].translate(str.maketrans("yk", "ic"))


def another_study(text: str, quotes: Sequence[str]) -> Iterator[str]:
    """The words in capitals that a translation calls a study, where its quotes name one that it does not: AFFIRM for ORIENT-HF."""
    held = {word for quote in quotes for word in _studies(quote)}
    said = {word for word, _ in named_words(text)}
    if held and not held & said:
        known = {folded(other) for quote in quotes for other in _WORD.findall(quote)}
        yield from (word for word in _studies(text) if word.isalpha() and not _is_known(word, known))


def _studies(text: str) -> Iterator[str]:
    yield from (word for word, _ in named_words(text) if looks_like_study(word))
    yield from (group for match in _STUDY.finditer(text) for group in match.groups() if group)


def _words_and_parts(text: str) -> set[str]:
    parted = ("".join(match.groups()) for match in _PARTED.finditer(text))
    found = [
        form for word in _WORD.findall(text) for form in (word, _ELISION.sub("", word))
    ]  # l'IL-36 is IL-36
    words = {folded(part) for word in (*found, *parted) for part in (word, *_PART.split(word))}
    return words | {_without_ending(word) for word in words}


def _holds(text: str, names: set[str]) -> bool:
    return any(_is_known(word, names) for word, _ in named_words(text))


def _is_known(word: str, known: set[str]) -> bool:
    plain = folded(word)
    forms = {
        plain,
        plain.removesuffix("s"),
        f"{plain}s",
        f"{plain}e",
        plain.removesuffix("e"),
    }  # énoxaparine, enoxaparin
    singular = plain.removesuffix("s")
    if forms & known or {f"{singular}e", f"{singular}es"} & known or _without_ending(plain) in known:
        return True
    parts = [part for part in _PART.split(word) if len(part) > 1 or part.isdigit()]
    numbered = any(part.isdigit() for part in parts)  # ORIENT-HF-2 is not ORIENT-HF
    return len(parts) > 1 and not numbered and all(_part_known(part, known) for part in parts)


def _without_ending(plain: str) -> str:
    """Acétylsalicylique and acetylsalicylic are one name."""
    return plain.removesuffix("que") + "c" * plain.endswith("ique")


def _is_form_of(word: str, known: set[str], *, letter_by_letter: bool = False) -> bool:
    """Whether a word with a capital is another form of one that stands there: Europeans for Europe.

    `letter_by_letter`, which two languages are not compared: and not a name of other letters inside.
    """
    plain = folded(word)
    stem = plain[:_STEM]
    return len(stem) == _STEM and any(
        other.startswith(stem) and not (letter_by_letter and _of_other_letters(plain, other))
        for other in known
    )


def _of_other_letters(one: str, other: str) -> bool:
    """Whether they differ inside and end alike, as two names do and two forms of one do not: Velmora, Velmara."""
    one, other = _spelled(one), _spelled(other)
    begun, ended = _alike_in(one, other), _alike_in(one[::-1], other[::-1])
    return one != other and ended >= _ENDED and begun + ended < max(len(one), len(other))


def _spelled(word: str) -> str:
    return _SPELLINGS.sub("s", word).replace("oe", "e").replace("ae", "e").replace("our", "or")


def _alike_in(one: str, other: str) -> int:
    """How many letters they begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _part_known(part: str, known: set[str]) -> bool:
    """Whether it stands there, a plain word also in another form: "G12C-mutated" for "a G12C mutation"."""
    if folded(part) in known:
        return True
    return (
        part.islower() and len(part) >= _STEM and any(word.startswith(folded(part)[:_STEM]) for word in known)
    )


def looks_like_study(word: str) -> bool:
    """ORIENT-HF, PATHWAY-2, CYP3A4: capitals and a hyphen or a digit."""
    return sum(c.isupper() for c in word) >= _CAPITALS and any(c.isdigit() or c in "-‑–" for c in word)


def _is_abbreviation(word: str) -> bool:
    return sum(c.isupper() for c in word) >= _CAPITALS and not looks_like_study(word)


def looks_like_medicine(word: str) -> bool:
    """An international nonproprietary name by its ending, or an old one that has none."""
    plain = folded(word)
    return plain not in _ordinary() and (plain in _old_names() or bool(_stems().fullmatch(plain)))


def named_words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word without its elided article, and whether it opens a sentence."""
    for match in _WORD.finditer(text):
        yield _ELISION.sub("", match[0]), bool(_SENTENCE_END.search(text[: match.start()]))


def _initials(text: str) -> str:
    """The first letters of all words of content, in order."""
    parts = [part for word in _WORD.findall(text) for part in _PART.split(word)]
    content = "".join(folded(part)[:1] for part in parts if len(part) > 2)  # noqa: PLR2004  not "of", "de", "d"
    return f"{content} {''.join(folded(part)[:1] for part in parts)}"


def _abbreviates(word: str, initials: str) -> bool:
    return folded(word).removesuffix("s") in initials


def _spelled_out(text: str) -> Iterator[str]:
    """The other forms of the abbreviations that a text holds, short or in full."""
    plain = f" {_words_only(text)} "
    for forms in table("names.yaml")["abbreviations"]:
        if any(f" {_words_only(form)} " in plain for form in forms):
            yield from forms


@lru_cache(maxsize=2048)
def _words_only(text: str) -> str:
    """Words without accents, one space between them; hyphens and apostrophes part words."""
    return " ".join(folded(part) for word in _WORD.findall(text) for part in _PART.split(word))


@cache
def _ordinary() -> frozenset[str]:
    """Words that are written with a capital or end like a medicine's name and are neither."""
    return frozenset(folded(word) for word in table("names.yaml")["ordinary"])


@cache
def _old_names() -> frozenset[str]:
    return frozenset(
        folded(form) for name in table("names.yaml")["old_names"] for form in (name, f"{name}e", f"{name}s")
    )


@cache
def _stems() -> re.Pattern[str]:
    return re.compile(rf"\w{{2,}}(?:{'|'.join(table('names.yaml')['stems'])})e?s?")
