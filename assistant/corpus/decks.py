"""Which slide of a deck each turn of a recording speaks to: by the chapters it names, else by its words."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, null, select, update

from assistant.audit.trail import record
from assistant.corpus.loading import load_source, load_sources
from assistant.corpus.model import Source
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database, Transaction
from assistant.store.schema import page, sentence, source
from assistant.store.words import stems

_NAMED_SLIDE = re.compile(r"(?:slides?|diapos?|diapositives?)\s*(?:n[°o]\s*)?(\d{1,4})\b", re.IGNORECASE)
_STAYS, _NEXT, _JUMPS = 0.0, -0.02, -0.15
"""What going on with a slide, to the next one, or elsewhere costs, in cosines: speakers go forward slowly."""
_ALIKE = 0.12
"""Cosine: mean of the turns above which a deck is proposed as the recording's."""
_Weights = Mapping[str, float]


def slides_of_turns(
    turns: Sequence[tuple[int, str, str]], slides: Sequence[tuple[int, str]], language: str | None
) -> tuple[dict[int, int], float]:
    """The slide of each turn (number, chapter, words), and how alike both are on the whole.

    `slides` are (number, words). A chapter that names a slide of the deck tells it; the words tell the rest.
    """
    if not turns or not slides:
        return {}, 0.0
    counted = [Counter(stems(text, language)) for _, text in slides]
    rarity = _rarity(counted)
    known = [_weighted(counts, rarity) for counts in counted]
    said = [_weighted(Counter(stems(words, language)), rarity) for _, _, words in turns]
    alike = [[_cosine(turn, slide) for slide in known] for turn in said]
    numbers = [number for number, _ in slides]
    for row, (_, chapter, _) in zip(alike, turns, strict=True):
        named = _NAMED_SLIDE.match(chapter)
        if named and int(named[1]) in numbers:
            row[numbers.index(int(named[1]))] += len(turns)
    path = _best_path(alike)
    likeness = sum(_cosine(said[at], known[slide]) for at, slide in enumerate(path)) / len(path)
    return {turn[0]: numbers[slide] for turn, slide in zip(turns, path, strict=True)}, likeness


def match_deck(tx: Transaction, found: Source, deck_id: str | None) -> None:
    """Keep which slides a recording's turns speak to: of the deck that is named, else of the product's most alike.

    Raises UnknownSource, or InvalidInput where the deck is none or another product's, or the source is no recording.
    """
    if deck_id is None and found.kind != "transcript":
        return
    turns = _turns(tx.connection, found.reading_id)
    if deck_id is not None:
        deck = load_source(tx.connection, deck_id)
        if found.kind != "transcript" or deck.kind != "deck" or deck.product_id != found.product_id:
            raise InvalidInput(
                f"{deck.title} is no deck that {found.title} could speak to.",
                help="Name a deck of the same product, and give it with --kind transcript.",
            )
        decks = [deck]
    else:
        own = (
            source.c.product_id == found.product_id,
            source.c.kind == "deck",
            source.c.status != "withdrawn",
        )
        decks = [deck for deck in load_sources(tx.connection, *own) if deck.language == found.language]
    best: tuple[float, Source, dict[int, int]] | None = None
    for deck in decks:
        slides, likeness = slides_of_turns(turns, _slides(tx.connection, deck.reading_id), found.language)
        if slides and (best is None or likeness >= best[0]):
            best = likeness, deck, slides
    if best is None or (deck_id is None and best[0] < _ALIKE):
        return
    kept = {
        "source": best[1].id,
        "proposed": deck_id is None,
        "slides": {str(turn): slide for turn, slide in best[2].items()},
    }
    tx.execute(update(source).where(source.c.id == found.id).values(deck=kept))


def match_deck_again(tx: Transaction, found: Source) -> list[str]:
    """Match turns and slides anew after a recording or a deck was read again; the deck, proposed or confirmed, stays.

    Returns the recordings that speak to no slides any more.
    """
    recordings = [found] if found.kind == "transcript" else []
    if found.kind == "deck":
        own = (source.c.product_id == found.product_id, source.c.kind == "transcript")
        recordings = [
            one for one in load_sources(tx.connection, *own) if (one.deck or {}).get("source") == found.id
        ]
    lost = []
    for one in recordings:
        if one.deck is None:
            continue
        deck = load_source(tx.connection, one.deck["source"])
        turns = _turns(tx.connection, one.reading_id)
        slides, _ = slides_of_turns(turns, _slides(tx.connection, deck.reading_id), one.language)
        kept = {**one.deck, "slides": {str(turn): slide for turn, slide in slides.items()}}
        tx.execute(update(source).where(source.c.id == one.id).values(deck=kept))
        if not slides:
            lost.append(one.id)
    return lost


