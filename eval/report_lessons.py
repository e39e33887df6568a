"""Teaches the score of `guardrails/safety/likeness.py`: `python -m eval.report_lessons` writes its weights.

Learned on `eval/safety/train.yaml`, `dev.yaml`, `dev2.yaml` and `dev3.yaml`; the tests are not read. Names of medicines that the lessons ask about again and
again are replaced by others, so that no name becomes a sign. The threshold is the one that keeps the wanted recall on turns that the model
of their fold has not seen.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from eval.learning import Matrix
from guardrails.safety.likeness import features

FOLDER = Path(__file__).parent / "safety"
WEIGHTS = Path(__file__).parent.parent / "guardrails" / "safety" / "report_weights.yaml"
RECALL = 0.97
LESSONS = ("train", "dev", "dev2", "dev3")
FOLDS = 10
_SEED = 7
_LEAST = {"w": 2, "c": 3, "s": 1}
"""In how many turns a sign must stand to be weighed."""
_SCALE = {"w": 3.0, "c": 5.0, "s": 0.5}
_PENALTY, _INTERCEPT, _ROUNDS, _SMALL = 1.0, 3.0, 30, 1e-6
_NAMES = re.compile(
    r"velmora|cardor[eé]lone|thelin|sitaxentan|ariclaim|duloxetine|duloxétine|xtandi|enzalutamide|apidra|glulisine|faslodex|fulvestrant"
    r"|lysodren|mitotane|t[eé]nect[eé]plase|metalyse|\btnk\b",
    re.IGNORECASE,
)
_OTHERS = [
    "Torvaxin",
    "Prezalin",
    "Nuvelia",
    "Elopra",
    "Zytrexa",
    "Lumivar",
    "Kordexa",
    "Brevanto",
    "Fludexa",
    "Pravelor",
    "Oncelta",
    "metformin",
    "amlodipine",
    "apixaban",
    "methotrexate",
    "sertraline",
    "bisoprolol",
    "ramipril",
    "adalimumab",
    "tamoxifen",
]


@dataclass(frozen=True, slots=True)
class Taught:
    """The weight of each sign, the intercept, the threshold, and what the folds say of it."""

    weights: dict[str, float]
    intercept: float
    threshold: float
    recall: float
    false_alarms: float
    turns: int


def turns(*names: str) -> list[dict[str, Any]]:
    """The turns of the named parts."""
    return [row for name in names for row in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))]


def teach(rows: Sequence[dict[str, Any]]) -> Taught:
    """Learn from turns with their kinds. Deterministic."""
    found = [features(_renamed(row["text"], at)) for at, row in enumerate(rows)]
    counts = Counter(name for each in found for name in each)
    names = sorted(name for name, count in counts.items() if count >= _LEAST[name[0]])
    column = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for line, each in zip(table, found, strict=True):
        for name, value in each.items():
            if name in column:
                line[column[name]] = value * _SCALE[name[0]]
    labels = np.array([float(row["kind"] != "none") for row in rows])
    signs = np.hstack([table, np.full((len(table), 1), _INTERCEPT)])
    likeness = signs @ signs.T
    scores = _out_of_fold(likeness, labels)
    threshold = float(np.quantile(scores[labels == 1], 1 - RECALL))
    weights = signs.T @ _fit(likeness, labels)
    return Taught(
        {name: float(weights[at] * _SCALE[name[0]]) for name, at in column.items()},
        float(weights[-1] * _INTERCEPT),
        threshold,
        float((scores >= threshold)[labels == 1].mean()),
        float((scores >= threshold)[labels == 0].mean()),
        len(rows),
    )


def _out_of_fold(likeness: Matrix, labels: Matrix) -> Matrix:
    fold = np.random.default_rng(_SEED).integers(0, FOLDS, len(labels))
    scores = np.zeros(len(labels))
    for at in range(FOLDS):
        known, held = fold != at, fold == at
        scores[held] = likeness[np.ix_(held, known)] @ _fit(likeness[np.ix_(known, known)], labels[known])
    return scores


def _fit(likeness: Matrix, labels: Matrix) -> Matrix:
    """Logistic regression by Newton's method over the turns rather than the signs, which are many more.

    Gives the share of each turn in the weights; `likeness` holds the products of every two turns' signs.
    """
    half = len(labels) / 2
    importance = np.where(labels == 1, half / labels.sum(), half / (len(labels) - labels.sum()))
    dual = np.zeros(len(labels))
    for _ in range(_ROUNDS):
        odds = likeness @ dual
        chance = 1 / (1 + np.exp(-odds))
        curve = importance * chance * (1 - chance) + 1e-9
        target = odds + importance * (labels - chance) / curve
        better = np.linalg.solve(likeness + _PENALTY * np.diag(1 / curve), target)
        step, dual = np.abs(better - dual).max(), better
        if step < _SMALL:
            break
    return dual


def _renamed(text: str, at: int) -> str:
    return _NAMES.sub(_OTHERS[at * 7 % len(_OTHERS)], text)


def main() -> None:
    """Learn and write the weights."""
    taught = teach(turns(*LESSONS))
    kept = {name: weight for name, weight in taught.weights.items() if abs(weight) >= 0.01}  # noqa: PLR2004
    head = (
        "# Weights of guardrails/safety/likeness.py, written by `python -m eval.report_lessons`; not edited by hand.\n"
        f"# Learned on {taught.turns} turns of eval/safety/train.yaml, dev.yaml, dev2.yaml and dev3.yaml, all invented. Over {FOLDS} folds, turns\n"
        f"# unseen by their model: recall {taught.recall:.3f}, false alarms {taught.false_alarms:.3f} at this threshold.\n"
        f"intercept: {taught.intercept:.3f}\nthreshold: {taught.threshold:.3f}\nweights: |\n"
    )
    body = "".join(f"  {name} {weight:.2f}\n" for name, weight in sorted(kept.items()))
    WEIGHTS.write_text(head + body, encoding="utf-8")
    print(head)


if __name__ == "__main__":
    main()
