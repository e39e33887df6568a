"""The second program of corruptions on whole documents: what is drawn for a language, as evenly from its ways as can be.

The documents are those below the data folder and the shipped ones, the invented ones that outside testers wrote among them.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from eval.corruptions.material import Corrupted, Language, Material
from eval.corruptions.outside import CORRUPTIONS, corrupt_with
from eval.corruptions.outside.names import found_medicines, found_studies
from eval.corruptions.outside.tables import words_of

_ELSEWHERE = 200
"""Sentences of other documents beside each."""
_UNREADABLE = re.compile(
    r"[•■□●►…_|©†‡§¶]|\.\.|www\.|http|@|\bdoi\b|\d{4};\d|:$|\b(?:Table|Tableau|Figure|Fig\.|Annex|Annexe)\b|[a-z]\.[A-Z]|[a-z]\d{1,2}[ .,]"
    r"|\b[a-z] [a-z] [a-z]\b|[\uf000-\uf8ff]"
)
_FEWEST, _MOST = 6, 60
_LETTERS = 0.75
_SHARE_OF_WAYS = 3
"""A way gives at most this many times its even share, where others have too few."""

Documents = Sequence[tuple[str, ...]]
"""The sentences of each document, in their order."""


def corruptions_of(
    documents: Documents, language: Language, sentences: int, most: int, seed: int
) -> Iterator[Corrupted]:
    """At most `most` wrong statements a kind, of at most `sentences` sentences drawn with `seed`."""
    chance = random.Random(f"{seed}:outside:{language}")  # noqa: S311  a sample, not a secret
    readable = [tuple(filter(_readable, document)) for document in documents]
    materials = _materials([document for document in readable if document], language, sentences, chance)
    ways: Mapping[str, list[list[Corrupted]]] = defaultdict(list)
    for corruption in CORRUPTIONS:
        made: list[Corrupted] = []
        for material in chance.sample(materials, len(materials)):
            wrong = corrupt_with(corruption, material, seed)
            if wrong is not None:
                made.append(wrong)
            if len(made) >= most // _SHARE_OF_WAYS:
                break
        if made:
            ways[made[0].kind].append(made)
    for made_of_kind in ways.values():
        yield from _even(made_of_kind, most)


def _materials(
    documents: Documents, language: Language, sentences: int, chance: random.Random
) -> list[Material]:
    """Sentences drawn from all documents, each with what stands around it."""
    told = [(number, sentence) for number, document in enumerate(documents) for sentence in document]
    medicines, studies = (
        _medicines(documents),
        tuple(dict.fromkeys(s for d in documents for s in found_studies(d))),
    )
    return [
        Material(
            sentence,
            language,
            documents[number],
            medicines,
            studies,
            tuple(
                other for source, other in chance.sample(told, min(_ELSEWHERE, len(told))) if source != number
            ),
        )
        for number, sentence in chance.sample(told, min(sentences, len(told)))
    ]


def _medicines(documents: Documents) -> tuple[tuple[str, ...], ...]:
    """The invented ones that the documents name, and those that a document itself gives a name."""
    text = " ".join(sentence for document in documents for sentence in document)
    invented = [tuple(name for name in names if name in text) for names in words_of("medicines")["invented"]]
    known = {name for names in invented for name in names}
    found = dict.fromkeys(name for document in documents for name in found_medicines(document))
    return (*filter(None, invented), *((name,) for name in found if name not in known))


def _even(ways: list[list[Corrupted]], most: int) -> Iterator[Corrupted]:
    """Those of the rarest way first, so that what it lacks comes from the others."""
    left = most
    for number, made in enumerate(sorted(ways, key=lambda way: (len(way), way[0].way))):
        taken = made[: -(-left // (len(ways) - number))]
        left -= len(taken)
        yield from taken


def _readable(sentence: str) -> bool:
    """Whether it is a whole sentence, with nothing of the page in it."""
    words = sentence.split()
    return (
        _FEWEST <= len(words) <= _MOST
        and re.match(r"[A-ZÀÉÊÎŒ]", sentence) is not None
        and sentence.endswith(".")
        and not _UNREADABLE.search(sentence)
        and sentence.count("(") == sentence.count(")")
        and sum(sign.isalpha() or sign == " " for sign in sentence) >= _LETTERS * len(sentence)
    )
