"""Which parts of its quotes a statement tells: who tells one half of a sentence leaves nothing out of the other."""

import re
from collections.abc import Iterator, Sequence

from guardrails.answers import Text
from guardrails.model import Segment
from guardrails.names import looks_like_medicine
from guardrails.overlap import contents
from ingestion.sentences import split

_BETWEEN = re.compile(
    r"\s*;(?![^()]*+(?<!; \w)(?<!; \w\w)\))\s*|:\s+(?=\w)|,\s+(?=(?:and|but|whereas|while|although|though|so|with|of whom|of which|which|et|mais|tandis|alors|"
    r"bien|dont|qui|ce qui|laquelle|lequel|avec|sans)\b)|\s+(?=(?:whereas|tandis qu|alors qu)\w*\b)|"
    r"\s+(?=(?:and|et)\s+(?:(?:in|on|with|by|chez|sous|avec)\s+)?(?:none|aucune?)\b)|,\s+(?=(?:to be|à (?:\w+er|\w+re|\w+ir))\b)|"
    r"\s+(?=(?:and|et|but|mais)\s+(?:[\w'’-]+\s+){0,3}(?:may|should|must|can|was|were|is|are|had|has|peut|peuvent|doit|doivent|est|sont|"
    r"était|étaient|a|ont|s'|n'|ne)\b)",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"^(?:In|For|Among|During|When|If|After|Before|With|On|At|Chez|Pour|Parmi|Pendant|Lors|Lorsque?|Si|Après|Avant|Avec|Sous|"
    r"En|Dans|À)\b[^,;]{3,90},\s"
)
"""An opening that holds for the whole sentence: "In adults, …"."""
_OR = re.compile(r"^[\s,]*(?:\w+\s+){0,1}?(?:and|or|et|ou|and/or|et/ou)\b", re.IGNORECASE)
_OR_BEFORE = re.compile(r"\b(?:and|or|et|ou|and/or|et/ou)\s+(?:\S+\s+){0,2}$", re.IGNORECASE)
_REACH = 70
_WORDS_OF_ITEM = 5
_ITEMS = 3
"""Of a list before its "and", those that are looked at."""
_SHARE = 0.5
_TWO = 2
_WORD = re.compile(r"[^\W\d_]+")


def quoted_sentences(segment: Segment) -> list[Text]:
    """The sentences of a statement's quotes, each with its language."""
    return [
        (citation.quote[start:end], citation.quote_language)
        for citation in segment.citations
        for start, end in split(citation.quote, citation.quote_language)
    ]


def places_of(words: Sequence[str], text: str) -> Iterator[re.Match[str]]:
    """Where each of the words stands, to the letter."""
    for word in set(words):
        yield from re.finditer(re.escape(word), text)


def told_parts(statement: str, sentences: Sequence[Text]) -> list[Text]:
    """The parts of the sentences whose own words the statement tells, each with what opens its sentence; all where none stands out."""
    parts = [part for sentence in sentences for part in parts_of(sentence)]
    said = _words(statement)
    held = [_words(text) for text, _ in parts]
    common = frozenset.intersection(*held) if len(held) > 1 else frozenset[str]()
    shares = [len(said & (words - common)) for words in held]
    best = max(shares, default=0)
    return [part for part, share in zip(parts, shares, strict=True) if share >= best * _SHARE]


def part_of_subject(statement: Text, sentences: Sequence[Text]) -> Text | None:
    """The one part that speaks of what a plain statement begins with; None where several do, or the statement has parts itself."""
    parts = [part for sentence in sentences for part in parts_of(sentence)]
    if len(parts) < _TWO or "," in statement[0] or len(parts_of(statement)) > 1:
        return None
    name = next((found for found in _WORD.findall(statement[0]) if contents(found)), "")
    subject = next(iter(contents(name)), None) if looks_like_medicine(name) else None
    speak = [part for part in parts if subject and subject in contents(part[0])]
    return speak[0] if len(speak) == 1 else None


def things_of(words: Sequence[str], sentence: Text) -> Iterator[frozenset[str]]:
    """What the words, each an adjective, stand at: the two words of content behind in English, before in French."""
    text, language = sentence
    for match in places_of(words, text):
        beside = text[match.end() :] if language == "en" else text[: match.start()]
        found = [word for word in _WORD.findall(beside) if contents(word)]
        two = found[:_TWO] if language == "en" else found[-_TWO:]
        if two and not contents(" ".join(two)) & contents(" ".join(words)):
            yield contents(" ".join(two))


def one_of_two(words: Sequence[str], statement: str, sentences: Sequence[Text]) -> bool:
    """Whether what was left out stands beside another that is told: "locally advanced or metastatic" told as "metastatic"."""
    said = contents(statement)
    for text, _ in sentences:
        for match in places_of(words, text):
            after, before = text[match.end() :], text[: match.start()]
            beside = list[frozenset[str]]()
            if joint := _OR.match(after):
                beside.append(contents(re.split(r"[,;.]", after[joint.end() :])[0][:_REACH]))
            if joint := _OR_BEFORE.search(before):
                items = re.split(r"[,;.]", before[: joint.start()])[-_ITEMS:]
                beside += [contents(" ".join(item.split()[-_WORDS_OF_ITEM:])) for item in items]
            if any(item and len(item & said) * 2 >= len(item) for item in beside):
                return True
    return False


def parts_of(sentence: Text) -> list[Text]:
    """The parts of a sentence that say something of their own, each with what opens the sentence."""
    text, language = sentence
    scope = _SCOPE.match(text)
    opening = scope[0] if scope else ""
    rest = text[len(opening) :]
    pieces = [piece for piece in _BETWEEN.split(rest) if piece and contents(piece)]
    return [(opening + piece, language) for piece in pieces] or [sentence]


def _words(text: str) -> frozenset[str]:
    return contents(text) | frozenset(re.findall(r"\d+(?:[.,]\d+)*", text))
