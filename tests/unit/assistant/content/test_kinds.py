from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from assistant.content import brief, email, key_moments, quiz
from assistant.content.material import Material, UsedSource, written_date
from assistant.content.verification import verified
from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.protocol import Task
from guardrails.model import Document, Language, PieceKind
from tests.builders.labels import ENGLISH, FRENCH, label_evidence

COMPOSE: dict[PieceKind, Callable[[Material], Document]] = {
    "key-moments": key_moments.compose,
    "quiz": quiz.compose,
    "email": email.compose,
    "brief": brief.compose,
}
SHEET: Mapping[str, Any] = {
    "brand": "Velmora",
    "holder": "Laboratoires Aubrac",
    "mentions": {"FR": {"fr": [{"key": "class", "text": "Liste I."}, {"key": "price", "text": "41,40 €"}]}},
}


def document(
    kind: PieceKind, language: Language = "en", sheet: Mapping[str, Any] = SHEET, **changes: Any
) -> Document:
    evidence = label_evidence(FRENCH if language == "fr" else ENGLISH, language=language)
    proposal = ExtractiveEngine().propose(Task(kind, language, ("Velmora",)), evidence)
    found = verified(proposal, {item.passage: item for item in evidence}, language, lambda citation: citation)
    values: dict[str, Any] = {
        "kind": kind,
        "language": language,
        "market": "FR",
        "qualification": "internal" if kind == "brief" else "promotional",
        "product": "Velmora",
        "sheet": sheet,
        "topic": None,
        "today": date(2026, 3, 1),
        "statements": found.statements,
        "questions": found.questions,
        "sources": [UsedSource("source_1", "Velmora label", "label", date(2025, 2, 14))],
    }
    return COMPOSE[kind](Material(**{**values, **changes}))


@pytest.mark.parametrize("kind", COMPOSE)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_factual_sentence_enters_uncited(kind: PieceKind, language: Language) -> None:
    made = document(kind, language)
    statements = [segment for segment in made.segments if segment.kind == "statement"]
    assert statements
    assert all(segment.citations for segment in statements)


@pytest.mark.parametrize("kind", COMPOSE)
def test_every_segment_has_an_id_of_its_own(kind: PieceKind) -> None:
    ids = [segment.id for segment in document(kind).segments]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["key-moments", "quiz", "email"])
def test_promotional_pieces_carry_the_mentions_of_the_sheet(kind: PieceKind) -> None:
    mentions = [s for s in document(kind, "fr").segments if s.role == "mention"]
    assert [s.text for s in mentions] == ["Liste I.", "41,40 €"]
    assert all(s.kind == "fragment" and s.fragment and s.fragment.startswith("mention:") for s in mentions)


def test_a_changed_sheet_changes_the_version_of_its_mentions() -> None:
    def versions(sheet: Mapping[str, Any]) -> set[str | None]:
        return {s.fragment for s in document("email", "fr", sheet).segments if s.role == "mention"}

    assert versions(SHEET).isdisjoint(versions({**SHEET, "holder": "Another"}))


def test_a_sheet_without_mentions_never_stops_a_draft() -> None:
    assert not [s for s in document("email", "fr", {}).segments if s.role == "mention"]


def test_an_internal_piece_carries_no_mentions() -> None:
    assert not [s for s in document("brief", "fr").segments if s.role == "mention"]


def test_the_subject_of_an_email_is_short_whatever_the_product_is_called() -> None:
    made = document("email", product="A medicine with a name that goes on for very much too long")
    subject = next(s.text for s in made.segments if s.role == "subject")
    assert len(subject) <= email.LONGEST_SUBJECT


def test_an_email_greets_by_token_and_offers_a_way_out() -> None:
    tokens = {s.text for s in document("email").segments if s.kind == "token"}
    assert tokens == {"{{recipient_name}}", "{{unsubscribe_product_link}}"}


def test_each_question_has_one_key_and_a_statement_that_proves_it() -> None:
    made = document("quiz")
    groups = {s.group for s in made.segments if s.kind == "question"}
    for name in groups:
        group = made.group(name)
        assert [s.role for s in group].count("key") == 1
        assert [s.role for s in group].count("feedback") == 1


def test_a_brief_says_what_must_not_be_said() -> None:
    assert len([s for s in document("brief", "fr").segments if s.role == "avoid"]) >= 3


def test_a_title_that_states_a_fact_is_not_used_as_a_heading() -> None:
    loud = UsedSource("source_1", "Velmora reduces deaths by 23% versus placebo", "paper", date(2026, 3, 1))
    made = document("brief", sources=[loud])
    assert "Scientific paper, approved on 1 March 2026" in [s.text for s in made.segments]
    assert loud.title not in [s.text for s in made.segments]


def test_a_topic_that_states_a_fact_steers_and_stands_in_no_title() -> None:
    values = {"statements": (), "questions": (), "sources": ()}
    loaded = Material(
        "brief", "en", "FR", "internal", "Velmora", {}, "23% fewer deaths", date(2026, 3, 1), **values
    )
    assert loaded.without_loaded_topic().topic is None


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        (date(2026, 3, 1), "fr", "1er mars 2026"),
        (date(2026, 8, 12), "fr", "12 août 2026"),
        (date(2026, 3, 1), "en", "1 March 2026"),
    ],
)
def test_dates_are_written_out(day: date, language: Language, written: str) -> None:
    assert written_date(day, language) == written
