"""The raw scores of every part, for the passages that stand among the best in any of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from assistant.retrieval.extent import Extent
from assistant.retrieval.nearness import Nearness, Vectors
from assistant.retrieval.parts import Floats, RetrievalSettings
from assistant.retrieval.ranking import Numbers, PartScores, candidates
from assistant.retrieval.scale import Scale, filled, scale_of, stood_in
from assistant.retrieval.words import WordScores
from assistant.store.schema import passage

EXACT_UP_TO = 20_000
"""Up to so many passages every cosine is computed; beyond, the index names the nearest and only these are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a vector of a model, and that model's vectors of the documents."""

    near: Nearness
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Models:
    """Those that take part, each with the question. `english` only beside `better`, which stands for it elsewhere."""

    fast: Asked | None = None
    better: Asked | None = None
    english: Asked | None = None


def gather(
    connection: Connection,
    extent: Extent,
    words: WordScores,
    settings: RetrievalSettings,
    models: Models,
    nearest: Callable[[Vectors], Sequence[str]],
) -> PartScores:
    """Score an extent. `nearest` names passages by the fast model's index, where the extent is too large to scan."""
    whole: dict[str, Floats] = {}
    if settings.words:
        whole["words"] = words.passages
    if settings.sections:
        whole["sections"] = words.sections[extent.sections] * extent.allowed
    if extent.size <= EXACT_UP_TO:
        whole |= _scanned(connection, extent, settings, models)
        chosen = candidates(*whole.values())
        raw = {name: values[chosen] for name, values in whole.items()}
        return _scaled(
            chosen, raw, {name: scale_of(values[extent.allowed]) for name, values in whole.items()}
        )
    chosen = candidates(*whole.values())
    if models.fast is not None:
        chosen = np.union1d(chosen, _numbers(connection, extent, nearest(models.fast.vector))).astype(np.intp)
    raw = {name: values[chosen] for name, values in whole.items()}
    scales = {name: scale_of(values[extent.allowed]) for name, values in whole.items()}
    cosines = _of_some(connection, extent, chosen, settings, models)
    sampled = _sampled(connection, extent, settings, models)
    scales |= {name: scale_of(sampled[name]).reaching(values) for name, values in cosines.items()}
    return _scaled(chosen, raw | cosines, scales)


def _scaled(chosen: Numbers, raw: Mapping[str, Floats], scales: Mapping[str, Scale]) -> PartScores:
    return PartScores(
        chosen,
        {name: scales[name].shares(values) for name, values in raw.items()},
        raw,
        {name: scale.spread for name, scale in scales.items()},
    )


def _cosines(
    settings: RetrievalSettings,
    models: Models,
    passages: Callable[[Asked], Vectors],
    headings: Callable[[Asked], Vectors],
) -> dict[str, Floats]:
    """The cosines of the models that there are; `passages` and `headings` say of which texts."""
    found: dict[str, Floats] = {}
    if models.fast is not None:
        found["vectors"] = passages(models.fast).astype(np.float64)
    if models.better is not None:
        found["better"] = passages(models.better).astype(np.float64)
        if settings.headings:
            found["headings"] = filled(headings(models.better).astype(np.float64))
        if models.english is not None:
            found["english"] = stood_in(passages(models.english).astype(np.float64), found["better"])
    return found


def _sampled(
    connection: Connection,
    extent: Extent,
    settings: RetrievalSettings,
    models: Models,
) -> dict[str, Floats]:
    """The cosines of passages all over the extent: what they are like, where they are too many to compute."""
    return _cosines(
        settings,
        models,
        lambda asked: asked.near.sampled(connection, extent, asked.vector),
        lambda asked: asked.near.sampled(connection, extent, asked.vector, headings=True),
    )


def _scanned(
    connection: Connection,
    extent: Extent,
    settings: RetrievalSettings,
    models: Models,
) -> dict[str, Floats]:
    found = _cosines(
        settings,
        models,
        lambda asked: asked.near.passages(connection, extent, asked.vector) * extent.allowed,
        lambda asked: asked.near.headings(connection, extent, asked.vector)[extent.sections] * extent.allowed,
    )
    # A heading's mean stands for passages without one, but for none that may not be seen.
    return {name: values * extent.allowed if name == "headings" else values for name, values in found.items()}


def _of_some(
    connection: Connection,
    extent: Extent,
    chosen: Numbers,
    settings: RetrievalSettings,
    models: Models,
) -> dict[str, Floats]:
    texts = [extent.text_key(int(number)) for number in chosen]

    def headings(asked: Asked) -> Vectors:
        keys = [extent.heading_key(int(number)) for number in chosen]
        return asked.near.of_some(connection, keys, asked.vector)

    return _cosines(
        settings, models, lambda asked: asked.near.of_some(connection, texts, asked.vector), headings
    )


def _numbers(connection: Connection, extent: Extent, ids: Sequence[str]) -> Numbers:
    """The numbers of those of the passages that are in the extent and may be seen."""
    rows = connection.execute(
        select(passage.c.reading_id, passage.c.ordinal).where(passage.c.id.in_(list(ids)))
    )
    found = [extent.starts[row.reading_id] + row.ordinal for row in rows if row.reading_id in extent.starts]
    return np.array(sorted(number for number in found if extent.allowed[number]), dtype=np.intp)
