"""A word for its opposite, and an assertion where the quotes only deny."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.patterns import pattern
from guardrails.tables import table

_LEAST = 5
_BEFORE = 24


def opposite_words(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Hyperglycaemia for hypoglycaemia, controlled for uncontrolled, where the quotes hold the other word only."""
    held = {word for s in quoted for word in _words(s)}
    for sentence in said:
        for match in _WORD.finditer(sentence.plain):
            word = match[0]
            if word in held or _denied(sentence.plain[: match.start()]):
                continue
            other = next((o for o in _opposites(word) if o in held and not _only_denied(o, quoted)), None)
            if other:
                yield Contradiction("opposite_word", {"word": word, "other": other})


def asserted(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """A part of the statement that asserts, where every part of its quotes denies."""
    held = [part for s in quoted for part in s.parts(_AND)]
    if not held or not all(part.denies for part in held):
        return
    contrast = next((s for s in said if pattern("contrast").search(s.plain)), None)
    if contrast and not any(pattern("contrast").search(s.plain) for s in quoted):
        yield Contradiction("asserted", {"words": contrast.text.strip()})
        return
    parts = [part for s in said for part in s.parts(pattern("parts"))]
    if len(parts) > 1:
        for part in parts:
            if pattern("asserts").search(part.plain) and not part.denies:
                yield Contradiction("asserted", {"words": part.text.strip()})


def changes_denied(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "did not increase" where the quotes say that it did, or the reverse, told part by part of a sentence."""
    told, held = _changes(said), _changes(quoted)
    for way, how in told.items():
        there = held.get(way, set())
        if len(how) == len(there) == 1 and how != there:
            yield Contradiction("change_denied", {"way": way, "said": sorted(how), "quoted": sorted(there)})


def _changes(parts: Sequence[Sentence]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in (p for s in parts for p in s.parts(pattern("parts"))):
        for piece in part.parts(_COMMA):
            for way, words in _ways().items():
                if words.search(piece.plain):  # a denial before an "and" may reach behind it or not: both
                    clauses = [
                        c for c in piece.parts(_IF)[:1] if words.search(c.plain)
                    ]  # "lower it if he does not …"
                    told = {"denied" if each.denies else "said" for each in (part, piece, *clauses)}
                    if _LEFT_OPEN.search(part.plain) or (
                        not part.denies and pattern("negations").search(part.plain)
                    ):
                        told = {"denied", "said"}
                    found.setdefault(way, set()).update(told)
    return found


def _words(sentence: Sentence) -> Iterator[str]:
    for match in _WORD.finditer(sentence.plain):
        yield match[0]


def _opposites(word: str) -> Iterator[str]:
    """The words that say the reverse by their beginning, other forms of one ending left alone."""
    plain = table("relations.yaml")["not_opposed"]
    for beginning in table("relations.yaml")["opposing"]:
        one, _, other = beginning.partition("/")
        if other:
            for a, b in ((one, other), (other, one)):
                if word.startswith(a) and len(word) >= len(a) + 4:
                    yield b + word[len(a) :]
            continue
        for joint in ("", "-"):
            longer = f"{one}{joint}{word}"
            if len(word) >= _LEAST and longer not in plain:
                yield longer
            if word.startswith(one + joint) and len(word) - len(one + joint) >= _LEAST and word not in plain:
                yield word[len(one + joint) :]


def _denied(before: str) -> bool:
    return bool(pattern("negations").search(before[-_BEFORE:]))


def _only_denied(word: str, quoted: Sequence[Sentence]) -> bool:
    """Whether it stands in the quotes only as denied: "not changed" of the quotes is "unchanged" of the statement."""
    at = [(s, m.start()) for s in quoted for m in re.finditer(rf"\b{re.escape(word)}\b", s.plain)]
    return all(_denied(s.plain[:start]) for s, start in at)


_LEFT_OPEN = re.compile(r"\b(?:exclu\w*|ruled? out|ecart\w*)\b")
"""What cannot be excluded is neither said nor denied."""
_COMMA = re.compile(r"[,;:]|\b(?:and|but|although|though|however|et|mais|bien que|cependant)\b")
_IF = re.compile(r"\b(?:if|when|where|who|whose|unless|si|s'il\w*|lorsqu\w*|quand|qui|dont|chez lesquels)\b")
"""Where a condition begins, whose denial is none of what it conditions."""
_AND = re.compile(
    r"[;:]|\b(?:and|but|although|though|however|et|mais|bien que|cependant)\b|,(?= (?:none|no one|nobody|aucune?)\b)"
)
"""Between what a sentence says and what it denies of it: “4 of 210 patients, none of whom died”."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def changes() -> dict[str, re.Pattern[str]]:
    """The words of a rise and of a fall, by "up" and "down"."""
    found: dict[str, list[str]] = {}
    for kind, sign, words in table("relations.yaml")["signs"]:
        if kind == "change":
            found.setdefault("up" if sign > 0 else "down", []).append(words)
    return {way: re.compile("|".join(patterns)) for way, patterns in found.items()}


@cache
def _ways() -> dict[str, re.Pattern[str]]:
    oftener = {way: re.compile(words) for way, words in table("relations.yaml")["oftener"].items()}
    return {**changes(), **oftener}
