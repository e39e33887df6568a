"""The better tier of search: making the vectors that it lacks, and saying how far it is."""

from typing import TYPE_CHECKING, Any

from assistant.retrieval.nearness import ENGLISH
from assistant.retrieval.tier import improve, read_closely, tier_state, unread
from assistant.store.database import Database

if TYPE_CHECKING:
    from assistant.jobs import OnProgress
    from ingestion.better import BetterEmbedder
    from ingestion.english import EnglishEmbedder


def make_better(
    db: Database,
    better: "BetterEmbedder | None",
    english: "EnglishEmbedder | None",
    on_progress: "OnProgress | None",
    share: tuple[int, int],
    *,
    closely: bool,
) -> dict[str, Any]:
    """Make the missing vectors of the better model, and with `closely` the rows of words, then those of the model for
    English; returns as `improvement`.
    """
    if better is not None:
        if closely:
            read_closely(db, better, on_progress, share=share)
        improve(db, better, on_progress, share=share)
    if better is not None and english is not None:
        improve(db, english, on_progress, share=share, of=ENGLISH)
    return improvement(db, better, english, closely=closely)


def improvement(
    db: Database, better: "BetterEmbedder | None", english: "EnglishEmbedder | None", *, closely: bool
) -> dict[str, Any]:
    """How far it is: {"model", "texts", "missing", "english": the same of the model for English or None}; what is missing
    in either way, where both are wanted.

    Without the better model there is no model for English either: it counts beside it alone.
    """
    if better is None:
        return {"model": None, "texts": 0, "missing": 0, "english": None}
    with db.read() as connection:
        state = tier_state(connection, better.name)
        missing = max(state.missing, unread(connection, better.name) if closely else 0)
        beside = None
        if english is not None:
            own = tier_state(connection, english.name, ENGLISH)
            beside = {"model": english.name, "texts": own.texts, "missing": own.missing}
    return {"model": better.name, "texts": state.texts, "missing": missing, "english": beside}
