"""The raw scores of every part, for the passages that stand among the best in any of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from assistant.retrieval.extent import Extent
from assistant.retrieval.nearness import Nearness, Vectors
from assistant.retrieval.parts import Floats, RetrievalSettings
from assistant.retrieval.ranking import Numbers, PartScores, candidates
from assistant.retrieval.scale import Scale, filled, scale_of
from assistant.retrieval.words import WordScores
from assistant.store.schema import passage

EXACT_UP_TO = 20_000
"""Up to so many passages every cosine is computed; beyond, the index names the nearest and only these are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a vector of a model, and that model's vectors of the documents."""

    near: Nearness
    vector: Vectors


def gather(  # noqa: PLR0917  the parts
    connection: Connection,
    extent: Extent,
    words: WordScores,
    settings: RetrievalSettings,
    fast: Asked | None,
    better: Asked | None,
    nearest: Callable[[Vectors], Sequence[str]],
) -> PartScores:
    """Score an extent. `nearest` names passages by the fast model's index, where the extent is too large to scan."""
    whole: dict[str, Floats] = {}
    if settings.words:
        whole["words"] = words.passages
    if settings.sections:
        whole["sections"] = words.sections[extent.sections] * extent.allowed
    if extent.size <= EXACT_UP_TO:
        whole |= _scanned(connection, extent, settings, fast, better)
        chosen = candidates(*whole.values())
        raw = {name: values[chosen] for name, values in whole.items()}
        return _scaled(
            chosen, raw, {name: scale_of(values[extent.allowed]) for name, values in whole.items()}
        )
    chosen = candidates(*whole.values())
    if fast is not None:
        chosen = np.union1d(chosen, _numbers(connection, extent, nearest(fast.vector))).astype(np.intp)
    raw = {name: values[chosen] for name, values in whole.items()}
    scales = {name: scale_of(values[extent.allowed]) for name, values in whole.items()}
    cosines = _of_some(connection, extent, chosen, settings, fast, better)
    sampled = _sampled(connection, extent, settings, fast, better)
    scales |= {name: scale_of(sampled[name]).reaching(values) for name, values in cosines.items()}
    return _scaled(chosen, raw | cosines, scales)


def _scaled(chosen: Numbers, raw: Mapping[str, Floats], scales: Mapping[str, Scale]) -> PartScores:
    return PartScores(
        chosen,
        {name: scales[name].shares(values) for name, values in raw.items()},
        raw,
        {name: scale.spread for name, scale in scales.items()},
    )


def _sampled(
    connection: Connection,
    extent: Extent,
    settings: RetrievalSettings,
    fast: Asked | None,
    better: Asked | None,
) -> dict[str, Floats]:
    """The cosines of passages all over the extent: what they are like, where they are too many to compute."""
    found: dict[str, Floats] = {}
    if fast is not None:
        found["vectors"] = fast.near.sampled(connection, extent, fast.vector).astype(np.float64)
    if better is not None:
        found["better"] = better.near.sampled(connection, extent, better.vector).astype(np.float64)
        if settings.headings:
            found["headings"] = filled(
                better.near.sampled(connection, extent, better.vector, headings=True).astype(np.float64)
            )
    return found


def _scanned(
    connection: Connection,
    extent: Extent,
    settings: RetrievalSettings,
    fast: Asked | None,
    better: Asked | None,
) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    if fast is not None:
        cosines = fast.near.passages(connection, extent, fast.vector)
        found["vectors"] = (cosines * extent.allowed).astype(np.float64)
    if better is not None:
        cosines = better.near.passages(connection, extent, better.vector)
        found["better"] = (cosines * extent.allowed).astype(np.float64)
        if settings.headings:
            headings = better.near.headings(connection, extent, better.vector)
            of_passages = (headings[extent.sections] * extent.allowed).astype(np.float64)
            found["headings"] = filled(of_passages) * extent.allowed
    return found


def _of_some(
    connection: Connection,
    extent: Extent,
    chosen: Numbers,
    settings: RetrievalSettings,
    fast: Asked | None,
    better: Asked | None,
) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    keys = [extent.text_key(int(number)) for number in chosen]
    if fast is not None:
        found["vectors"] = fast.near.of_some(connection, keys, fast.vector).astype(np.float64)
    if better is not None:
        found["better"] = better.near.of_some(connection, keys, better.vector).astype(np.float64)
        if settings.headings:
            headings = [extent.heading_key(int(number)) for number in chosen]
            cosines = better.near.of_some(connection, headings, better.vector)
            found["headings"] = filled(cosines.astype(np.float64))
    return found


def _numbers(connection: Connection, extent: Extent, ids: Sequence[str]) -> Numbers:
    """The numbers of those of the passages that are in the extent and may be seen."""
    rows = connection.execute(
        select(passage.c.reading_id, passage.c.ordinal).where(passage.c.id.in_(list(ids)))
    )
    found = [extent.starts[row.reading_id] + row.ordinal for row in rows if row.reading_id in extent.starts]
    return np.array(sorted(number for number in found if extent.allowed[number]), dtype=np.intp)
