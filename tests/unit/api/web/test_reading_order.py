from dataclasses import replace
from typing import Any

from api.web.reading_order import by_gravity, counts, rows
from guardrails.model import Document, Segment

QUIZ = Document(
    "quiz",
    "en",
    "Quiz",
    (
        Segment("t1", "structure", "title", "Quiz", "en"),
        Segment("t2", "structure", "theme", "Posology", "en"),
        Segment("q1", "question", "question", "What is the dose?", "en", group="g1"),
        Segment("o1", "option", "distractor", "5 mg", "en", group="g1"),
        Segment("o2", "option", "key", "10 mg", "en", group="g1"),
        Segment("s1", "statement", "feedback", "The dose is 10 mg.", "en", group="g1"),
        Segment("s2", "statement", "safety", "It may harm.", "en"),
    ),
)


def finding(where: str, severity: str = "block") -> dict[str, Any]:
    return {"rule": "GR1", "severity": severity, "where": where, "message": "m"}


def test_a_question_stands_with_its_answers_and_the_right_one_is_known() -> None:
    question = rows(QUIZ, {}, [])[2]
    assert [(o.letter, o.text, o.right) for o in question.options] == [
        ("A", "5 mg", False),
        ("B", "10 mg", True),
    ]


def test_statements_are_numbered_and_nothing_else_is() -> None:
    assert [(row.segment.id, row.number) for row in rows(QUIZ, {}, []) if row.number] == [
        ("s1", 1),
        ("s2", 2),
    ]


def test_a_finding_on_an_answer_shows_at_its_question() -> None:
    shown = rows(QUIZ, {}, [finding("o2"), finding("s1"), finding("piece")])
    assert [(row.segment.id, len(row.findings)) for row in shown if row.findings] == [("q1", 1), ("s1", 1)]


def test_a_text_needs_a_look_while_something_was_found_on_it_or_its_answers_and_nobody_attested_it() -> None:
    found = [finding("o2", "needs_review"), finding("t1", "info"), finding("t2", "warn")]
    found.append(finding("s2", "needs_review"))
    shown = rows(QUIZ, {}, found, ["s2"])
    assert [row.segment.id for row in shown if row.needs_look] == ["t2", "q1"]
    assert shown[2].places == ("q1", "o1", "o2")


def test_an_attested_question_hides_nothing_of_its_answers_and_no_attestation_what_blocks() -> None:
    found = [
        finding("q1", "needs_review"),
        finding("o2", "needs_review"),
        finding("s2"),
        finding("s1", "warn"),
    ]
    shown = rows(QUIZ, {}, found, ["q1", "s1", "s2"])
    assert [row.segment.id for row in shown if row.needs_look] == ["q1", "s2"]
    assert [one["where"] for row in shown for one in row.unsettled] == ["o2", "s2"]
    assert [row.segment.id for row in rows(QUIZ, {}, found, ["q1", "o2"]) if row.needs_look] == ["s1", "s2"]


def test_every_segment_of_the_document_has_its_place() -> None:
    assert {place for row in rows(QUIZ, {}, []) for place in row.places} == {s.id for s in QUIZ.segments}


def test_each_text_has_the_shape_in_which_it_is_read() -> None:
    mention = Segment("m1", "fragment", "mention", "Report it.", "en")
    shown = rows(replace(QUIZ, segments=(mention, *QUIZ.segments)), {}, [])
    assert [(row.segment.id, row.shape) for row in shown] == [
        ("t1", "title"),
        ("t2", "heading"),
        ("q1", "question"),
        ("s1", "text"),
        ("s2", "text"),
        ("m1", "foot"),
    ]


def test_a_statement_shows_its_verdict_and_whether_it_is_attested() -> None:
    last = rows(QUIZ, {"s2": "needs_review"}, [], ["s2"])[-1]
    assert (last.verdict, last.attested, last.carries) == ("needs_review", True, True)


def test_headings_stand_above_and_need_no_name() -> None:
    title, theme = rows(QUIZ, {}, [])[:2]
    assert (title.is_heading, title.is_named) == (False, True)
    assert (theme.is_heading, theme.is_named) == (True, False)


def test_the_gravest_findings_come_first() -> None:
    found = [finding("a", "info"), finding("b", "block"), finding("c", "warn"), finding("d", "block")]
    assert [f["where"] for f in by_gravity(found)] == ["b", "d", "c", "a"]
    assert counts(found) == [("block", 2), ("warn", 1), ("info", 1)]
