"""The better tier of search: making the vectors that it lacks, and saying how far it is."""

from typing import TYPE_CHECKING, Any

from assistant.retrieval.tier import improve, read_closely, tier_state, unread
from assistant.store.database import Database

if TYPE_CHECKING:
    from assistant.jobs import OnProgress
    from ingestion.better import BetterEmbedder


def make_better(
    db: Database,
    better: "BetterEmbedder | None",
    on_progress: "OnProgress | None",
    share: tuple[int, int],
    *,
    closely: bool,
) -> dict[str, Any]:
    """Make the missing vectors of the better model, and with `closely` the rows of words; returns as `improvement`."""
    if better is not None:
        if closely:
            read_closely(db, better, on_progress, share=share)
        improve(db, better, on_progress, share=share)
    return improvement(db, better, closely=closely)


def improvement(db: Database, better: "BetterEmbedder | None", *, closely: bool) -> dict[str, Any]:
    """How far it is: {"model", "texts", "missing"}; what is missing in either way, where both are wanted."""
    if better is None:
        return {"model": None, "texts": 0, "missing": 0}
    with db.read() as connection:
        state = tier_state(connection, better.name)
        missing = max(state.missing, unread(connection, better.name) if closely else 0)
    return {"model": better.name, "texts": state.texts, "missing": missing}
