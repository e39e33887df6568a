"""What a search costs: the fused search against its parts alone, on real passages and on made-up ones of any number.

Each question is put to every system in turn, so that whatever else the machine does meets all of them alike: the ratios
travel, the milliseconds do not. ANCRAGE_SPEED_SIZES names the sizes of the made-up corpus, ANCRAGE_SPEED_DIMENSIONS the
length of its vectors. It grows from size to size, and what is held in memory at once is one reading of it. Without either
variable a second corpus with short vectors goes on to a million passages: it shows how the cost grows, not what it is.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.bootstrap import App
from assistant.corpus.products import find_product
from assistant.retrieval.looked import Query
from assistant.retrieval.parts import RetrievalSettings
from assistant.retrieval.search import Searcher
from eval.datasets import retrieval_sets
from eval.metrics import percentile
from eval.suites import figure
from eval.suites.house import fresh_house
from eval.suites.made_up import MadeUp, SyntheticEmbedder
from eval.suites.retrieval import ingest
from ingestion.errors import AncrageError

MOST_DOCUMENTS = 20_000
"""Of a set that is timed: a larger one takes an hour to read in."""
SIZES = "10000,30000,100000"
DIMENSIONS = "512"
FAR_SIZES, FAR_DIMENSIONS = (10_000, 100_000, 1_000_000), 64
QUESTIONS = 30
_WARM = 3
_NEAR = ("vectors", "better", "english", "headings")
_SAID = ("words", "sections", "synonyms", "abbreviations")
PRODUCT = "made-up"
MADE_UP = "search over made-up passages"
FAR = f"{MADE_UP}, vectors of {FAR_DIMENSIONS}"

Say = Callable[[str], None]


def search_rows(data: Path, say: Say) -> list[dict[str, Any]]:
    """The ratios and the curve."""
    sizes = sorted({int(size) for size in (os.environ.get("ANCRAGE_SPEED_SIZES") or SIZES).split(",")})
    dimensions = int(os.environ.get("ANCRAGE_SPEED_DIMENSIONS") or DIMENSIONS)
    rows = [*_real(data, say), *_curve(MADE_UP, sizes, dimensions, say)]
    asked = os.environ.get("ANCRAGE_SPEED_SIZES") or os.environ.get("ANCRAGE_SPEED_DIMENSIONS")
    return rows if asked else [*rows, *_curve(FAR, FAR_SIZES, FAR_DIMENSIONS, say)]


def systems(*, better: bool) -> dict[str, RetrievalSettings]:
    """The whole search, and the same search with one kind of part alone."""
    on = RetrievalSettings().without("rerank")
    fast = _without(on, ("better", "headings", "english"))
    found = {
        "fused, fast tier": fast,
        "words alone": _without(fast, _NEAR),
        "fast model alone": _without(fast, _SAID),
    }
    if better:
        found |= {
            "fused, both models": on,
            "better model alone": _without(on, (*_SAID, "vectors", "english")),
        }
    return found


def _without(settings: RetrievalSettings, parts: Sequence[str]) -> RetrievalSettings:
    for part in parts:
        settings = settings.without(part)
    return settings


def ratios(medians: Mapping[str, float]) -> dict[str, float]:
    """Each fused search over the slower of its parts alone."""
    parts = {
        "fused, fast tier": ("words alone", "fast model alone"),
        "fused, both models": ("words alone", "fast model alone", "better model alone"),
    }
    return {
        f"{name} / slower part alone": medians[name] / max(medians[part] for part in own)
        for name, own in parts.items()
        if name in medians
    }


def times(
    searcher: Searcher,
    asked: Mapping[str, RetrievalSettings],
    query: Callable[[str], Query],
    texts: Sequence[str],
) -> dict[str, list[float]]:
    """Milliseconds by system: every question to every system, the first one another each time."""
    systems = {name: replace(searcher, settings=settings) for name, settings in asked.items()}
    names = list(systems)
    found: dict[str, list[float]] = {name: [] for name in names}
    warm = texts[:_WARM]
    for number, text in enumerate([*warm, *texts]):
        shift = number % len(names)
        for name in (*names[shift:], *names[:shift]):
            began = time.perf_counter()
            systems[name].find(query(text))
            if number >= len(warm):
                found[name].append((time.perf_counter() - began) * 1000)
    return found


def _real(data: Path, say: Say) -> list[dict[str, Any]]:
    """The largest public set that is there and small enough, as it stands; both models where the better one's vectors are
    kept already.
    """
    sets = [found for found in retrieval_sets(data, say) if len(found.documents) <= MOST_DOCUMENTS]
    if not sets:
        say(
            f"No public set of at most {MOST_DOCUMENTS} documents is below {data}: the ratio on real passages is left out."
        )
        return []
    examples = max(sets, key=lambda found: len(found.documents))
    with fresh_house() as (app, librarian), TemporaryDirectory() as folder:
        ingest(app, librarian, examples, Path(folder))
        state = app.improvement()
        better = not state["missing"] and not (state["english"] or state)["missing"]
        if not better:
            say(
                "The better model's vectors are not kept from a run of `retrieval`: the fast tier alone is timed."
            )
        product = find_product(app.db, examples.name).id
        texts = list(examples.questions.values())[:QUESTIONS]
        medians = _medians(times(app.searcher, systems(better=better), _query(product), texts))
        size = _size(app.searcher, _query(product)(texts[0]))
        say(f"{examples.name}: {size} passages, {_said(medians)}")
        return _rows("search over real passages", f"{examples.name}, {size}", medians, len(texts))


def _curve(dataset: str, sizes: Sequence[int], dimensions: int, say: Say) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    with fresh_house(keeping=False) as (app, librarian):
        corpus = MadeUp(app, librarian, PRODUCT, SyntheticEmbedder(dimensions))
        for size in sizes:
            began = time.perf_counter()
            try:
                corpus.grow(size)
            except (AncrageError, OSError, MemoryError) as error:
                say(f"{size} made-up passages could not be stored: {error}")
                break
            say(f"{size} made-up passages after {time.perf_counter() - began:.0f} s more")
            rows += _at(dataset, app, corpus, size, say)
    return rows


def _at(dataset: str, app: App, corpus: MadeUp, size: int, say: Say) -> list[dict[str, Any]]:
    searcher = replace(
        app.searcher, embedder=corpus.embedder, indexes=lambda _product: corpus.index, better=None
    )
    query = _query(find_product(app.db, PRODUCT).id)
    texts = corpus.questions(QUESTIONS)
    began = time.perf_counter()
    searcher.find(query(texts[0]))
    first = time.perf_counter() - began
    medians = _medians(times(searcher, systems(better=False), query, texts))
    say(f"{size} made-up passages: first search {first:.1f} s, then {_said(medians)}")
    split = str(size)
    return [
        *_rows(dataset, split, medians, len(texts)),
        figure(dataset, "first search after a start, s", first, 1, split=split, system="fused, fast tier"),
        *(
            {**figure(dataset, "median ms by number of passages", value, len(texts), system=name), "x": size}
            for name, value in medians.items()
        ),
    ]


def _query(product: str) -> Callable[[str], Query]:
    return lambda text: Query(text=text, product_id=product, market="EU", audience="hcp", use=None, k=8)


def _size(searcher: Searcher, query: Query) -> int:
    extent = searcher.look(query).extent
    return extent.size if extent else 0


def _medians(found: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {name: percentile(list(values), 0.5) for name, values in found.items()}


def _said(medians: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.1f} ms" for name, value in medians.items())


def _rows(dataset: str, split: str, medians: Mapping[str, float], n: int) -> list[dict[str, Any]]:
    return [
        *(
            figure(dataset, "search median ms", value, n, split=split, system=name)
            for name, value in medians.items()
        ),
        *(
            figure(dataset, "ratio", value, n, split=split, system=name)
            for name, value in ratios(medians).items()
        ),
    ]
