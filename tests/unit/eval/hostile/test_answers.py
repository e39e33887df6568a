"""What the lying model answers has the shape that was asked for, and its own account of the lies is right."""

import random
from dataclasses import replace

import pytest

from eval.hostile.answers import answer
from eval.hostile.asked import Asked, Sentence, read_request
from eval.hostile.sins import LIES
from prompts.contracts import CONTRACTS

ASKED = Asked(
    contract="Quiz",
    language="en",
    product="Velmora",
    sentences=tuple(
        Sentence("P1", "Label, 4.2 Posology", f"The recommended dose of Velmora in group {n} is {n} mg once daily for {n + 2} weeks.")
        for n in range(3, 12)
    ),
    repair=False,
    structured="json_schema",
    user="",
)  # fmt: skip


@pytest.mark.parametrize("contract", ["KeyMoments", "Quiz", "Email", "Brief"])
def test_an_answer_has_the_shape_of_its_contract(contract: str) -> None:
    shapes = {shape.__name__: shape for shape in CONTRACTS.values()}
    for seed in range(20):
        made, _, _ = answer(replace(ASKED, contract=contract), LIES, 0.5, random.Random(seed))
        shapes[contract].model_validate(made)


def test_a_wrong_key_points_to_a_value_that_the_source_does_not_give() -> None:
    asking = [
        question
        for seed in range(30)
        for question in answer(ASKED, ("wrong_key",), 1.0, random.Random(seed))[2]
        if question.sin == "wrong_key"
    ]
    assert asking
    for question in asking:
        gap = question.options[question.key]
        assert question.stem.replace("____", gap) != question.feedback.source.text
        assert gap in question.options


def test_a_request_is_read_as_a_model_reads_it() -> None:
    user = (
        "Task: key moments on Velmora, EU.\n<<<PASSAGE P7 | Label, 4.2\n"
        "The recommended starting dose of Velmora in adults is 5 mg once daily. It is taken.\nPASSAGE P7>>>"
    )
    body = {
        "messages": [{"role": "system", "content": "Write in French."}, {"role": "user", "content": user}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "KeyMoments"}},
    }
    asked = read_request(body)
    assert (asked.contract, asked.language, asked.product, asked.repair) == (
        "KeyMoments",
        "fr",
        "Velmora",
        False,
    )
    assert [(s.key, s.text) for s in asked.sentences] == [
        ("P7", "The recommended starting dose of Velmora in adults is 5 mg once daily.")
    ]
