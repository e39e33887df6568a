"""Teaches the score of `guardrails/safety/likeness.py`: `python -m eval.report_lessons` writes its weights.

Learned on the parts of `eval/safety` that have been read and on the questions of `eval/abstention` that have been, which
report nothing where `abstention.yaml` does not say so; `test4.yaml` to `test6.yaml`, and `test.yaml` and `blind3.yaml` there, are not. Names of
medicines that the lessons ask about again and again are replaced by others, so that no name becomes a sign. The threshold is the
one that keeps the wanted recall of the whole intake (listed words, danger and score) on turns whose writer, or whose fold of
the home-made lessons, the model has not seen. A second score, on the same signs, tells emergencies from other reports.
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
from ingestion.embed import FastEmbedder

FOLDER = Path(__file__).parent / "safety"
WEIGHTS = Path(__file__).parent.parent / "guardrails" / "safety" / "report_weights.yaml"
ASKED = Path(__file__).parent / "abstention"
RECALL, AT_HOME = 0.993, 0.990
"""The recall that the threshold keeps on strangers' reports, and on the home-made ones, which are hard on purpose."""
LESSONS = ("train", "dev", "dev2", "dev3", "dev5", "dev6", "test", "test2", "test3")
QUESTIONS = ("train", "dev", "blind", "blind2", "strangers")
UNCLEAR = "unclear"
WRITERS = {
    "dev": "first",
    "test": "first",
    "dev2": "second",
    "test2": "second",
    "dev3": "third",
    "test3": "third",
    "dev5": "fifth",
    "dev6": "sixth",
}
"""Whose turns are left out together; questions by their part, and the two `train` parts, by one's own hand, at random."""
FOLDS = 6
_SEED = 7
_LEAST = {"w": 2, "c": 3, "q": 2, "t": 2, "s": 1}
"""In how many turns a sign must stand to be weighed."""
_SCALE = {"w": 3.0, "c": 5.0, "q": 4.0, "t": 4.0, "s": 0.7}
_VECTOR = 2.0
"""How much the vector weighs beside the signs: 1 to 3 are alike within noise."""
_PENALTY, _INTERCEPT = 0.5, 3.0
_KEPT = 0.01
"""The least weight that is written."""
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
class Score:
    """The weight of each sign and of each dimension of the vector, and the intercept."""

    weights: dict[str, float]
    vector: tuple[float, ...]
    intercept: float


@dataclass(frozen=True, slots=True)
class Taught:
    """Both scores, the threshold of the first, and what the turns say that their model had not seen."""

    report: Score
    urgent: Score
    threshold: float
    recall: float
    false_alarms: float
    turns: int
    opened: tuple[bool, ...]
    """Of each turn, whether the whole intake opens a case with a score of the model that had not seen it."""
    in_danger: tuple[bool, ...]
    """Of each turn, whether the second score, that had not seen it, takes it for an emergency."""


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
    width = len(names) + 1
    taught = _vectors([_renamed(row["text"], at) for at, row in enumerate(rows)])
    typed = _vectors([row["text"] for row in rows])
    known = _Turns(_signs(lesson, column), taught, width)
    everything = np.arange(len(rows))
    weights = fit(known.of(everything), labels, _PENALTY)
    asked = _Turns(_signs([features(row["text"]) for row in rows], column), typed, width)
    told = _Turns(_signs([features(ear.told) for ear in ears], column), typed, width)
    (scores, rest), graver = (
        _unseen(rows, labels, known, (asked, told), everything),
        _graver(rows, known, asked),
    )
    threshold = _threshold(rows, ears, scores, rest)
    opened = np.array([e.opens(s, t, threshold) for e, s, t in zip(ears, scores, rest, strict=True)])
    return Taught(
        _scaled(weights, column),
        _scaled(graver[0], column),
        threshold,
        float(opened[labels == 1].mean()),
        float(opened[labels == 0].mean()),
        len(rows),
        tuple(bool(each) for each in opened),
        tuple(bool(each >= 0) for each in graver[1]),
    )


def _graver(rows: Sequence[dict[str, Any]], known: "_Turns", asked: "_Turns") -> tuple[Matrix, Matrix]:
    """The weights that tell emergencies from other reports, and the score of each report by a model without its group."""
    reports = np.flatnonzero([row["kind"] != "none" for row in rows])
    labels = np.array([float(row["kind"] == "emergency") for row in rows])
    (scores,) = _unseen(rows, labels, known, (asked,), reports)
    return fit(known.of(reports), labels[reports], _PENALTY), scores


def _scaled(weights: Matrix, column: Mapping[str, int]) -> Score:
    width = len(column) + 1
    return Score(
        {name: float(weights[at] * _SCALE[name[0]]) for name, at in column.items()},
        tuple(float(weight) for weight in weights[width:] * _VECTOR),
        float(weights[width - 1] * _INTERCEPT),
    )


