"""A narrowed display right stops what quotes more than it allows."""

from dataclasses import replace

from assistant.corpus import rights
from assistant.publishing.serving import judge
from guardrails.packs import pack_of
from tests.unit.assistant.publishing.test_serving import PIECE, PRODUCT, PUBLICATION, TODAY, source

FOR_DOCTORS = replace(PIECE, qualification="promotional")
NARROW = source(display_right="reference_only")
SOURCES = {"publication_1": {"old": NARROW}}


def test_an_over_quoted_source_is_no_longer_served() -> None:
    judged = judge(PUBLICATION, FOR_DOCTORS, PRODUCT, SOURCES, TODAY, "", frozenset({"old"}))
    assert judged.code == "source_display_right"


def test_short_quotations_are_served() -> None:
    assert judge(PUBLICATION, FOR_DOCTORS, PRODUCT, SOURCES, TODAY, "").ok


def test_internal_content_may_quote_it() -> None:
    internal = replace(PIECE, qualification="internal")
    assert judge(PUBLICATION, internal, PRODUCT, SOURCES, TODAY, "", frozenset({"old"})).ok


def test_the_rule_and_the_reader_count_alike() -> None:
    params = pack_of("FR").rule("GR10").params
    assert params["longest_quotation"] == rights.SHORT_QUOTATION
    assert params["most_quotations"] == rights.MOST_QUOTATIONS
