"""What was exchanged in a statement that else copies its quote: "rats" for "rabbits", one arm for the other.

Who copies a sentence copies all of it. Told in own words, a statement is no copy, and other rules judge it.
"""

from collections.abc import Collection, Iterable, Iterator

from guardrails.names import looks_like_medicine
from guardrails.near_copy import NearCopy, words
from guardrails.same_thing import content_words, is_among, is_counted, same_thing

_PLAIN = frozenset(
    {"found", "seen", "observed", "noted", "recorded", "reported", "recovered", "given", "takes", "take", "taken", "lasts", "lasted", "stays", "kept"}
    | {"changed", "change", "varied", "varie", "variait", "variation", "evolue", "trouve", "observe", "note", "rapporte", "constate", "donne", "prend", "dure"}
)  # fmt: skip
"""Verbs that say little: what they stand for is said by what stands around."""
_JOINS = frozenset({"and", "or", "et", "ou"})


def altered(copy: NearCopy, own: Collection[str]) -> Iterator[tuple[str, str]]:
    """What stands in the copy and what the quote has there, (said, quoted) in lower case, where they are other words.

    Not: small words; numbers and what they measure, which have rules of their own; another form or a synonym; what only changed its
    place; one of the product's `own` names, folded, unless it stands where the quote names another medicine.
    """
    pairs = [
        (content_words(said, counted=counted), content_words(quoted, counted=counted))
        for said, quoted in copy.pairs()
        if not same_thing(said, quoted)
        for counted in [is_counted(said) or is_counted(quoted)]
    ]
    put = {word for said, _ in pairs for word in said}
    taken = {word for _, quoted in pairs for word in quoted}
    for said, quoted in pairs:
        another = any(_names_a_medicine(w) and w not in own for w in quoted)
        new = [
            w
            for w in said
            if w not in taken and (another or w not in own) and not is_among(w, said[w], quoted)
        ]
        lost = [w for w in quoted if w not in put and not is_among(w, quoted[w], said)]
        if new and lost and not (_PLAIN.issuperset(new) or _PLAIN.issuperset(lost)):
            yield " ".join(said[w] for w in new), " ".join(quoted[w] for w in lost)


def _names_a_medicine(word: str) -> bool:
    return word == "placebo" or looks_like_medicine(word)


def joined(copy: NearCopy, quotes: Iterable[str]) -> Iterator[str]:
    """What was put into the sentence beside something with "and" or "or", and stands in no quote: "adults and adolescents"."""
    held = {word for quote in quotes for word in content_words(" ".join(words(quote)))}
    for said, quoted in copy.pairs():
        ends = {said.split(" ", 1)[0], said.rsplit(" ", 1)[-1]}
        if not quoted and ends & _JOINS and not held.issuperset(content_words(said)):
            yield said
