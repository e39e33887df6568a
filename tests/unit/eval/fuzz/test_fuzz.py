"""A slice of the spoilt files: each ends in a typed refusal or in a reading that holds together."""

from dataclasses import replace

import pytest

from eval.fuzz.invariants import broken
from eval.fuzz.mutate import case
from eval.fuzz.run import run
from eval.fuzz.seeds import sample_seeds
from ingestion.model import Box, Page, Reading, Rectangle, Sentence
from ingestion.model import PageSpan as Span
from ingestion.worker import WorkerPool

SECONDS = 30.0


def test_a_hundred_and_fifty_spoilt_files_end_in_a_stated_way() -> None:
    seeds = sample_seeds()
    with WorkerPool(processes=1, seconds=SECONDS) as pool:
        outcomes = run((case(seeds, number) for number in range(150)), pool, SECONDS)
    assert [outcome for outcome in outcomes if not outcome.good] == []
    assert len({outcome.code for outcome in outcomes}) > 3


def test_the_same_number_gives_the_same_file() -> None:
    seeds = sample_seeds()
    for number in range(20):
        assert case(seeds, number) == case(seeds, number)
    assert case(seeds, 1, seed=0) != case(seeds, 1, seed=1)


SOUND = Reading(
    "0" * 64,
    "1",
    "pdf",
    (Page(1, "One dose.", boxes=(Box(0, 3, Rectangle(1, 1, 9, 9)),), width=100, height=100),),
    (Sentence(0, "One dose.", "sentence", "body", (Span(1, 0, 9),)),),
)


def page(**changes: object) -> Reading:
    return replace(SOUND, pages=(replace(SOUND.pages[0], **changes),))  # type: ignore[arg-type]


def sentence(**changes: object) -> Reading:
    return replace(SOUND, sentences=(replace(SOUND.sentences[0], **changes),))  # type: ignore[arg-type]


def test_a_sound_reading_breaks_nothing() -> None:
    assert broken(SOUND, ()) == []


@pytest.mark.parametrize(
    ("reading", "fault"),
    [
        (page(title="a\x00b"), "a zero character"),
        (page(title="\ud800"), "a lone surrogate"),
        (page(width=float("inf")), "a number that is none"),
        (page(text="One."), "a sentence outside the page's text"),
        (page(text="Two dose."), "a sentence that its pages do not say"),
        (page(boxes=(Box(0, 30, Rectangle(1, 1, 9, 9)),)), "a box outside the text"),
        (page(boxes=(Box(0, 3, Rectangle(1, 1, 900, 9)),)), "a box outside the page"),
        (page(boxes=(Box(0, 3, Rectangle(9, 1, 9, 9)),)), "a box without area"),
        (sentence(ordinal=4), "sentences not numbered in order"),
        (sentence(parts=()), "a sentence without place or words"),
    ],
)
def test_each_fault_is_named(reading: Reading, fault: str) -> None:
    assert [found.partition(":")[0] for found in broken(reading, ())] == [fault]
