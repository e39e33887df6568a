"""What was changed where a statement is nearly a sentence of its quotes: one word put in, taken out or moved.

A comparison of whole texts cannot see one "not" more in a sentence that holds another; two copies side by side can.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from guardrails.markers import Markers, markers
from guardrails.model import Language, Segment
from guardrails.numbers import Quantity, extract
from guardrails.tables import table
from ingestion.sentences import split
from ingestion.text import fold

_NEAR = 0.8
"""Share of equal words from which two sentences count as the same one, edited."""
_CUT = 0.95
"""Share of a statement's words from which it is the sentence with something cut out; one with nothing else changed is as near to it."""
_FEWEST = 6
_BEGINNING = 4
"""Words of a statement that is how the sentence begins, before it says of whom or when only."""
WORD = re.compile(r"\d+(?:[.,]\d+)*(?!\w)|\w+(?:['’-]\w+)*")
"""A number, or a word with what hangs on it by a hyphen or an apostrophe."""
_PARTS = re.compile(r";(?![^()]*+(?<!; \w)(?<!; \w\w)\))")
"""Not between the figures of a bracket: “(95% CI 0.4 to 0.9; p = 0.01)” parts no sentence, “1) …; 2) …” does."""
_AGE = re.compile(
    r"\baged? \w+ ?\d|\d+ years (?:of age|old|and|or)\b|\b(?:over|under) \d+ years|\bâgé\w* d|\d+ ans (?:et|ou)\b|\b(?:plus|moins) de \d+ ans|\b\d+ (?:(?:à|to) )?\d+ (?:ans|years)\b"
)
"""Words that were cut out say of what age."""
_OF_WHOM = re.compile(
    r"(?:in|among|for|chez|pour)\s+(?:l['’]|(?:the|these|those|all|some|an?|les?|des|la|une?|ces|tous les|certains)\s+)?(?:[\w-]+\s+)?"
    r"(?:patients?|subjects?|participants?|volunteers?|people|persons?|individuals?|adults?|children|infants?|adolescents?|women|men|patientes?|"
    r"sujets?|volontaires?|personnes?|adultes?|enfants?|nourrissons?|femmes?|hommes?|malades?)\b.{4,}"
)
"""They say of whom, more closely than “in patients”."""
_CONDITION = re.compile(
    r"(?:when(?:ever)?|until|once|if|unless|provided(?! (?:by|with|to|as)\b)|lorsqu\w*|quand|jusqu\w*|d[eè]s qu\w*|tant qu\w*|si|sauf si)\b['’]?"
    r"(?! (?:compared|applicable|appropriate|possible|necessary|needed|daily|weekly|monthly|a|an?|per|every|in|nécessaire|besoin|possible)\b).{8,}"
)
"""They say when or how long only: "until the maintenance dose is reached"."""
_WORD_OF_CONTENT = 4
_ANOTHER_CASE = re.compile(r"(?:and|or|et|ou) (?:in|among|for|chez|pour) ")

