"""The better tier of search: making the vectors that it lacks, and saying how far it is."""

from typing import TYPE_CHECKING, Any

from assistant.retrieval.near_words import WordReader
from assistant.retrieval.tier import TierState, improve, read_closely, read_words, tier_state, unread
from assistant.store.database import Database

if TYPE_CHECKING:
    from assistant.jobs import OnProgress
    from ingestion.better import BetterEmbedder


def make_better(
    db: Database,
    better: "BetterEmbedder | None",
    words: WordReader | None,
    on_progress: "OnProgress | None",
    share: tuple[int, int],
    *,
    closely: bool,
) -> dict[str, Any]:
    """Make the rows of `words` that are missing, then the better model's vectors, and with `closely` its rows of words.

    Returns as `improvement`.
    """
    if words is not None:
        read_words(db, words, on_progress, share=share)
    if better is not None:
        if closely:
            read_closely(db, better, on_progress, share=share)
        improve(db, better, on_progress, share=share)
    return improvement(db, better, words, closely=closely)


def improvement(
    db: Database, better: "BetterEmbedder | None", words: WordReader | None, *, closely: bool
) -> dict[str, Any]:
    """How far it is: {"model", "texts", "missing", "words_missing"}.

    `missing` counts what the better model lacks in either way, where both are wanted; `words_missing` the passages whose
    words the fast model has not read.
    """
    with db.read() as connection:
        state = tier_state(connection, better.name) if better is not None else TierState(0, 0)
        rows = unread(connection, better.name) if better is not None and closely else 0
        unread_words = unread(connection, words.name) if words is not None else 0
    return {
        "model": better.name if better is not None else None,
        "texts": state.texts,
        "missing": max(state.missing, rows),
        "words_missing": unread_words,
    }
