from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from assistant.review.reading import in_order, stop_of, stops
from guardrails.model import Segment, SegmentKind

ROLES = (
    "title",
    "subject",
    "mention",
    "footer",
    "section",
    "question",
    "key",
    "distractor",
    "greeting",
    "dose",
)


def segment(identity: str, kind: SegmentKind, role: str, group: str = "") -> Segment:
    return Segment(identity, kind, role, "Text", "en", group)


@st.composite
def texts(draw: st.DrawFn) -> list[Segment]:
    return [
        segment(
            f"x{at}",
            draw(st.sampled_from(get_args(SegmentKind))),
            draw(st.sampled_from(ROLES)),
            draw(st.sampled_from(("", "g1", "g2"))),
        )
        for at in range(draw(st.integers(0, 12)))
    ]


@given(texts())
def test_every_segment_is_read_once(segments: list[Segment]) -> None:
    assert sorted(s.id for s in in_order(segments)) == sorted(s.id for s in segments)
    assert [s for stop in stops(segments) for s in stop] == in_order(segments)


@given(texts())
def test_every_segment_is_found_at_its_stop(segments: list[Segment]) -> None:
    for one in segments:
        assert one in stop_of(segments, one.id)
    assert stop_of(segments, "none") == ()


def test_the_head_comes_first_the_foot_last_and_a_question_stands_before_its_answers_and_explanation() -> (
    None
):
    quiz = [
        segment("m", "fragment", "mention"),
        segment("s", "statement", "feedback", "q1"),
        segment("o1", "option", "key", "q1"),
        segment("q", "question", "question", "q1"),
        segment("o2", "option", "distractor", "q1"),
        segment("t", "structure", "title"),
    ]
    assert [[s.id for s in stop] for stop in stops(quiz)] == [["t"], ["q", "o1", "o2"], ["s"], ["m"]]


def test_a_token_stands_on_the_line_of_its_role_and_alone_where_there_is_none() -> None:
    mail = [
        segment("g", "structure", "greeting"),
        segment("k1", "token", "greeting"),
        segment("c", "structure", "closing"),
        segment("k2", "token", "sender"),
    ]
    assert [[s.id for s in stop] for stop in stops(mail)] == [["g", "k1"], ["c"], ["k2"]]
