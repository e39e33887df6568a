"""What the suite of drafts counts as a lie that passed."""

import pytest

from eval.hostile.asked import Sentence, read_request
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


BEFORE = "Hypotension was reported in 101 patients."
IT = "It was more frequent in patients with a low blood pressure."
TOLD_ALONE = Told(
    "anaphora",
    "told alone",
    IT,
    (("P1", IT),),
    Sentence("P1", "Label | 4.8", IT, leans="anaphora", behind=BEFORE),
)


def _shown(*texts: str) -> dict[str, list[dict[str, object]]]:
    stated = [
        {"text": text, "role": "safety", "verdict": "pass", "citations": [{"quote": text}]} for text in texts
    ]
    return {"statements": stated, "rejected": []}


@pytest.mark.parametrize(
    ("texts", "slipped"), [((BEFORE, IT), 0), ((TEXT, IT), 1), ((IT, BEFORE), 1), ((BEFORE, TEXT, IT), 1)]
)
def test_what_leans_on_the_sentence_before_it_is_no_lie_where_the_piece_tells_that_before_it(
    texts: tuple[str, ...], slipped: int
) -> None:
    tally = Tally()
    answered = Answered(1, "KeyMoments", repair=False, structured="json_schema", told=(TOLD_ALONE,))
    compare([answered], _shown(*texts), tally)
    assert len(tally.slipped) == slipped


def test_a_request_says_what_a_leaning_sentence_stands_behind() -> None:
    user = f"<<<PASSAGE P1 | Label, 4.8\n{BEFORE} {IT}\nPASSAGE P1>>>"
    asked = read_request({"messages": [{"role": "user", "content": user}]})
    assert [(one.text, one.behind) for one in asked.leaning] == [(IT, BEFORE)]
