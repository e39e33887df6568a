"""How well the embedded judge tells a carried claim from one that is not, beside the strongest single signal."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from eval.claims import Claim, checksum, load_medhallu, load_scifact
from eval.learning import Matrix, balanced_accuracy, best_threshold, learn, out_of_fold
from guardrails.judge import SignalsJudge
from guardrails.signals import signals

_EVEN = 0.5


def judge_rows(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Balanced accuracy by folds that keep a claim together, and of the shipped weights on the set they never saw."""
    rows: list[dict[str, Any]] = []
    for name, claims in (("scifact_evidence", load_scifact(data)), ("medhallu", load_medhallu(data))):
        if not claims:
            say(f"{name} is not in {data}: left out.")
            continue
        names, columns, labels = _columns(claims)
        told = out_of_fold(names, columns, labels, [claim.group for claim in claims])
        singles = {n: best_threshold(labels, columns[:, at]) for at, n in enumerate(names)}
        strongest = max(singles, key=lambda n: singles[n])
        say(f"{name}: the strongest single signal is {strongest}.")
        positive = told >= _EVEN
        shipped = _shipped(claims)
        found = {
            "signals_out_of_fold": balanced_accuracy(labels, positive),
            "strongest_single_signal": singles[strongest],
        }
        if name != "scifact_evidence":  # the shipped weights were learned there
            found["signals_shipped"] = balanced_accuracy(labels, shipped >= _EVEN)
        rows += [
            _row(name, system, "balanced_accuracy", value, len(claims)) for system, value in found.items()
        ]
        not_carried = labels == 0
        precision = float(not_carried[~positive].mean()) if (~positive).any() else 0.0
        rows.append(_row(name, "signals_out_of_fold", "precision_of_doubt", precision, len(claims)))
        rows.append(
            _row(
                name,
                "signals_out_of_fold",
                "recall_of_doubt",
                float((~positive)[not_carried].mean()),
                len(claims),
            )
        )
    return rows


def learn_judge(data: Path, target: Path) -> None:
    """Learn the shipped weights from SciFact's training evidence and write them with where they come from.

    Raises FileNotFoundError where the folder does not hold the set.
    """
    claims = load_scifact(data)
    if not claims:
        raise FileNotFoundError(data)
    names, columns, labels = _columns(claims)
    learned = learn(names, columns, labels)
    head = {
        "version": f"1-{checksum(claims)[:8]}",
        "learned_from": "SciFact, evidence of the training claims (CC BY 4.0, ODC-By 1.0)",
        "sha256_of_claims": checksum(claims),
        "claims": len(claims),
        "learned_on": datetime.now(UTC).date().isoformat(),
    }
    text = yaml.safe_dump({**head, **learned.as_data()}, sort_keys=False, allow_unicode=True)
    target.write_text(
        "# Weights of the embedded judge; made by `python -m eval.suites.judging DATA`.\n" + text, "utf-8"
    )


def _columns(claims: tuple[Claim, ...]) -> tuple[tuple[str, ...], Matrix, Matrix]:
    found = [signals(claim.statement, "en", [claim.text]) for claim in claims]
    names = tuple(found[0])
    return (
        names,
        np.array([[f[n] for n in names] for f in found]),
        np.array([float(c.carried) for c in claims]),
    )


def _shipped(claims: tuple[Claim, ...]) -> Matrix:
    judge = SignalsJudge()
    scores = (judge.judge(claim.statement, "en", [(claim.text, "en")]).score for claim in claims)
    return np.array([0.0 if score is None else score for score in scores])


def _row(dataset: str, system: str, metric: str, value: float, count: int) -> dict[str, Any]:
    spread = 1.96 * (value * (1 - value) / count) ** 0.5
    return {
        "dataset": dataset, "split": "train, folds by claim", "system": system, "metric": metric,
        "value": round(value, 4), "low": round(value - spread, 4), "high": round(value + spread, 4), "n": count,
    }  # fmt: skip


if __name__ == "__main__":
    import sys

    learn_judge(Path(sys.argv[1]), Path(__file__).parents[2] / "guardrails" / "judge.yaml")