_ADJECTIVE: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:ive|[^b]le|ic|al|ous|ed|ant|ent|ese|oid|healthy|free|naive|naïve|risk|year-old|elderly|younger|older|male|adult|preterm|term|poor)$"
    ),
    "fr": re.compile(
        r"(?:iques?|sain(?:e?s)?|el(?:le)?s?|aux|ales?|eu(?:x|ses?)|i(?:fs?|ves?)|[éiu]e?s?|antes?|ants?|entes?|èses?|ulte?s?|naïfs?|ires?|iles?|eunes?)$"
    ),
}
"""How a word ends that says what people are like."""
_ADJECTIVES = 2
_STEM = 5
"""Letters by which "hypertensive" is told by "hypertension"."""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """The sentence of the quotes that a statement nearly is, both as lower-case words."""

    quoted: tuple[str, ...]
    said: tuple[str, ...]
    sentence: str
    """As quoted."""

    def changes(self, language: Language) -> tuple[Markers, Markers]:
        """The concepts in the words that were put in, and in those that were taken out."""
        put, taken = self.edited()
        return markers(put, language), markers(taken, language)

    def edited(self) -> tuple[str, str]:
        """The words that were put in, and those that were taken out."""
        put, taken = [], []
        for tag, i1, i2, j1, j2 in self._edits():
            if tag != "equal":
                taken.append(" ".join(self.quoted[i1:i2]))
                put.append(" ".join(self.said[j1:j2]))
        return " | ".join(put), " | ".join(taken)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each change apart: the words put in, and those taken out in their place."""
        for tag, i1, i2, j1, j2 in self._edits():
            if tag != "equal":
                yield " ".join(self.said[j1:j2]), " ".join(self.quoted[i1:i2])

    def widened(self, language: Language) -> tuple[str, ...]:
        """The words that narrowed a population and were taken out: "patients with renal impairment" told as "patients"."""
        people, narrowing = _words_of("people", language), _words_of("narrowing", language)
        for tag, i1, i2, j1, j2 in self._edits():
            taken = self.quoted[i1:i2]
            behind = self.said[j2:]
            listed = behind[:1] and (behind[0] in narrowing or _OF_WHOM.match(" ".join(behind)))
            if listed or _ANOTHER_CASE.match(" ".join(taken)):
                continue  # another case of a list is told: "in patients with …, in patients with gout"
            after = self.quoted[i1 - 1] if i1 else ""
            narrowed_otherwise = not narrowing.isdisjoint(self.said[j1:j2])
            if (
                tag in {"delete", "replace"}
                and after in people
                and taken[0] in narrowing
                and not narrowed_otherwise
            ):
                return taken
            if tag == "delete" and (_AGE.search(" ".join(taken)) or _OF_WHOM.match(" ".join(taken))):
                return taken
            if tag == "delete" and self._describes(i1, i2, language):
                return taken
        return ()

    def _describes(self, start: int, end: int, language: Language) -> bool:
        """Whether the words taken out were an adjective of the people spoken of: "hypertensive patients", "patients hypertendus"."""
        if end - start > _ADJECTIVES:
            return False
        people = _words_of("people", language)
        if language == "fr":
            beside, word = self.quoted[start - 1 : start], self.quoted[start]
        else:
            behind = self.quoted[end : end + _ADJECTIVES]
            beside = behind[: 1 + (_ADJECTIVE[language].search(behind[0]) is not None)] if behind else ()
            word = self.quoted[end - 1]
        told_elsewhere = any(word[:_STEM] in one for one in self.said)
        return (
            not people.isdisjoint(beside)
            and _ADJECTIVE[language].search(word) is not None
            and word not in _words_of("no_narrower", language)
            and not told_elsewhere
        )

    def unconditioned(self) -> str:
        """A clause that says when or how long only and was taken out: "reversible when the dose is reduced" told as "reversible"."""
        edits = self._edits()
        put = {word for tag, _, _, j1, j2 in edits if tag != "equal" for word in self.said[j1:j2]}
        for tag, i1, i2, _, j2 in edits:
            clause = self.quoted[i1:i2]
            content = [word for word in clause[1:] if len(word) >= _WORD_OF_CONTENT]
            moved = 2 * sum(word in put for word in content) >= len(content)
            another_case = clause[:1] == self.said[j2 : j2 + 1]  # "5 mg when …" of "5 mg when …, 5 mg when …"
            if tag == "delete" and not moved and not another_case and _CONDITION.match(" ".join(clause)):
                return " ".join(clause)
        return ""

    def renamed(self) -> Iterator[tuple[str, str]]:
        """Each single word that stands where another single word of the sentence stood: (quoted, said)."""
        for tag, i1, i2, j1, j2 in self._edits():
            if tag == "replace" and i2 - i1 == j2 - j1 == 1:
                yield self.quoted[i1], self.said[j1]

    def _edits(self) -> list[tuple[str, int, int, int, int]]:
        return list(SequenceMatcher(None, self.quoted, self.said, autojunk=False).get_opcodes())


def near_copy(segment: Segment, least: float = _NEAR) -> NearCopy | None:
    """The sentence of the statement's quotes that it nearly is, in its own language; None where there is none."""
    said = words(segment.text)
    best: tuple[float, NearCopy] | None = None
    for citation in segment.citations:
        if citation.quote_language != segment.language:
            continue
        for sentence in sentences_of(citation.quote, citation.quote_language):
            quoted = words(sentence)
            ratio = _likeness(quoted, said)
            if ratio >= least and (best is None or ratio > best[0]):
                best = ratio, NearCopy(quoted, said, sentence)
    return best[1] if best else None


def sentences_of(quote: str, language: Language) -> Iterator[str]:
    """The sentences of a quote, and their parts between semicolons."""
    for start, end in split(quote, language):
        sentence = quote[start:end]
        yield sentence
        if len(parts := _PARTS.split(sentence)) > 1:
            yield from parts


def _likeness(quoted: tuple[str, ...], said: tuple[str, ...]) -> float:
    """The share of equal words; of a sentence told shorter, the share of what is told; the same words moved are near."""
    if len(said) == len(quoted) and sorted(said) == sorted(quoted):
        return 1.0
    rest = " ".join(quoted[len(said) :])
    narrowed = _OF_WHOM.match(rest) or _CONDITION.match(rest)
    if narrowed and len(said) >= _BEGINNING and quoted[: len(said)] == said:
        return _CUT
    matcher = SequenceMatcher(None, quoted, said, autojunk=False)
    ratio = matcher.ratio()
    if ratio < _NEAR and len(said) >= _FEWEST:
        equal = sum(block.size for block in matcher.get_matching_blocks())
        if equal / len(said) >= _CUT:
            return _CUT if equal == len(said) else _NEAR
    return ratio


def _without_whole_quotes(segment: Segment, copy: NearCopy) -> str:
    """The statement but for the other quotes that it tells whole beside the sentence: what they hold is at its place."""
    text = segment.text
    for citation in segment.citations:
        if copy.sentence not in citation.quote:
            text = text.replace(citation.quote, " ")
    return text


def misplaced_quantities(segment: Segment, copy: NearCopy) -> Iterator[str]:
    """Quantities that stand in the quotes, but not in this place of them: two results, or two places, made into one."""
    said = extract(_without_whole_quotes(segment, copy), segment.language)
    own = Counter(_key(quantity) for quantity in extract(copy.sentence, segment.language))
    held = {_key(q) for c in segment.citations for q in extract(c.quote, c.quote_language)}
    told: Counter[Hashable] = Counter()
    for quantity in said:
        key = _key(quantity)
        told[key] += 1
        if key in held and told[key] > own[key]:
            yield quantity.text.strip()


def _key(quantity: Quantity) -> Hashable:
    return quantity.kind, quantity.value, quantity.upper, quantity.unit, quantity.comparator


@cache
def _words_of(name: str, language: Language) -> frozenset[str]:
    return frozenset(table("wording.yaml")[name][language])


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded, in lower case."""
    return tuple(WORD.findall(fold(text).text.lower()))
