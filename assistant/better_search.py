"""The better tier of search: making the vectors that it lacks, and saying how far it is."""

from typing import TYPE_CHECKING, Any

from assistant.retrieval.tier import improve, tier_state
from assistant.store.database import Database

if TYPE_CHECKING:
    from assistant.jobs import OnProgress
    from ingestion.better import BetterEmbedder


def make_better(
    db: Database,
    better: "BetterEmbedder | None",
    on_progress: "OnProgress | None",
    share: tuple[int, int],
) -> dict[str, Any]:
    """Make the missing vectors of the better model; returns as `improvement`."""
    if better is not None:
        improve(db, better, on_progress, share=share)
    return improvement(db, better)


def improvement(db: Database, better: "BetterEmbedder | None") -> dict[str, Any]:
    """How far it is: {"model", "texts", "missing"}."""
    if better is None:
        return {"model": None, "texts": 0, "missing": 0}
    with db.read() as connection:
        state = tier_state(connection, better.name)
    return {"model": better.name, "texts": state.texts, "missing": state.missing}
