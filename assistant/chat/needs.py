"""What a question needs of an answer: each word of its own, how else documents may say it, and how much it tells."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.chat.bounds import rest
from assistant.chat.question import Concept, concepts, empty_words, mended
from assistant.chat.wording import flat
from assistant.retrieval.protocols import WordRarity
from assistant.retrieval.shorthand import classes_of, otherwise
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.words import is_stop_word, query_stems, stems

Forms = Mapping[frozenset[str], float]

BY_CLASS = 0.8
"""What a need counts that a statement on the medicine's class meets."""
RAREST = 5.0
"""A need's weight is at most this: a word that stands in no document at all."""
_MENDED = 0.9
_OF_CONCEPT = 2.5
"""The most that a word weighs whose subject has other words."""
_ONLY_CONCEPT = 2.0
_NUMBER = 0.5
_HALF_EVERYDAY, _EVERYDAY_SPREAD, _LEAST_TELLING = 18.0, 5.0, 0.1
"""Words of e**-12 ("inside", "mieux") are everyday ones, words of e**-25 are not; what was measured hardly depends on where between."""
_MEDICINE_FROM, _TYPO_FROM = 7, 6
_BEHIND_A_NUMBER = re.compile(r"\b\d+([^\W\d_]{3,})\b")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")
_INFLAMED = re.compile(r"(\w{3,})it(?:is|es?)")
"""“Hepatitis” has the English stem of “hepatic”, “pancreatitis” that of “pancreatic”."""
_MEDICINE = re.compile(
    r"(?:mab|nib|pril|sartan|statine?|gliptine?|gliflozine?|glutide|xaban|ciclib|olol|azole|cept|parine?|mycine?|cilline?|oxetine?|sentan"
    r"|renone|prazole|vir|darone|dipine|setron|triptan|lukast|tide|curium|limus|platine?|taxel|rubicine?|lutamide|zomib|parib|lisib|degib"
    r"|gepant|grel(?:or)?|fungine?|oxacine?|cycline|pramine|triptyline|azepam|zolam|barbital|profene?|coxib|oxicam|fibrate|formine?|glinide"
    r"|glitazone|terol|tropium|tadine|rizine|dronate|caine|relin|relix|prost|ciguat|semide|thiazide|poetine?|teplase|mustine|trexate|trexed"
    r"|citabine|fosfamide|estrant|trozole|steride|losine|losin|rifampicine?|aparib|abine|tecan|poside|estradiol|thyroxine?)$"
)
"""Endings of international non-proprietary names."""


@dataclass(frozen=True, slots=True)
class Need:
    """A word of the question. `forms` are ways to say it, each as all of its stems, with what each counts (0 to 1)."""

    word: str
    forms: Forms
    weight: float
    concepts: tuple[Concept, ...] = ()
    known: bool = True
    """Whether the documents hold one of its own forms."""
    number: bool = False
    medicine: bool = False
    """It has the ending of a medicine's name."""
    telling: float = 1.0
    """How far it is no everyday word (0.1 to 1): "home" in no document says less than "amphetamines" in none."""

    def met(self, held: frozenset[str]) -> float:
        """What a text with these stems, of both languages, counts for it; what is said of an organ is no inflammation of it."""
        organ = _INFLAMED.fullmatch(flat(self.word))
        return max(
            (
                worth
                for form, worth in self.forms.items()
                if form <= held and not (organ and form == {organ[1]})
            ),
            default=0.0,
        )


def needs_of(
    question: str,
    names: Sequence[str],
    vocabulary: Vocabulary,
    writings: Mapping[str, Sequence[str]] | None = None,
    rarity: WordRarity | None = None,
) -> list[Need]:
    """The needs of a question about the product with those names, in its order.

    Words that only ask, and the values of measures, are none. `writings` are other writings of its terms that the documents explain.
    """
    said = _without_names(question, names)
    own = Counter(_TOKEN.findall(rest(said)))
    turns = _turns(said)
    spans = [(m.start(), m.end(), c) for c in concepts().values() for m in c.asked.finditer(said)]
    other, classes = dict(otherwise(question)), classes_of(question)
    for term, texts in (writings or {}).items():
        other[flat(term)] = (*other.get(flat(term), ()), *texts)
    words = {
        match[0]: tuple(c for start, end, c in spans if start < match.end() and match.start() < end)
        for match in reversed(list(_TOKEN.finditer(said)))
        if (own[match[0]] or not match[0][0].isdigit())
        and not (
            match.span() in turns
            and not any(start < match.end() and match.start() < end for start, end, _ in spans)
        )
    }
    drafts = [
        _Draft(word, of, _ways(word, other), _ways(word, classes))
        for word, of in reversed(words.items())
        if _names_something(word, of, word in _listed(other, classes))
    ]
    typed = _as_typed(question)
    needs = [_need(draft, typed.get(draft.word, draft.word), vocabulary, rarity) for draft in drafts]
    needs = [need for need in needs if need.forms or need.concepts]
    told = {concept.name for need in needs for concept in need.concepts}
    left = {c.name: c for _, _, c in spans if c.name not in told}
    return [*needs, *(Need(f"<{c.name}>", {}, _ONLY_CONCEPT, (c,)) for c in left.values())]


