"""What the suite of drafts counts as a lie that passed."""

from eval.hostile.asked import Sentence
from eval.hostile.server import Answered
from eval.hostile.sins import Told
from eval.suites.drafts import Tally, compare

TEXT = "Cardorelone is taken once daily."
SENTENCE = Sentence("P1", "Label | 4.2", TEXT)
LIE = Told("invented_key", "unknown key", TEXT, (("P999", TEXT),), SENTENCE)
TRUE = Told("honest", "verbatim", TEXT, (("P1", TEXT),), SENTENCE)
SHOWN = {
    "statements": [{"text": TEXT, "role": "dose", "verdict": "pass", "citations": [{"quote": TEXT}]}],
    "rejected": [],
}


def counted(*told: Told) -> Tally:
    tally = Tally()
    compare([Answered(1, "KeyMoments", repair=False, structured="json_schema", told=told)], SHOWN, tally)
    return tally


def test_a_lie_that_stands_is_counted() -> None:
    assert len(counted(LIE).slipped) == 1


def test_what_stands_is_the_true_statement_where_the_same_was_told_with_its_own_key() -> None:
    tally = counted(LIE, TRUE)
    assert tally.slipped == []
    assert tally.outcomes["invented_key"] == {"stopped": 1}
    assert tally.outcomes["honest"] == {"pass": 1}
