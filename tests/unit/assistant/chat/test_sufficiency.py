"""The learned rule of abstention: what it measures of the evidence, and where it comes from."""

import hashlib
from pathlib import Path

from assistant.chat import sufficiency
from assistant.chat.answering import Rarity
from assistant.chat.sufficiency import FEATURES, features_of, judge, rule_file
from assistant.retrieval.search import Looked
from guardrails.model import Evidence, Locator

SAID = "The recommended starting dose is 10 mg once daily. Serum potassium is measured after one week."
RARITY = Rarity(
    50,
    {
        "recommend": 5,
        "start": 4,
        "dose": 9,
        "10": 3,
        "mg": 9,
        "serum": 4,
        "potassium": 4,
        "measur": 3,
        "week": 3,
    },
)


def evidence(text: str = SAID) -> Evidence:
    return Evidence(
        passage="p1", source="s1", reading="r1", title="Label", source_kind="label", language="en", text=text,
        heading="4.2 Posology", section=("4.2 Posology",), layer="body", parts=(), locator=Locator(page=1),
        sentences=(), scores={"fused": 1.0},
    )  # fmt: skip


def measured(question: str, rarity: Rarity = RARITY) -> dict[str, float]:
    return features_of(question, ("Velmora",), Looked(evidence=(evidence(),)), rarity)


def test_a_question_whose_words_stand_in_the_evidence_is_covered() -> None:
    told = measured("serum potassium week")
    assert told["best"] == 1.0
    assert told["absent"] == 0.0


def test_a_word_that_stands_in_no_document_is_absent() -> None:
    assert measured("serum potassium dengue")["absent"] > measured("serum potassium week")["absent"]


def test_shorthand_counts_as_what_it_stands_for() -> None:
    assert measured("K serum ?")["absent"] == 0.0


def test_another_medicines_name_is_noticed() -> None:
    assert measured("palbociclib dose")["unknown_name"] == 1.0
    assert measured("starting dose")["unknown_name"] == 0.0


def test_no_evidence_is_never_enough() -> None:
    found = judge("starting dose", ("Velmora",), Looked(), RARITY)
    assert not found.enough
    assert set(found.features) == set(FEATURES)


def test_the_rule_was_learnt_on_the_set_that_is_committed() -> None:
    dev = Path(sufficiency.__file__).parents[2] / "eval" / "abstention" / "dev.yaml"
    assert rule_file()["sha256"] == hashlib.sha256(dev.read_bytes()).hexdigest()
    assert {"version", "data", "date", "code"} <= rule_file().keys()
    assert all(set(rule["weights"]) == set(FEATURES) for rule in rule_file()["tiers"].values())
