"""Can the approved sources answer? The shipped rule on questions written by somebody who did not write the retriever.

The rule is learnt on `train.yaml`, `dev.yaml`, `blind.yaml`, `strangers.yaml` and `blind2.yaml` of `eval/abstention` (`python -m
eval.suites.learning_abstention DATA`), its threshold from rules that each left one of their writers out; `test.yaml`, `blind3.yaml`
and `blind4.yaml` are only measured. Corpus `sample` is shipped, corpus `labels` is looked for below `--data`. All documents of a
corpus are one product, so that a question on one medicine meets the texts on the others. PubMedQA is asked besides, where it is
below `--data` (`abstention_public.py`).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.bootstrap import App
from assistant.chat.statements import judged
from assistant.chat.sufficiency import Sufficiency, rule_of
from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from eval.calibrating import ANSWERED, refused_at, risk_coverage, risks
from eval.metrics import bootstrap
from eval.suites.abstention_public import judged_of_half
from eval.suites.corpora import add_labels, add_sample, find_labels
from eval.suites.house import fresh_house, improve_on_all_cores
from eval.suites.whole_chat import figures, tell

FOLDER = Path(__file__).parent.parent / "abstention"
PRODUCTS = {"sample": "Velmora", "labels": "labels"}
LEARNT_ON = ("train", "dev", "blind", "strangers", "blind2")
OWN = "train"
"""By whoever wrote the rule: how well it does there says little."""
MEASURED = ("dev", "test", "blind", "blind2", "blind3", "blind4")
CURVE = 20
"""Points of each curve in the report."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with the shipped rule's verdict and the features that it rests on."""

    question: Mapping[str, Any]
    enough: bool
    probability: float
    features: Mapping[str, float]
    tier: str


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure the parts of the set that the rule was not learnt on, and `dev` beside them."""
    wrong = [
        name for name, digest in _sums() if hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() != digest
    ]
    if wrong:
        say(f"{', '.join(wrong)}: not as committed; the figures are of another set.")
    rows: list[dict[str, Any]] = []
    with fresh_house() as (app, librarian):
        corpora = add_corpora(app, librarian, data, say)
        improve_on_all_cores(app, say)
        for split in MEASURED:
            asked = [q for q in questions(split) if q["corpus"] in corpora]
            if asked:
                outcomes = [outcome(app, question) for question in asked]
                rows += rows_of(split, outcomes)
                rows += _of_the_chat(app, librarian, split, asked)
    public = [_outcome_of(question, found) for question, found in judged_of_half(data, say)]
    return rows + (rows_of("pubmedqa", public) if public else [])


def questions(split: str) -> list[dict[str, Any]]:
    """The questions of a part; none where there is no such part."""
    file = FOLDER / f"{split}.yaml"
    return list(yaml.safe_load(file.read_text("utf-8"))) if file.is_file() else []


def outcome(app: App, question: Mapping[str, Any]) -> Outcome:
    """What the rule says of a question."""
    product = find_product(app.db, PRODUCTS[question["corpus"]])
    return _outcome_of(question, judged(app.db, app.searcher, question["question"], product, "EU"))


def _outcome_of(question: Mapping[str, Any], found: Sufficiency) -> Outcome:
    return Outcome(question, found.enough, found.probability, found.features, found.tier)


def add_corpora(app: App, librarian: Actor, data: Path, say: Callable[[str], None]) -> set[str]:
    """Add the sample, and the labels where they are below `data`; returns which there are."""
    add_sample(app, librarian, PRODUCTS["sample"], say)
    wanted = {
        q["evidence"]["file"]
        for split in MEASURED
        for q in questions(split)
        if q["corpus"] == "labels" and q.get("evidence")
    }
    folder = find_labels(data, wanted)
    if folder is None:
        say(f"The labels are not below {data}: only the shipped dossier is asked about.")
        return {"sample"}
    add_labels(app, librarian, folder, PRODUCTS["labels"], say)
    return {"sample", "labels"}


def _of_the_chat(
    app: App, actor: Actor, split: str, asked: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    told = [tell(app, actor, question, PRODUCTS[question["corpus"]], "EU") for question in asked]
    return [_row(split, metric, values) for metric, values in figures(told).items()]


def rows_of(split: str, outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """The figures of a part of the set."""
    answerable = [o for o in outcomes if o.question["answerable"]]
    unanswerable = [o for o in outcomes if not o.question["answerable"]]
    near = [o for o in unanswerable if o.question["near_miss"]]
    rows = [
        _row(split, "answerable answered", [float(o.enough) for o in answerable]),
        _row(split, "unanswerable refused", [float(not o.enough) for o in unanswerable]),
        *([_row(split, "near misses refused", [float(not o.enough) for o in near])] if near else []),
    ]
    for kind in sorted({str(o.question["kind"]) for o in unanswerable}):
        some = [float(not o.enough) for o in unanswerable if o.question["kind"] == kind]
        rows.append(_row(split, f"refused: {kind}", some))
    for language in sorted({str(o.question["language"]) for o in outcomes}):
        for metric, of, good in (("answered", answerable, True), ("refused", unanswerable, False)):
            some = [float(o.enough == good) for o in of if o.question["language"] == language]
            rows.append(_row(split, f"{metric}, {language}", some))
    return [*rows, *_curves(split, outcomes)]


def _curves(split: str, outcomes: list[Outcome]) -> list[dict[str, Any]]:
    probabilities = [o.probability for o in outcomes]
    good = [bool(o.question["answerable"]) for o in outcomes]
    points = risk_coverage(probabilities, good)
    base = {
        "dataset": "abstention",
        "split": split,
        "system": "ancrage",
        "low": None,
        "high": None,
        "n": len(outcomes),
    }
    rows = [
        {**base, "metric": "refused at 90 % answered", "value": refused_at(points, ANSWERED)},
        {**base, "metric": "threshold", "value": rule_of(outcomes[0].tier)["threshold"]},
    ]
    shares = [step / CURVE for step in range(1, CURVE + 1)]
    for share in shares:
        refused = {"metric": "share of unanswerable refused, by share of answerable answered", "x": share}
        rows.append({**base, **refused, "value": refused_at(points, share)})
    for share, risk in risks(probabilities, good, shares):
        wrong = {"metric": "risk (unanswerable among the answered), by coverage (share answered)", "x": share}
        rows.append({**base, **wrong, "value": risk})
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