def set_deck(db: Database, actor: Actor, source_id: str, deck_id: str | None) -> Source:
    """Keep the deck that a recording speaks to, as a person says: the proposed one, another, or none.

    It is confirmed from then on; the same again changes nothing. Raises NotAllowed, UnknownSource, or InvalidInput where the
    source is no recording, the deck none of its product, or nothing in it could be matched.
    """
    require(actor, Permission.ADD_SOURCE)
    with db.write() as tx:
        tx.execute(select(source.c.id).where(source.c.id == source_id).with_for_update())
        found = load_source(tx.connection, source_id)
        if found.kind != "transcript":
            raise InvalidInput(f"{found.title} is no recording.", help="Only a recording speaks to a deck.")
        before = dict(found.deck) if found.deck else None
        if deck_id is None:
            tx.execute(update(source).where(source.c.id == source_id).values(deck=null()))
        else:
            match_deck(tx, found, deck_id)
        after = load_source(tx.connection, source_id)
        if deck_id is not None and (after.deck or {}).get("source") != deck_id:
            raise InvalidInput(
                f"Nothing of {found.title} can be matched with that deck.",
                help="One of the two has no text that could be read.",
            )
        now = dict(after.deck) if after.deck else None
        if now != before:
            record(tx, actor, "source.deck_set", source_id, {"before": _named(before), "after": _named(now)})
        return after


def _named(deck: Mapping[str, Any] | None) -> str | None:
    return None if deck is None else str(deck["source"])


def _turns(connection: Connection, reading_id: str) -> list[tuple[int, str, str]]:
    """The turns of the talk; live questions wander over the whole deck and are not matched."""
    rows = connection.execute(
        select(sentence.c.parts, sentence.c.section, sentence.c.text)
        .where(sentence.c.reading_id == reading_id, sentence.c.layer == "body")
        .order_by(sentence.c.ordinal)
    )
    turns: dict[int, tuple[str, list[str]]] = {}
    for row in rows:
        _, words = turns.setdefault(row.parts[0][0], (row.section[-1] if row.section else "", []))
        words.append(row.text)
    return [(number, chapter, " ".join(words)) for number, (chapter, words) in turns.items()]


def _slides(connection: Connection, reading_id: str) -> list[tuple[int, str]]:
    rows = connection.execute(
        select(page.c.number, page.c.text).where(page.c.reading_id == reading_id).order_by(page.c.number)
    )
    return [(row.number, row.text) for row in rows]


def _rarity(counted: Sequence[Counter[str]]) -> _Weights:
    on = Counter(stem for counts in counted for stem in counts)
    return {stem: math.log(1 + len(counted) / count) for stem, count in on.items()}


def _weighted(counts: Counter[str], rarity: _Weights) -> dict[str, float]:
    """A unit vector over the stems that the deck knows."""
    raw = {stem: (1 + math.log(n)) * rarity[stem] for stem, n in counts.items() if stem in rarity}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {stem: value / length for stem, value in raw.items()} if length else {}


def _cosine(one: _Weights, other: _Weights) -> float:
    return sum(value * other[stem] for stem, value in one.items() if stem in other)


def _best_path(alike: Sequence[Sequence[float]]) -> list[int]:
    """One slide a turn, with the highest sum of likeness and moves."""
    scores = [value + (_STAYS if at == 0 else _JUMPS) for at, value in enumerate(alike[0])]
    back: list[list[int]] = []
    for row in alike[1:]:
        leader = max(range(len(scores)), key=scores.__getitem__)
        came: list[int] = []
        new: list[float] = []
        for at, value in enumerate(row):
            ways = [(scores[at] + _STAYS, at), (scores[leader] + _JUMPS, leader)]
            if at:
                ways.append((scores[at - 1] + _NEXT, at - 1))
            best, origin = max(ways, key=lambda way: (round(way[0], 9), -way[1]))  # of equals, the later move
            came.append(origin)
            new.append(best + value)
        back.append(came)
        scores = new
    path = [max(range(len(scores)), key=scores.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]
