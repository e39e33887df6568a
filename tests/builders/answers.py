"""What the chat would tell of a small document of a fictitious medicine, where the evidence was judged to be enough."""

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.chat.answering import Judged, answer
from assistant.chat.bounds import stated
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.words import stems
from tests.builders.labels import evidence_of_lines

NAMES = ("Ostivar", "ostivarel")


def told(
    question: str, lines: Mapping[str, Sequence[str]], kind: str, *, silent: frozenset[str] = frozenset()
) -> list[str]:
    """The sentences that answer the question from one English document of that kind, its lines by their path of headings, joined by " › "."""
    evidence = [
        evidence_of_lines(texts, section=tuple(name.split(" › ")), passage=name, page=at, source_kind=kind)
        for at, (name, texts) in enumerate(lines.items(), 2)
    ]
    counts = Counter(stem for e in evidence for stem in set(stems(f"{e.heading} {e.text}", "en")))
    asked = take_apart(question, NAMES, frozenset(counts))
    needs = needs_of(question, NAMES, Vocabulary(len(evidence), counts))
    judged = Judged(needs, {e.passage: 0.5 for e in evidence}, values=stated(question), silent=silent)
    return [unit.text for unit in answer(asked, readable(read_units(evidence), NAMES), judged)]
