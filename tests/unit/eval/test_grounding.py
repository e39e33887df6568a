from pathlib import Path

import pytest

from eval.judged import judge
from eval.suites.grounding import run


def test_a_true_sentence_passes_a_reworded_one_waits_and_a_wrong_one_is_blocked() -> None:
    quote = "The recommended starting dose is 10 mg once daily."
    assert judge(quote, "en", [quote], "en") == "pass"
    assert (
        judge("Treatment starts with the recommended dose of 10 mg once daily.", "en", [quote], "en")
        == "needs_review"
    )
    assert judge("The recommended starting dose is 20 mg once daily.", "en", [quote], "en") == "block"


@pytest.mark.timeout(900)  # two programs of corruptions, every shipped set: minutes, and no test of speed
def test_the_gates_on_the_shipped_sample_hold(tmp_path: Path) -> None:
    said: list[str] = []
    rows = run(tmp_path, said.append, sentences=40, of_kind=3)
    told = {(row["dataset"], row["split"], row["metric"]): row["value"] for row in rows}
    assert told["true", "both", "share_block"] == 0
    assert told["true", "both", "share_needs_review"] <= 0.05, (
        "told alone, some lean on what stands beside them"
    )
    assert told["rewording", "both", "share_block"] <= 0.08
    for kind in ("numbers", "units", "names", "negation", "direction", "citations"):
        assert told[f"corrupted:{kind}", "both", "share_block"] >= 0.95, kind
        assert told[f"corrupted:{kind}", "both", "share_pass"] == 0, kind
    assert any("left out" in line for line in said)
