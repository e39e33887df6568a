"""A document in the order in which its readers read it, and what of it is read in one go."""

from collections.abc import Iterable, Sequence
from itertools import chain

from assistant.review.layout import FOOTER, HEAD
from guardrails.model import Segment


def in_order(segments: Sequence[Segment]) -> list[Segment]:
    """Every segment once: the head, the body with each question's group gathered at its question, the foot."""
    head = sorted((s for s in segments if s.role in HEAD), key=lambda s: HEAD.index(s.role))
    body = [s for s in segments if s.role not in HEAD and s.role not in FOOTER]
    foot = [s for s in segments if s.role in FOOTER]
    return [*head, *chain.from_iterable(_gathered(body)), *foot]


def stops(segments: Sequence[Segment]) -> list[tuple[Segment, ...]]:
    """Where a reviewer stops, in order: a question with its answers, a line with the tokens on it, else one segment."""
    made: list[list[Segment]] = []
    for segment in in_order(segments):
        last = made[-1] if made else None
        if last is not None and _belongs(segment, last):
            last.append(segment)
        else:
            made.append([segment])
    return [tuple(stop) for stop in made]


def stop_of(segments: Sequence[Segment], lineage: str) -> tuple[Segment, ...]:
    """The stop at which the segment with that lineage is read; empty where there is none."""
    return next((stop for stop in stops(segments) if any(s.id == lineage for s in stop)), ())


def _gathered(body: Sequence[Segment]) -> Iterable[Sequence[Segment]]:
    questions = {s.group for s in body if s.kind == "question" and s.group}
    done: set[str] = set()
    for segment in body:
        if segment.group not in questions:
            yield (segment,)
        elif segment.group not in done:
            done.add(segment.group)
            group = [s for s in body if s.group == segment.group]
            yield sorted(group, key=lambda s: _IN_A_QUESTION.get(s.kind, len(_IN_A_QUESTION)))


_IN_A_QUESTION = {"question": 0, "option": 1}


def _belongs(segment: Segment, stop: Sequence[Segment]) -> bool:
    if segment.kind == "option":
        return bool(segment.group) and stop[0].kind == "question" and stop[0].group == segment.group
    return segment.kind == "token" and stop[-1].role == segment.role
