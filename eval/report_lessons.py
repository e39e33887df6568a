"""Teaches the score of `guardrails/safety/likeness.py`: `python -m eval.report_lessons` writes its weights.

Learned on the parts of `eval/safety` that have been read and on the questions of `eval/abstention` that have been, which
report nothing where `abstention.yaml` does not say so; `test4.yaml`, and `test.yaml` and `blind3.yaml` there, are not. Names of
medicines that the lessons ask about again and again are replaced by others, so that no name becomes a sign. The threshold is the
one that keeps the wanted recall of the whole intake (listed words, danger and score) on turns whose writer, or whose fold of
the home-made lessons, the model has not seen.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from eval.learning import Matrix
from eval.metrics import bootstrap
from eval.sparse_logistic import Signs, fit, gathered
from guardrails.safety.intake import Heard, heard
from guardrails.safety.likeness import features

FOLDER = Path(__file__).parent / "safety"
WEIGHTS = Path(__file__).parent.parent / "guardrails" / "safety" / "report_weights.yaml"
ASKED = Path(__file__).parent / "abstention"
RECALL = 0.991
LESSONS = ("train", "dev", "dev2", "dev3", "test", "test2", "test3")
QUESTIONS = ("train", "dev", "blind", "blind2", "strangers")
UNCLEAR = "unclear"
WRITERS = {
    "dev": "first",
    "test": "first",
    "dev2": "second",
    "test2": "second",
    "dev3": "third",
    "test3": "third",
}
"""Whose turns are left out together; questions by their part, and the two `train` parts, by one's own hand, at random."""
FOLDS = 6
_SEED = 7
_LEAST = {"w": 2, "c": 3, "q": 2, "t": 2, "s": 1}
"""In how many turns a sign must stand to be weighed."""
_SCALE = {"w": 3.0, "c": 5.0, "q": 4.0, "t": 4.0, "s": 0.7}
_PENALTY, _INTERCEPT = 0.5, 3.0
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
    """The weight of each sign, the intercept, the threshold, and what the turns say that their model had not seen."""

    weights: dict[str, float]
    intercept: float
    threshold: float
    recall: float
    false_alarms: float
    turns: int
    opened: tuple[bool, ...]
    """Of each turn, whether the whole intake opens a case with a score of the model that had not seen it."""


def turns(*names: str) -> list[dict[str, Any]]:
    """The turns of the named parts."""
    return [
        {**row, "part": name}
        for name in names
        for row in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    ]


def questions(*names: str) -> list[dict[str, Any]]:
    """The questions of the named parts of `eval/abstention` as turns; those that can be read either way are left out."""
    kinds = yaml.safe_load((FOLDER / "abstention.yaml").read_text("utf-8"))
    asked = [
        {
            "language": row["language"],
            "text": row["question"].strip(),
            "kind": kinds.get(row["id"].removeprefix("abstention-"), "none"),
            "part": f"abstention {name}",
        }
        for name in names
        for row in yaml.safe_load((ASKED / f"{name}.yaml").read_text("utf-8"))
    ]
    return [turn for turn in asked if turn["kind"] != UNCLEAR]


def lessons() -> list[dict[str, Any]]:
    """All that is learned on; what several parts hold is taken once, from the part that somebody else wrote."""
    rows = [*questions(*QUESTIONS[1:]), *turns(*LESSONS[1:]), *turns("train"), *questions("train")]
    once: dict[str, dict[str, Any]] = {}
    for row in rows:
        once.setdefault(row["text"].casefold().strip(), row)
    return list(once.values())


def teach(rows: Sequence[dict[str, Any]]) -> Taught:
    """Learn from turns with their kinds. Deterministic."""
    ears = [heard(row["text"], row["language"]) for row in rows]
    lesson = [features(_renamed(row["text"], at)) for at, row in enumerate(rows)]
    counts = Counter(name for each in lesson for name in each)
    names = sorted(name for name, count in counts.items() if count >= _LEAST[name[0]])
    column = {name: at for at, name in enumerate(names)}
    labels = np.array([float(row["kind"] != "none") for row in rows])
    known = _signs(lesson, column)
    weights = fit(gathered(known, len(names) + 1), labels, _PENALTY)
    asked = _signs([features(row["text"]) for row in rows], column)
    told = _signs([features(ear.told) for ear in ears], column)
    scores, rest = _unseen(rows, labels, (known, asked, told), weights)
    threshold = _threshold(ears, scores, rest, labels)
    opened = np.array([e.opens(s, t, threshold) for e, s, t in zip(ears, scores, rest, strict=True)])
    return Taught(
        {name: float(weights[at] * _SCALE[name[0]]) for name, at in column.items()},
        float(weights[-1] * _INTERCEPT),
        threshold,
        float(opened[labels == 1].mean()),
        float(opened[labels == 0].mean()),
        len(rows),
        tuple(bool(each) for each in opened),
    )


