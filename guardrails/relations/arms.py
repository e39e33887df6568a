"""The things that a sentence sets side by side: medicines, placebo, a control group; and studies."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from guardrails.names import looks_like_medicine, looks_like_study, named_words
from guardrails.numbers.patterns import DOSES
from guardrails.overlap import folded
from guardrails.plain import plain as plain_text
from guardrails.relations.model import Sentence
from guardrails.relations.patterns import pattern, patterns
from guardrails.tables import table

_LONG = 5
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """An arm or a study where it stands."""

    key: str
    """The same for every spelling of it."""
    start: int
    end: int
    written: str


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The names that the statement and its quotes speak of, and which of them mean the same. Each is itself alone."""

    arms: frozenset[str]
    studies: frozenset[str]
    aliases: Mapping[str, str]


def known_names(texts: Iterable[str], synonyms: Sequence[Sequence[str]] = ()) -> Known:
    """Collect names from all texts, so that one that opens a sentence here is known from there.

    `synonyms`: groups of names of one product.
    """
    arms, studies, plain = set[str](), set[str](), set[str]()
    texts = list(texts)
    for text in texts:
        for word, opens in named_words(text):
            if looks_like_study(word) or (word.isupper() and len(word) >= _LONG):
                studies.add(key_of(word))
            elif looks_like_medicine(word) or (not opens and word[0].isupper() and word[1:].islower()):
                arms.add(key_of(word))
            if word.islower() and not looks_like_medicine(word):
                plain.add(key_of(word))
    plain_texts = [plain_text(text) for text in texts]
    slotted = {key for text in plain_texts for key in _in_slots(text)}
    aliases = {key_of(name): key_of(names[0]) for names in synonyms if names for name in names}
    return Known(frozenset((arms - plain) | slotted | set(aliases)) - studies, frozenset(studies), aliases)


@lru_cache(maxsize=4096)
def _in_slots(text: str) -> frozenset[str]:
    """The keys of names that are arms by where they stand. A word of a list of ordinary ones is none."""
    return frozenset(
        key_of(match["name"])
        for slot in _slots()
        for match in slot.finditer(text)
        if match["name"] not in _no_arms()
    )


@lru_cache(maxsize=16384)
def key_of(word: str) -> str:
    """One key for the spellings of both languages: énoxaparine is enoxaparin."""
    return re.sub(r"e?s?$", "", folded(word))


@lru_cache(maxsize=512)
def mentions(sentence: Sentence, known: Known) -> list[Mention]:
    """The arms of a sentence, in order. Where none is named, "the combination" and "alone" are taken for arms."""
    found = [*_by_name(sentence, known.arms, known.aliases), *by_pattern(sentence, "arms")]
    return _in_order(found or by_pattern(sentence, "settings"))


def studies(sentence: Sentence, known: Known) -> list[Mention]:
    """The studies of a sentence, in order."""
    return _in_order(_by_name(sentence, known.studies, {}))


def with_doses(found: list[Mention], sentence: Sentence) -> list[Mention]:
    """The mentions told apart by the dose that follows them at once: "Velmora 5 mg"."""
    return [Mention(m.key + _dose_after(m, sentence), m.start, m.end, m.written) for m in found]


def with_company(found: list[Mention], sentence: Sentence) -> list[Mention]:
    """The mentions told apart by what is given with them: "A plus B" is one arm, "B alone" another."""
    merged: list[Mention] = []
    for mention in found:
        before = merged[-1] if merged else None
        if before and pattern("joined_arms").fullmatch(sentence.plain, before.end, mention.start):
            key = " + ".join(sorted({*before.key.split(" + "), mention.key}))
            written = sentence.text[before.start : mention.end]
            merged[-1] = Mention(key, before.start, mention.end, written)
        else:
            merged.append(mention)
    return [
        Mention(f"{m.key} alone", m.start, m.end, m.written)
        if pattern("alone_arm").match(sentence.plain, m.end)
        else m
        for m in merged
    ]


def _dose_after(mention: Mention, sentence: Sentence) -> str:
    for quantity in sentence.quantities:
        if 0 < quantity.start - mention.end <= _AT_ONCE and quantity.unit in DOSES:
            return f" {quantity.value.normalize()} {quantity.unit}"
    return ""


def _by_name(sentence: Sentence, keys: frozenset[str], aliases: Mapping[str, str]) -> Iterator[Mention]:
    for match in _WORD.finditer(sentence.text):
        key = key_of(match[0])
        if key in keys:
            yield Mention(aliases.get(key, key), match.start(), match.end(), match[0])


def by_pattern(sentence: Sentence, group: str) -> tuple[Mention, ...]:
    """The mentions that the patterns of a group of `relations.yaml` find."""
    return _by_pattern(sentence.text, sentence.plain, group)


@lru_cache(maxsize=8192)
def _by_pattern(text: str, plain: str, group: str) -> tuple[Mention, ...]:
    """Remembered, since a statement is set beside many claims."""
    return tuple(
        Mention(key, match.start(), match.end(), text[match.start() : match.end()])
        for key, words in patterns(group).items()
        for match in words.finditer(plain)
    )


def _in_order(found: Iterable[Mention]) -> list[Mention]:
    ordered: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.start):
        if not ordered or mention.start >= ordered[-1].end:
            ordered.append(mention)
    return ordered


_WORD = re.compile(r"[^\W_]\w*(?:[-‑–]\w+)*")


@cache
def _slots() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("relations.yaml")["arm_slots"])


@cache
def _no_arms() -> frozenset[str]:
    return frozenset(table("relations.yaml")["no_arms"])
