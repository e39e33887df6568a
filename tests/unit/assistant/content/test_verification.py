from assistant.content.verification import Verified, verified
from assistant.engines.protocol import Proposal, ProposedQuestion, ProposedStatement, Quote
from tests.builders.labels import label_evidence

EVIDENCE = {item.passage: item for item in label_evidence()}
DOSE = "The recommended starting dose of Velmora is 10 mg once daily."


def judged(*statements: ProposedStatement) -> Verified:
    return verified(Proposal(statements), EVIDENCE, "en", lambda citation: citation)


def test_a_quote_that_is_found_becomes_a_citation() -> None:
    (statement,) = judged(ProposedStatement("dose", DOSE, (Quote("p2", DOSE),))).statements
    assert statement.citations[0].quote == DOSE
    assert statement.wording("en") == "verbatim"


def test_a_quote_changed_by_one_number_is_rejected_and_shown() -> None:
    wrong = DOSE.replace("10", "20")
    outcome = judged(ProposedStatement("dose", wrong, (Quote("p2", wrong),)))
    assert outcome.statements == ()
    assert [(r.text, r.rule) for r in outcome.rejected] == [(wrong, "GR4")]


def test_an_unknown_passage_is_rejected() -> None:
    outcome = judged(ProposedStatement("dose", DOSE, (Quote("p99", DOSE),)))
    assert [r.reason for r in outcome.rejected] == ["unknown_passage"]


def test_a_statement_without_a_quote_is_rejected() -> None:
    assert [r.rule for r in judged(ProposedStatement("dose", DOSE, ())).rejected] == ["GR1"]


def test_a_reworded_statement_may_not_add_a_number() -> None:
    outcome = judged(
        ProposedStatement("dose", "Velmora is started at 10 mg for 6 weeks.", (Quote("p2", DOSE),))
    )
    assert [(r.rule, r.reason) for r in outcome.rejected] == [("GR3", "number_missing")]
    assert "6 weeks" in outcome.rejected[0].messages["en"]


def test_a_reworded_statement_with_its_numbers_stands_as_reworded() -> None:
    (statement,) = judged(
        ProposedStatement("dose", "Start at 10 mg once daily.", (Quote("p2", DOSE),))
    ).statements
    assert statement.wording("en") == "reworded"


def test_a_question_falls_with_its_feedback() -> None:
    feedback = ProposedStatement("dose", DOSE, (Quote("p99", DOSE),))
    question = ProposedQuestion("What is the dose?", ("5 mg", "10 mg", "20 mg"), 1, feedback)
    outcome = verified(Proposal(questions=(question,)), EVIDENCE, "en", lambda citation: citation)
    assert outcome.questions == ()
    assert len(outcome.rejected) == 1


def asked(
    *options: str, stem: str = "The recommended starting dose of Velmora is […] once daily."
) -> Verified:
    feedback = ProposedStatement("dose", DOSE, (Quote("p2", DOSE),))
    question = ProposedQuestion(stem, options, options.index("10 mg"), feedback)
    return verified(Proposal(questions=(question,)), EVIDENCE, "en", lambda citation: citation)


def test_a_gap_for_a_figure_takes_figures() -> None:
    assert len(asked("5 mg", "10 mg", "20 mg once daily", "40 mg").questions) == 1


def test_a_claim_is_no_wrong_answer_beside_figures() -> None:
    for claim in (
        "None: Velmora is safer than its rivals",
        "20 mg, since Velmora protects the heart in 9 of 10",
    ):
        outcome = asked("5 mg", "10 mg", claim, "40 mg")
        assert [r.reason for r in outcome.rejected] == ["option_of_another_kind"], claim
        assert claim in outcome.rejected[0].messages["fr"]


def test_a_question_in_words_of_its_own_may_have_an_answer_in_words() -> None:
    assert len(asked("10 mg", "None is given", stem="With which dose is Velmora started?").questions) == 1
