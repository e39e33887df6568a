"""The better tier of search: making the vectors that it lacks, and saying how far it is."""

from typing import TYPE_CHECKING, Any

from assistant.chat.sufficiency import uses_words
from assistant.retrieval.tier import improve, tier_state
from assistant.retrieval.vocabulary import learn_words, words_state
from assistant.store.database import Database

if TYPE_CHECKING:
    from assistant.jobs import OnProgress
    from ingestion.better import BetterEmbedder
    from ingestion.embed import FastEmbedder


def make_better(
    db: Database,
    embedder: "FastEmbedder",
    better: "BetterEmbedder | None",
    on_progress: "OnProgress | None",
    share: tuple[int, int],
) -> dict[str, Any]:
    """Make the missing vectors of the better model, and of words where the chat uses them; returns as `improvement`."""
    if uses_words():
        learn_words(db, embedder, on_progress, share)
    if better is not None:
        improve(db, better, on_progress, share=share)
    return improvement(db, embedder, better)


def improvement(db: Database, embedder: "FastEmbedder", better: "BetterEmbedder | None") -> dict[str, Any]:
    """How far it is: {"model", "texts", "missing", "words", "words_missing"}."""
    with db.read() as connection:
        count, unknown = words_state(connection, embedder.name) if uses_words() else (0, 0)
        words = {"words": count, "words_missing": unknown}
        if better is None:
            return {"model": None, "texts": 0, "missing": 0, **words}
        state = tier_state(connection, better.name)
    return {"model": better.name, "texts": state.texts, "missing": state.missing, **words}