def _signs(found: Sequence[Mapping[str, float]], column: Mapping[str, int]) -> list[dict[int, float]]:
    """The known signs of each turn by column, scaled, with the intercept in the last."""
    return [
        {column[name]: value * _SCALE[name[0]] for name, value in each.items() if name in column}
        | {len(column): _INTERCEPT}
        for each in found
    ]


@dataclass(frozen=True, slots=True)
class _Turns:
    """The signs of each turn by column, and its vector."""

    signs: list[dict[int, float]]
    vectors: Matrix
    width: int

    def of(self, chosen: Sequence[int] | Any) -> Signs:
        return gathered([self.signs[at] for at in chosen], self.width, self.vectors[list(chosen)])


def _vectors(texts: Sequence[str]) -> Matrix:
    return np.asarray(FastEmbedder().embed(list(texts)), dtype=np.float64) * _VECTOR


def _unseen(
    rows: Sequence[dict[str, Any]],
    labels: Matrix,
    lesson: _Turns,
    asked: Sequence[_Turns],
    among: Any,
) -> list[Matrix]:
    """The scores of each of these turns, in each form it is asked in, by a model that has seen none of its group."""
    at_random = np.random.default_rng(_SEED).integers(0, FOLDS, len(rows))
    groups = np.array([_group(row, fold) for row, fold in zip(rows, at_random, strict=True)])
    scores = [np.full(len(rows), -np.inf) for _ in asked]
    begin = None
    for group in sorted(set(groups[among])):
        held, seen = among[groups[among] == group], among[groups[among] != group]
        begin = fit(lesson.of(seen), labels[seen], _PENALTY, begin)
        for form, found in zip(asked, scores, strict=True):
            found[held] = form.of(held).of(begin)
    return scores


def _group(row: dict[str, Any], fold: int) -> str:
    part = row.get("part", "train")
    return f"own {fold}" if part.endswith("train") else WRITERS.get(part, part)


def _threshold(rows: Sequence[dict[str, Any]], ears: Sequence[Heard], scores: Matrix, rest: Matrix) -> float:
    """The highest at which the whole intake keeps the wanted recall on turns that their model has not seen."""
    told: dict[bool, list[tuple[Heard, float, float]]] = {False: [], True: []}
    for row, ear, whole, part in zip(rows, ears, scores, rest, strict=True):
        if row["kind"] != "none":
            told[row["part"].endswith("train")].append((ear, float(whole), float(part)))
    for tried in np.arange(3.0, -8.0, -0.05):
        if all(
            sum(e.opens(s, t, float(tried)) for e, s, t in told[home]) >= least * len(told[home])
            for home, least in ((False, RECALL), (True, AT_HOME))
        ):
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


def dangers(rows: Sequence[dict[str, Any]], told: Sequence[bool]) -> list[str]:
    """How many emergencies the second score knows that has not seen them, and how many other reports it takes for one."""
    lines = []
    for name, chosen in (("strangers' turns", {*WRITERS}), ("home-made lessons", {"train"})):
        for metric, wanted in (
            ("emergencies known by the score alone", True),
            ("others taken for one", False),
        ):
            found = [
                float(taken)
                for row, taken in zip(rows, told, strict=True)
                if row["part"] in chosen and row["kind"] != "none" and (row["kind"] == "emergency") is wanted
            ]
            i = bootstrap(found)
            lines.append(f"{name}: {metric} {i.value:.3f} ({i.low:.3f} to {i.high:.3f}), n {len(found)}")
    return lines


def main() -> None:
    """Learn and write the weights; say what the turns show that their model had not seen."""
    rows = lessons()
    taught = teach(rows)
    both = [
        (name, weight, taught.urgent.weights[name]) for name, weight in sorted(taught.report.weights.items())
    ]
    head = (
        "# Weights of guardrails/safety/likeness.py, written by `python -m eval.report_lessons`; not edited by hand.\n"
        f"# Learned on {taught.turns} turns of eval/safety and questions of eval/abstention, all invented. The whole intake on turns\n"
        f"# whose writer its model had not seen: recall {taught.recall:.3f}, false alarms {taught.false_alarms:.3f} at this threshold.\n"
        "# Each sign has two weights: that a turn reports something, and that a report is of a life in danger.\n"
        f"threshold: {taught.threshold:.3f}\n"
    )
    scores = "".join(
        f"{name}:\n  intercept: {each.intercept:.3f}\n  vector: {' '.join(f'{weight:.3f}' for weight in each.vector)}\n"
        for name, each in (("report", taught.report), ("urgent", taught.urgent))
    )
    lines = "".join(
        f"  {name} {one:.2f} {other:.2f}\n" for name, one, other in both if max(abs(one), abs(other)) >= _KEPT
    )
    WEIGHTS.write_text(head + scores + "weights: |\n" + lines, encoding="utf-8")
    print(head, *figures(rows, taught.opened), *dangers(rows, taught.in_danger), sep="\n")


if __name__ == "__main__":
    main()
