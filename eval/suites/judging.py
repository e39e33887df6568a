"""How well the embedded judge tells a carried claim from one that is not, beside the strongest single signal."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from eval.claims import Claim, checksum, load_medhallu, load_pairs, load_scifact, load_unseen_pairs
from eval.learning import Matrix, balanced_accuracy, best_calls, learn, out_of_fold
from eval.metrics import Interval, balanced_accuracy_by_group, lead_by_group, share_of
from eval.model_judging import model_judge, model_rows
from guardrails.judge import MeaningJudge, SignalsJudge
from guardrails.signals import signals

_EVEN = 0.5


def judge_rows(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Balanced accuracy by folds that keep a claim (a writer, of the shipped pairs) together, of the strongest single signal,
    of the shipped weights on sets that they never saw, and of the model of the settings, or else of the small one that is installed.
    """
    with model_judge() as model:
        return _rows_of(data, model, say)


def _rows_of(data: Path, model: MeaningJudge | None, say: Callable[[str], None]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    sets = {
        "shipped_pairs": load_pairs(),
        "unseen_pairs": load_unseen_pairs(),
        "scifact_evidence": load_scifact(data),
        "medhallu": load_medhallu(data),
    }
    for name, claims in sets.items():
        if not claims:
            say(f"{name} is not in {data}: left out.")
            continue
        rows += _signal_rows(name, claims, say)
        if model is not None and not name.endswith("_pairs"):
            rows += model_rows(name, claims, model, say)
    return rows


def _signal_rows(name: str, claims: tuple[Claim, ...], say: Callable[[str], None]) -> list[dict[str, Any]]:
    names, columns, labels = _columns(claims)
    carried, groups = labels == 1, [claim.group for claim in claims]
    shipped = name == "shipped_pairs"
    writers = [claim.writer for claim in claims]
    told = (
        out_of_fold(names, columns, labels, writers, len(set(writers)))
        if shipped
        else out_of_fold(names, columns, labels, groups)
    )
    singles = {n: best_calls(labels, columns[:, at]) for at, n in enumerate(names)}
    strongest = max(singles, key=lambda n: balanced_accuracy(labels, singles[n]))
    say(f"{name}: the strongest single signal is {strongest}.")
    split = "each writer left out" if shipped else "train, folds by claim"

    def row(system: str, metric: str, value: Interval) -> dict[str, Any]:
        return {"dataset": name, "split": split, "system": system, "metric": metric, **value.as_figures()}

    positive = told >= _EVEN
    rows = [
        row(
            "signals_out_of_fold", "balanced_accuracy", balanced_accuracy_by_group(carried, positive, groups)
        ),
        row(
            "strongest_single_signal",
            "balanced_accuracy",
            balanced_accuracy_by_group(carried, singles[strongest], groups),
        ),
        row(
            "signals_out_of_fold",
            "lead over the strongest single signal",
            lead_by_group(carried, positive, singles[strongest], groups),
        ),
        row("signals_out_of_fold", "precision_of_doubt", share_of(~carried[~positive])),
        row("signals_out_of_fold", "recall_of_doubt", share_of(~positive[~carried])),
    ]
    if not shipped:  # the shipped weights were learned there
        scores = _shipped(claims)
        judged = np.array([score is not None for score in scores])
        likely = np.array([score is not None and score >= _EVEN for score in scores])
        kept = [group for group, is_judged in zip(groups, judged, strict=True) if is_judged]
        rows += [
            row(
                "signals_shipped",
                "balanced_accuracy",
                balanced_accuracy_by_group(carried[judged], likely[judged], kept),
            ),
            row("signals_shipped", "share_not_judged", share_of(~judged)),
        ]
    return rows


def learn_judge(target: Path) -> None:
    """Learn the shipped weights from the shipped pairs and write them with where they come from."""
    claims = load_pairs()
    names, columns, labels = _columns(claims)
    learned = learn(names, columns, labels)
    farthest = (((columns - learned.mean) / learned.deviation) ** 2).mean(axis=1).max()
    head = {
        "version": f"2-{checksum(claims)[:8]}",
        "learned_from": "eval/adversarial: statements in other words and wrong ones beside their quotes, both languages",
        "sha256_of_claims": checksum(claims),
        "claims": len(claims),
        "learned_on": datetime.now(UTC).date().isoformat(),
        "farthest": round(float(farthest), 3),
    }
    text = yaml.safe_dump({**head, **learned.as_data()}, sort_keys=False, allow_unicode=True)
    target.write_text(
        "# Weights of the embedded judge; made by `python -m eval.suites.judging`.\n" + text, "utf-8"
    )


def _columns(claims: tuple[Claim, ...]) -> tuple[tuple[str, ...], Matrix, Matrix]:
    found = [signals(claim.statement, claim.language, [claim.text]) for claim in claims]
    names = tuple(found[0])
    return (
        names,
        np.array([[f[n] for n in names] for f in found]),
        np.array([float(c.carried) for c in claims]),
    )


def _shipped(claims: tuple[Claim, ...]) -> list[float | None]:
    judge = SignalsJudge()
    return [
        judge.judge(claim.statement, claim.language, [(claim.text, claim.language)]).score for claim in claims
    ]


if __name__ == "__main__":
    learn_judge(Path(__file__).parents[2] / "guardrails" / "judge.yaml")
