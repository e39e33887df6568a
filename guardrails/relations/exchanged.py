"""A thing named where the quotes name another of its kind: the liver for the heart, the interim analysis for the final one."""

from collections.abc import Iterator, Sequence

from guardrails.relations.model import Contradiction, Sentence
from guardrails.things import things
from guardrails.told import told_parts


def another_of_its_kind(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where the statement names a thing that no quote names, and leaves out one of its kind from the part it tells."""
    told = [(s.text[thing.start : thing.end], thing) for s in said for thing in things(s.text)]
    held = {(thing.kind, thing.name) for sentence in quoted for thing in things(sentence.text)}
    new = [thing for _, thing in told if (thing.kind, thing.name) not in held]
    if not new:
        return
    own = {(thing.kind, thing.name) for _, thing in told}
    statement = " ".join(sentence.text for sentence in said)
    parts = told_parts(statement, [(s.text, s.language) for s in quoted])
    left: dict[str, set[str]] = {}
    for text, _ in parts:
        for thing in things(text):
            if (thing.kind, thing.name) not in own:
                left.setdefault(thing.kind, set()).add(text[thing.start : thing.end])
    for word, thing in told:
        if thing in new and thing.kind in left:
            yield Contradiction("other_thing", {"word": word, "other": sorted(left[thing.kind])})
