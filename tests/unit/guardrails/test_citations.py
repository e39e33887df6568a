from dataclasses import replace

import pytest

from guardrails.citations import ProposedCitation, Rejection, units_of, verify
from guardrails.model import Citation, Evidence, EvidenceSentence
from ingestion.model import PageSpan, PassagePart
from ingestion.text import quote_sha256
from tests.unit.guardrails.builders import INDICATION, LABEL, RESULT, SAFETY, evidence


def cite(quote: str, given: Evidence | None = None, passage: str = "p1") -> Citation | Rejection:
    of = given or evidence(*LABEL)
    return verify(ProposedCitation(passage, quote), {of.passage: of})


def reason(outcome: Citation | Rejection) -> str:
    assert isinstance(outcome, Rejection)
    return outcome.reason


def test_a_whole_sentence_is_verified_and_its_place_is_ours() -> None:
    verified = cite(RESULT)
    assert isinstance(verified, Citation)
    assert verified.quote == RESULT
    assert verified.quote_sha256 == quote_sha256(RESULT)
    start = 100 + len(INDICATION) + 1
    assert [(s.page, s.start, s.end, s.text) for s in verified.spans] == [
        (3, start, start + len(RESULT), RESULT)
    ]


def test_several_adjacent_sentences_are_verified() -> None:
    verified = cite(f"{RESULT} {SAFETY}")
    assert isinstance(verified, Citation)
    assert verified.quote.endswith(SAFETY)


def test_typography_does_not_matter_and_the_source_s_own_is_kept() -> None:
    given = evidence("L’effet est « net » à 12,5 %.", language="fr")
    verified = cite('L\'effet est "net" à 12,5 %.', given)
    assert isinstance(verified, Citation)
    assert verified.quote == given.text


def test_a_missing_full_stop_or_bullet_is_restored() -> None:
    verified = cite("• " + INDICATION.rstrip("."))
    assert isinstance(verified, Citation)
    assert verified.quote == INDICATION


def test_an_unknown_passage_is_rejected_not_dropped() -> None:
    outcome = cite(RESULT, passage="p99")
    assert reason(outcome) == "unknown_passage"
    assert isinstance(outcome, Rejection)
    assert outcome.rule == "GR1"
    assert set(outcome.messages) == {"en", "fr"}


@pytest.mark.parametrize(
    "quote",
    [
        INDICATION.replace("adults", "patients"),
        INDICATION.replace("chronic ", ""),
        RESULT.replace("0.77", "0.71"),
        "Velmora cures heart failure.",
    ],
)
def test_a_quote_changed_by_one_word_is_rejected(quote: str) -> None:
    assert reason(cite(quote)) == "quote_not_found"


@pytest.mark.parametrize(
    "quote", ["indicated in adults", "Velmora is indicated in adults", f"{INDICATION} The primary"]
)
def test_a_part_of_a_sentence_is_rejected(quote: str) -> None:
    assert reason(cite(quote)) == "part_of_a_sentence"


@pytest.mark.parametrize("quote", ["", "  ", "•", "..."])
def test_an_empty_quote_is_rejected(quote: str) -> None:
    assert reason(cite(quote)) == "empty_quote"


def test_a_heading_alone_is_no_quote() -> None:
    given = evidence("Efficacy", "It works in adults.")
    units = (replace(given.sentences[0], kind="heading"), given.sentences[1])
    assert reason(cite("Efficacy", replace(given, sentences=units))) == "heading_only"


def test_a_sentence_that_stands_inside_another_is_found_at_its_own_place() -> None:
    given = evidence("If pain persists, stop treatment.", "Stop treatment.")
    verified = cite("Stop treatment.", given)
    assert isinstance(verified, Citation)
    assert verified.spans[0].start == 100 + given.sentences[1].start


def test_a_quote_over_two_pages_has_a_span_on_each() -> None:
    given = evidence("It reduces the risk.")
    parts = (PassagePart(0, PageSpan(1, 900, 910)), PassagePart(11, PageSpan(2, 0, 9)))
    verified = cite("It reduces the risk.", replace(given, parts=parts))
    assert isinstance(verified, Citation)
    assert [(s.page, s.text) for s in verified.spans] == [(1, "It reduces"), (2, "the risk.")]


def test_sentences_are_split_where_the_reading_gives_none() -> None:
    given = replace(evidence("One is here. Two is there."), sentences=())
    assert [unit.text for unit in units_of(given)] == ["One is here.", "Two is there."]
    assert isinstance(cite("Two is there.", given), Citation)


def test_a_table_row_is_a_unit() -> None:
    row = "Hyperkalaemia | 142 (11.8 %) | 73 (6.1 %)"
    given = replace(
        evidence(row), sentences=(EvidenceSentence(row, "row", 0, len(row)),), page_quality="doubtful"
    )
    verified = cite(row, given)
    assert isinstance(verified, Citation)
    assert verified.doubtful
    assert reason(cite("142 (11.8 %)", given)) == "part_of_a_sentence"