def _signs(found: Sequence[Mapping[str, float]], column: Mapping[str, int]) -> list[dict[int, float]]:
    """The known signs of each turn by column, scaled, with the intercept in the last."""
    return [
        {column[name]: value * _SCALE[name[0]] for name, value in each.items() if name in column}
        | {len(column): _INTERCEPT}
        for each in found
    ]


def _unseen(
    rows: Sequence[dict[str, Any]],
    labels: Matrix,
    signs: tuple[list[dict[int, float]], list[dict[int, float]], list[dict[int, float]]],
    begin: Matrix,
) -> tuple[Matrix, Matrix]:
    """The scores of each turn, whole and without what it supposes, by a model that has seen none of its group."""
    lesson, asked, told = signs
    at_random = np.random.default_rng(_SEED).integers(0, FOLDS, len(rows))
    groups = np.array([_group(row, fold) for row, fold in zip(rows, at_random, strict=True)])
    scores, rest = np.zeros(len(rows)), np.zeros(len(rows))
    for group in sorted(set(groups)):
        held, seen = np.flatnonzero(groups == group), np.flatnonzero(groups != group)
        weights = fit(_of(lesson, seen, len(begin)), labels[seen], _PENALTY, begin)
        scores[held] = _of(asked, held, len(begin)).of(weights)
        rest[held] = _of(told, held, len(begin)).of(weights)
    return scores, rest


def _of(found: Sequence[dict[int, float]], chosen: Sequence[int] | Any, width: int) -> Signs:
    return gathered([found[at] for at in chosen], width)


def _group(row: dict[str, Any], fold: int) -> str:
    part = row.get("part", "train")
    return f"own {fold}" if part.endswith("train") else WRITERS.get(part, part)


def _threshold(ears: Sequence[Heard], scores: Matrix, rest: Matrix, labels: Matrix) -> float:
    """The highest at which the whole intake keeps the wanted recall on turns that their model has not seen."""
    reports = [(e, s, t) for e, s, t, label in zip(ears, scores, rest, labels, strict=True) if label]
    for tried in np.arange(3.0, -8.0, -0.05):
        if sum(e.opens(s, t, float(tried)) for e, s, t in reports) >= RECALL * len(reports):
            return float(tried)
    return -8.0


def _renamed(text: str, at: int) -> str:
    return _NAMES.sub(_OTHERS[at * 7 % len(_OTHERS)], text)


def figures(rows: Sequence[dict[str, Any]], opened: Sequence[bool]) -> list[str]:
    """Recall and false alarms with their intervals, by who wrote the turns, as lines to read."""
    parts = sorted({row["part"] for row in rows})
    groups = {"all": parts}
    groups |= {
        "strangers' turns": [*WRITERS],
        "strangers' questions": [p for p in parts if p[:10] == "abstention" and p[11:] != "train"],
    }
    lines = []
    for name, chosen in (groups | {part: [part] for part in parts}).items():
        for metric, wanted in (("recall", True), ("false alarms", False)):
            found = [
                float(fired)
                for row, fired in zip(rows, opened, strict=True)
                if row["part"] in chosen and (row["kind"] != "none") is wanted
            ]
            if found:
                i = bootstrap(found)
                lines.append(f"{name}: {metric} {i.value:.3f} ({i.low:.3f} to {i.high:.3f}), n {len(found)}")
    return lines


def main() -> None:
    """Learn and write the weights; say what the turns show that their model had not seen."""
    rows = lessons()
    taught = teach(rows)
    kept = {name: weight for name, weight in taught.weights.items() if abs(weight) >= 0.01}  # noqa: PLR2004
    head = (
        "# Weights of guardrails/safety/likeness.py, written by `python -m eval.report_lessons`; not edited by hand.\n"
        f"# Learned on {taught.turns} turns of eval/safety and questions of eval/abstention, all invented. The whole intake on turns\n"
        f"# whose writer its model had not seen: recall {taught.recall:.3f}, false alarms {taught.false_alarms:.3f} at this threshold.\n"
        f"intercept: {taught.intercept:.3f}\nthreshold: {taught.threshold:.3f}\nweights: |\n"
    )
    body = "".join(f"  {name} {weight:.2f}\n" for name, weight in sorted(kept.items()))
    WEIGHTS.write_text(head + body, encoding="utf-8")
    print(head, *figures(rows, taught.opened), sep="\n")


if __name__ == "__main__":
    main()
