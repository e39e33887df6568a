"""The learned rules of abstention: where they come from, and what they can judge."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.chat import sufficiency
from assistant.chat.sufficiency import FEATURES, rule_file

EVAL = Path(sufficiency.__file__).parents[2] / "eval" / "abstention"


def test_the_rules_were_learnt_on_the_questions_that_are_committed() -> None:
    assert set(rule_file()["sha256"]) == {"train", "dev", "strangers", "blind2", "blind"}
    assert _are_committed(rule_file()["sha256"])
    assert {"version", "data", "date", "code", "left_out"} <= rule_file().keys()


def test_thresholds_that_were_set_again_say_when_and_on_which_questions() -> None:
    again = rule_file()["thresholds"]
    assert again["date"] == rule_file()["version"]
    assert {"strangers2", "strangers3"} <= again["sha256"].keys()
    assert _are_committed(again["sha256"])


def _are_committed(sums: Mapping[str, str]) -> bool:
    return all(
        hashlib.sha256((EVAL / f"{split}.yaml").read_bytes()).hexdigest() == digest
        for split, digest in sums.items()
    )


@pytest.mark.parametrize("tier", ["fast", "better"])
def test_there_is_a_rule_for_every_state_that_a_home_may_be_in(tier: str) -> None:
    rule = rule_file()["tiers"][tier]
    assert set(rule["weights"]) == set(rule["means"]) == set(rule["scales"]) == set(FEATURES)
    assert 0 < rule["threshold"] < 1
    assert all(scale > 0 for scale in rule["scales"].values())