@dataclass(frozen=True, slots=True)
class _Draft:
    word: str
    concepts: tuple[Concept, ...]
    other: tuple[str, ...]
    classes: tuple[str, ...]

    @property
    def number(self) -> bool:
        return self.word[0].isdigit()

    @property
    def medicine(self) -> bool:
        return len(self.word) >= _MEDICINE_FROM and bool(_MEDICINE.search(self.word))


def _need(draft: _Draft, typed: str, vocabulary: Vocabulary, rarity: WordRarity | None) -> Need:
    own = frozenset(query_stems(draft.word))
    forms: dict[frozenset[str], float] = {frozenset({stem}): 1.0 for stem in own}
    for texts, worth in ((draft.other, 1.0), (draft.classes, BY_CLASS)):
        for text in texts:
            for language in ("en", "fr"):
                if form := frozenset(stems(text, language)):
                    forms[form] = max(worth, forms.get(form, 0.0))
    if not any(form <= vocabulary.found_in.keys() for form in forms) and len(draft.word) >= _TYPO_FROM:
        for stem in mended(own, vocabulary.stems) - own:
            if any(stem[0] == mine[0] for mine in own):
                forms[frozenset({stem})] = _MENDED
    known = any(form <= vocabulary.found_in.keys() for form in forms)
    weight = _weight(forms, vocabulary)
    if draft.concepts:
        weight = min(weight, _OF_CONCEPT)
    return Need(
        typed,
        forms,
        weight * (_NUMBER if draft.number else 1.0),
        draft.concepts,
        known,
        draft.number,
        draft.medicine,
        _telling(draft, typed, rarity),
    )


def _telling(draft: _Draft, typed: str, rarity: WordRarity | None) -> float:
    """By how rare the word is in writing at large. Subjects, shorthand, numbers and medicines are no everyday words."""
    if rarity is None or draft.concepts or draft.other or draft.classes or draft.number or draft.medicine:
        return 1.0
    share = 1 / (1 + math.exp((_HALF_EVERYDAY - rarity.surprise(typed)) / _EVERYDAY_SPREAD))
    return _LEAST_TELLING + (1 - _LEAST_TELLING) * share


def _weight(forms: Forms, vocabulary: Vocabulary) -> float:
    """The rarer what is asked for, the more it tells."""
    held = max((_held(form, vocabulary) for form in forms), default=0)
    return min(RAREST, math.log(1 + vocabulary.passages / (held + 0.5)))


def _held(form: frozenset[str], vocabulary: Vocabulary) -> int:
    return min(vocabulary.found_in.get(stem, 0) for stem in form)


def _without_names(question: str, names: Sequence[str]) -> str:
    said = flat(question)
    for name in sorted(names, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(flat(name))}(?!\w)", " ", said)
    return said


def _as_typed(question: str) -> dict[str, str]:
    """Each word of the question, by its flat form, as it was typed: accents tell a model the language."""
    raw = question.casefold()
    found: dict[str, str] = {}
    for word in [*re.findall(r"[^\W_]+(?:-[^\W_]+)*", raw), *re.findall(r"[^\W_]+", raw)]:
        found.setdefault(flat(word), word)
    return found


def _ways(word: str, terms: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(text for term, texts in terms.items() if word in _words_of(term) for text in texts)


def _words_of(term: str) -> frozenset[str]:
    """Those that a question may have of it: “6mwd” is read as a number and a word."""
    behind_a_number = (match[1] for match in _BEHIND_A_NUMBER.finditer(term))
    return frozenset((*term.split(), *behind_a_number))


def _listed(*terms: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(word for some in terms for term in some for word in _words_of(term))


def _names_something(word: str, of: tuple[Concept, ...], listed: bool) -> bool:
    if word[0].isdigit():
        return not of
    if len(word) == 1 or _asking().fullmatch(word) or is_stop_word(word):
        return listed and len(word) == 1
    if of or (listed and word not in empty_words()):
        return True
    return len(word) > 2 and not {word, *query_stems(word)} & empty_words()  # noqa: PLR2004


def only_asks(word: str) -> bool:
    """Whether a flat word asks, counts or points and names nothing."""
    return (
        bool(_asking().fullmatch(word))
        or is_stop_word(word)
        or bool({word, *query_stems(word)} & empty_words())
    )


def _turns(said: str) -> frozenset[tuple[int, int]]:
    """Where the words stand that are part of a turn of speech: "conduite à tenir" asks, and is about no driving."""
    within = [match.span() for pattern in _turns_of_speech() for match in pattern.finditer(said)]
    return frozenset(
        match.span()
        for match in _TOKEN.finditer(said)
        if any(start <= match.start() and match.end() <= end for start, end in within)
    )


@cache
def _asking() -> re.Pattern[str]:
    return re.compile("|".join(word for name in ("english", "french") for word in _rows()[name].split()))


@cache
def _turns_of_speech() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _rows()["turns"])


@cache
def _rows() -> Mapping[str, Any]:
    import yaml

    found: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "asking.yaml").read_text("utf-8"))
    return found
