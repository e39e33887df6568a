import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInput
from assistant.review.documents import document_from_json, document_hash, document_to_json
from guardrails.model import Document, Segment
from tests.builders import documents

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@pytest.mark.parametrize("make", [documents.email, documents.quiz, documents.key_moments, documents.brief])
def test_a_document_comes_back_from_its_json_as_it_was(make: object) -> None:
    document = make()  # type: ignore[operator]
    assert document_from_json(document_to_json(document)) == document


@given(TEXT, TEXT)
def test_any_text_keeps_its_hash_through_a_round_trip(title: str, text: str) -> None:
    document = Document("text", "fr", title, (Segment("s1", "statement", "result", text, "fr"),))
    stored = document_to_json(document)
    assert document_to_json(document_from_json(stored)) == stored
    assert document_from_json(stored).segments[0].text == unicodedata.normalize("NFC", text)


def test_canonical_json_sorts_its_keys_and_has_no_white_space_between_them() -> None:
    stored = document_to_json(documents.quiz())
    assert stored == json.dumps(json.loads(stored), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_two_ways_to_write_an_accent_are_one_document() -> None:
    composed, decomposed = (
        Document("text", "fr", text, ()) for text in ("dose usuell\u00e9", "dose usuelle\u0301")
    )
    assert document_hash(document_to_json(composed)) == document_hash(document_to_json(decomposed))


def test_a_quote_stays_as_it_stands_in_its_source() -> None:
    quote = "cafe\u0301"
    segment = Segment("s1", "statement", "dose", quote, "fr", citations=(documents.citation(quote),))
    stored = document_from_json(document_to_json(Document("text", "fr", "", (segment,))))
    assert stored.segments[0].citations[0].quote == quote
    assert stored.segments[0].text == "caf\u00e9"


def test_a_lone_surrogate_is_refused_and_not_stored() -> None:
    with pytest.raises(InvalidInput, match="cannot be stored"):
        document_to_json(Document("text", "en", "\ud800", ()))
