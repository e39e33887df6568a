"""GR10: of a source under a publisher's licence a text for others holds its reference and short quotations."""

import pytest

from guardrails.model import Qualification
from tests.unit.guardrails.builders import context, document, evidence, facts, found, says, statement

LONG = (
    "Velmora lowered the rate of events " + "in adults with chronic heart failure and a reduced fraction " * 5
)
SHORT = [f"Velmora lowered the rate of events in group {number}." for number in "ABCDE"]
NARROW = facts(display_right="reference_only")


def test_a_long_quotation_is_blocked_for_good() -> None:
    passage = evidence(LONG)
    findings = found("GR10", document(statement(LONG, LONG, of=passage)), context(passage, source=NARROW))
    assert [f.severity for f in findings] == ["block"]
    assert not findings[0].overridable
    assert "short quotations only" in findings[0].message("en")


def test_the_fourth_short_quotation_is_one_too_many() -> None:
    passage = evidence(*SHORT)
    piece = document(*(statement(text, text, of=passage) for text in SHORT))
    assert len(says("GR10", piece, context(passage, source=NARROW))) == 2


@pytest.mark.parametrize("right", ["in_house", "page_picture", "handout"])
def test_other_rights_bear_long_quotations(right: str) -> None:
    passage = evidence(LONG)
    piece = document(statement(LONG, LONG, of=passage))
    assert says("GR10", piece, context(passage, source=facts(display_right=right))) == []


def test_it_holds_in_a_chat_answer_and_not_inside_the_company() -> None:
    from guardrails.runner import run

    passage = evidence(LONG)
    piece = document(statement(LONG, LONG, of=passage), kind="answer")
    wanted: list[tuple[Qualification, str]] = [("reactive_medical", "block"), ("internal", "pass")]
    for qualification, verdict in wanted:
        ctx = context(passage, source=NARROW, stage="turn", qualification=qualification)
        assert (run(piece, ctx).verdicts[piece.segments[0].id] == "block") == (verdict == "block")
