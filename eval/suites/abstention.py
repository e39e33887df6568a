"""Can the approved sources answer? The shipped rule on questions written by somebody who did not write the retriever.

The rule is learnt on `eval/abstention/dev.yaml`; `test.yaml` is only measured. Corpus `sample` is shipped, corpus `labels`
is looked for below `--data`. All documents of a corpus are one product, so that a question on one medicine meets
the texts on the others.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.bootstrap import App
from assistant.chat.ask import judged
from assistant.chat.sufficiency import FEATURES, rule_of
from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from eval.calibrating import Judged, learn, left_out, refused_at, risk_coverage
from eval.metrics import bootstrap
from eval.suites.corpora import add_labels, add_sample, find_labels
from eval.suites.house import fresh_house, improve_on_all_cores

FOLDER = Path(__file__).parent.parent / "abstention"
PRODUCTS = {"sample": "Velmora", "labels": "labels"}
ANSWERED = 0.9
CURVE = 20
"""Points of the risk-coverage curve in the report."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with the shipped rule's verdict and the features that it rests on."""

    question: Mapping[str, Any]
    enough: bool
    probability: float
    features: Mapping[str, float]
    tier: str


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure both parts of the set; what the development part would teach now is said."""
    wrong = [
        name for name, digest in _sums() if hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() != digest
    ]
    if wrong:
        say(f"{', '.join(wrong)}: not as committed; the figures are of another set.")
    rows: list[dict[str, Any]] = []
    with fresh_house() as (app, librarian):
        corpora = _corpora(app, librarian, data, say)
        improve_on_all_cores(app, say)
        for split in ("dev", "test"):
            asked = [q for q in questions(split) if q["corpus"] in corpora]
            outcomes = [outcome(app, question) for question in asked]
            rows += _rows(split, outcomes)
            if split == "dev":
                _teach(outcomes, say)
    return rows


def questions(split: str) -> list[dict[str, Any]]:
    """The questions of a part."""
    found = yaml.safe_load((FOLDER / f"{split}.yaml").read_text("utf-8"))
    return list(found)


def outcome(app: App, question: Mapping[str, Any]) -> Outcome:
    """What the rule says of a question."""
    product = find_product(app.db, PRODUCTS[question["corpus"]])
    found = judged(app.db, app.searcher, question["question"], product, "EU")
    return Outcome(question, found.enough, found.probability, found.features, found.tier)


def _corpora(app: App, librarian: Actor, data: Path, say: Callable[[str], None]) -> set[str]:
    add_sample(app, librarian, PRODUCTS["sample"], say)
    wanted = {
        q["evidence"]["file"]
        for split in ("dev", "test")
        for q in questions(split)
        if q["corpus"] == "labels" and q.get("evidence")
    }
    folder = find_labels(data, wanted)
    if folder is None:
        say(f"The labels are not below {data}: only the shipped dossier is asked about.")
        return {"sample"}
    add_labels(app, librarian, folder, PRODUCTS["labels"], say)
    return {"sample", "labels"}


def _teach(outcomes: list[Outcome], say: Callable[[str], None]) -> None:
    """Say the rule that these outcomes would teach; `assistant/chat/sufficiency.json` is changed by a person."""
    tier = outcomes[0].tier
    judged = [Judged(o.features, bool(o.question["answerable"])) for o in outcomes]
    unseen = left_out(judged, FEATURES)
    refused = refused_at(risk_coverage(unseen, [j.answerable for j in judged]), ANSWERED)
    say(f"dev, left out: {refused:.3f} of unanswerable refused at {ANSWERED:.0%} answered")
    say(json.dumps({tier: learn(judged, FEATURES)}))


def _rows(split: str, outcomes: list[Outcome]) -> list[dict[str, Any]]:
    answerable = [o for o in outcomes if o.question["answerable"]]
    unanswerable = [o for o in outcomes if not o.question["answerable"]]
    near = [o for o in unanswerable if o.question["near_miss"]]
    rows = [
        _row(split, "answerable answered", [float(o.enough) for o in answerable]),
        _row(split, "unanswerable refused", [float(not o.enough) for o in unanswerable]),
        _row(split, "near misses refused", [float(not o.enough) for o in near]),
    ]
    kinds = sorted({str(o.question["kind"]) for o in unanswerable})
    for kind in kinds:
        some = [float(not o.enough) for o in unanswerable if o.question["kind"] == kind]
        rows.append(_row(split, f"refused: {kind}", some))
    points = risk_coverage(
        [o.probability for o in outcomes], [bool(o.question["answerable"]) for o in outcomes]
    )
    base = {
        "dataset": "abstention",
        "split": split,
        "system": "ancrage",
        "low": None,
        "high": None,
        "n": len(outcomes),
    }
    rows.append({**base, "metric": "refused at 90 % answered", "value": refused_at(points, ANSWERED)})
    rows.append({**base, "metric": "threshold", "value": rule_of(outcomes[0].tier)["threshold"]})
    for step in range(1, CURVE + 1):
        share = step / CURVE
        rows.append(
            {
                **base,
                "metric": "share refused by share answered",
                "x": share,
                "value": refused_at(points, share),
            }
        )
    return rows


def _row(split: str, metric: str, values: list[float]) -> dict[str, Any]:
    interval = bootstrap(values)
    return {
        "dataset": "abstention",
        "split": split,
        "system": "ancrage",
        "metric": metric,
        "value": interval.value,
        "low": interval.low,
        "high": interval.high,
        "n": interval.n,
    }


def _sums() -> Iterator[tuple[str, str]]:
    for line in (FOLDER / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split()
        yield name, digest
