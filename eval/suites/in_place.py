"""Whether search shows the words that answer, on the shipped dossier (label, paper, deck, recording, claims) and on labels.

The questions of `eval/abstention` that have an answer name its file and a few of its words. They count as shown in the
first hits where one of these, with what is shown around it, holds them.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.bootstrap import App
from assistant.corpus.products import find_product, update_product
from assistant.people.accounts import find_actor
from assistant.people.roles import Actor
from assistant.retrieval.hit import Hit
from assistant.retrieval.looked import Query
from assistant.retrieval.parts import RetrievalSettings
from assistant.retrieval.search import Searcher
from eval.metrics import bootstrap
from eval.remembering import remembering
from eval.sample.make import FILES
from eval.suites.corpora import add_labels, add_sample, find_labels
from eval.suites.house import fresh_house, improve_on_all_cores

PRODUCT, LABELS = "Velmora", "labels"
QUESTIONS = Path(__file__).parent.parent / "abstention"
DOSSIER = Path(__file__).parent.parent / "sample" / "dossier.yaml"
DEPTHS = (1, 3, 8)
_SIGN = re.compile(r"[^\w%]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question, and the words of the file that answer it."""

    question: str
    file: str
    words: str


def in_place(
    data: Path,
    database: str,
    server: str,
    systems: Callable[[Searcher], Mapping[str, RetrievalSettings]],
    say: Callable[[str], None],
) -> list[dict[str, Any]]:
    """Measure every system on both parts of the set; `database` stands behind the set's name."""
    rows: list[dict[str, Any]] = []
    with fresh_house(server) as (app, librarian):
        corpora = _corpora(app, librarian, data, say)
        improve_on_all_cores(app, say)
        searcher = remembering(app.searcher)
        for corpus, (product, files) in corpora.items():
            name = f"{corpus}, in place{database}"
            for system, settings in systems(searcher).items():
                for split in ("dev", "test"):
                    asked = [one for one in wanted(split, corpus) if one.file in files]
                    found = shown(replace(searcher, settings=settings), app, product, asked)
                    rows += _rows(name, split, system, found)
                say(f"{name}: {system}, words shown in the first 3 hits {rows[-2]['value']:.3f}")
    return rows


def _corpora(
    app: App, librarian: Actor, data: Path, say: Callable[[str], None]
) -> dict[str, tuple[str, frozenset[str]]]:
    """Each corpus that is there: its product, and its files as the questions name them."""
    add_sample(app, librarian, PRODUCT, say)
    sheet = yaml.safe_load(DOSSIER.read_text("utf-8"))["product"]
    known = {"brand": sheet["brand"], "inn": sheet["inn"]}
    update_product(app.db, find_actor(app.db, "root"), PRODUCT, known)
    files = frozenset(str(file.relative_to(FILES)) for file in FILES.glob("*/*"))
    found = {"sample": (PRODUCT, files)}
    named = {one.file for split in ("dev", "test") for one in wanted(split, "labels")}
    folder = find_labels(data, named)
    if folder is None:
        say(f"The labels are not below {data}: only the shipped dossier is asked about in place.")
        return found
    add_labels(app, librarian, folder, LABELS, say)
    return {**found, "labels": (LABELS, frozenset(file.name for file in folder.glob("*.pdf")))}


def wanted(split: str, corpus: str) -> list[Wanted]:
    """The questions that the documents of a corpus answer."""
    rows: list[dict[str, Any]] = yaml.safe_load((QUESTIONS / f"{split}.yaml").read_text("utf-8"))
    return [
        Wanted(row["question"], row["evidence"]["file"], row["evidence"]["snippet"])
        for row in rows
        if row["corpus"] == corpus and row["answerable"]
    ]


def shown(searcher: Searcher, app: App, name: str, questions: Sequence[Wanted]) -> list[int | None]:
    """For each question the place, from 1, of the first hit that is shown with the words; None where none is."""
    product = find_product(app.db, name).id
    places: list[int | None] = []
    for one in questions:
        query = Query(one.question, product, "EU", "hcp", None, k=max(DEPTHS), may_leave=True)
        hits = searcher.found(query).hits
        held = [place for place, hit in enumerate(hits, 1) if plain(one.words) in plain(_text(hit))]
        places.append(min(held, default=None))
    return places


def _text(hit: Hit) -> str:
    """The hit with what stands around it, in the order of reading."""
    before = [one.text for one in hit.around if one.role != "after"]
    return "\n".join([*before, hit.text, *(one.text for one in hit.around if one.role == "after")])


def plain(text: str) -> str:
    """Small letters and figures, whatever stands between them."""
    return _SIGN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _rows(name: str, split: str, system: str, places: Sequence[int | None]) -> list[dict[str, Any]]:
    rows = []
    for depth in DEPTHS:
        interval = bootstrap([float(place is not None and place <= depth) for place in places])
        rows.append(
            {
                "dataset": name,
                "split": split,
                "system": system,
                "metric": f"answer shown@{depth}",
                "value": interval.value,
                "low": interval.low,
                "high": interval.high,
                "n": interval.n,
            }
        )
    return rows
