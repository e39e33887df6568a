"""The rule that says whether a publication is served, as a table."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.corpus.model import Approval, Source
from assistant.corpus.products import Product
from assistant.people.roles import Actor, Role
from assistant.publishing.model import Publication
from assistant.publishing.serving import judge, may_read
from tests.builders.documents import piece_of

AT = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 6, 15)
PIECE = piece_of("key-moments")
PRODUCT = Product("product_1", "Velmora", "active", {}, None, AT)
PUBLICATION = Publication(
    "publication_1", "piece_1", "revision_1", "0" * 64, "published", {}, "user_1", AT, date(2026, 12, 31)
)


def source(name: str = "old", **changes: Any) -> Source:
    made = Source(
        id=name,
        product_id="product_1",
        product="Velmora",
        sha256="0" * 64,
        reading_id="reading_1",
        title=f"Label {name}",
        kind="label",
        language="en",
        file_name="label.pdf",
        status="approved",
        cite_notes=False,
        cite_questions=False,
        excluded_pages=frozenset(),
        excluded_times=(),
        display_right="in_house",
        reference="",
        bibliography=None,
        replaces=None,
        replaced_by=None,
        withdrawn_reason=None,
        registered_by="user_1",
        registered_at=AT,
        indexed_at=AT,
        markets=frozenset({"EU"}),
        audiences=frozenset({"hcp"}),
        uses=frozenset({"internal"}),
        approval=Approval("REF", date(2026, 1, 1), date(2026, 9, 30), "user_1", AT),
    )
    return replace(made, **changes)


SUPERSEDED = source(status="superseded", replaced_by="new")
CONFIRMED = replace(PUBLICATION, release={"standing": {"old": "new"}})


@pytest.mark.parametrize(
    ("publication", "product", "sources", "today", "code"),
    [
        (PUBLICATION, PRODUCT, [source()], TODAY, ""),
        (PUBLICATION, PRODUCT, [source()], date(2026, 9, 30), ""),
        (PUBLICATION, PRODUCT, [source()], date(2026, 10, 1), "source_expired"),
        (PUBLICATION, PRODUCT, [source()], date(2025, 12, 31), "source_not_approved"),
        (PUBLICATION, PRODUCT, [source(), source("other", status="withdrawn")], TODAY, "source_withdrawn"),
        (PUBLICATION, PRODUCT, [source(status="pending", approval=None)], TODAY, "source_not_approved"),
        (PUBLICATION, replace(PRODUCT, status="frozen", frozen_reason="Signal"), [source()], TODAY, "product_frozen"),
        (replace(PUBLICATION, expires_on=date(2026, 6, 15)), PRODUCT, [source()], TODAY, ""),
        (replace(PUBLICATION, expires_on=date(2026, 6, 14)), PRODUCT, [source()], TODAY, "expired"),
        (PUBLICATION, PRODUCT, [SUPERSEDED], TODAY, "source_superseded"),
        (CONFIRMED, PRODUCT, [SUPERSEDED, source("new")], TODAY, ""),
        (CONFIRMED, PRODUCT, [SUPERSEDED, source("new", status="withdrawn")], TODAY, "source_withdrawn"),
        (
            CONFIRMED,
            PRODUCT,
            [SUPERSEDED, source("new", status="superseded", replaced_by="newest")],
            TODAY,
            "source_superseded",
        ),
        (
            CONFIRMED,
            PRODUCT,
            [replace(SUPERSEDED, replaced_by="another"), source("new")],
            TODAY,
            "source_superseded",
        ),
        *((replace(PUBLICATION, status=status), PRODUCT, [source()], TODAY, status)
          for status in ("suspended", "recalled", "superseded", "expired")),
    ],
)  # fmt: skip
def test_it_is_served_only_while_everything_it_rests_on_holds(
    publication: Publication, product: Product, sources: list[Source], today: date, code: str
) -> None:
    known = {"publication_1": {s.id: s for s in sources}}
    state = judge(publication, PIECE, product, known, today, "")
    assert (state.ok, state.code) == (not code, code)


@pytest.mark.parametrize(
    "narrower",
    [
        {"markets": frozenset({"US"})},
        {"audiences": frozenset({"pharmacist"})},
        {"uses": frozenset({"promotional"})},
    ],
)
def test_a_newer_version_confirms_only_what_it_is_approved_for(narrower: dict[str, Any]) -> None:
    known = {"publication_1": {"old": SUPERSEDED, "new": source("new", **narrower)}}
    assert judge(CONFIRMED, PIECE, PRODUCT, known, TODAY, "").code == "source_superseded"


@pytest.mark.parametrize("kept", ["x", 3, ["old"], None, {"old": 1}, {"old": ["new"]}])
def test_a_malformed_confirmation_confirms_nothing_and_breaks_nothing(kept: object) -> None:
    publication = replace(PUBLICATION, release={"standing": kept})
    known = {"publication_1": {"old": SUPERSEDED, "new": source("new")}}
    assert judge(publication, PIECE, PRODUCT, known, TODAY, "").code == "source_superseded"


def test_the_reason_is_a_sentence_that_names_what_stopped_it() -> None:
    known = {"publication_1": {"old": source(status="withdrawn", withdrawn_reason="A new risk.")}}
    assert judge(PUBLICATION, PIECE, PRODUCT, known, TODAY, "").reason == (
        "The approved source Label old was withdrawn: A new risk."
    )
    frozen = replace(PRODUCT, status="frozen", frozen_reason="Signal under review")
    assert (
        judge(PUBLICATION, PIECE, frozen, known, TODAY, "").reason
        == "Velmora is frozen: Signal under review."
    )
    recalled = replace(PUBLICATION, status="recalled")
    assert (
        judge(recalled, PIECE, PRODUCT, known, TODAY, "Typing error").reason
        == "It was recalled: Typing error."
    )


@pytest.mark.parametrize(
    ("roles", "qualification", "readable"),
    [
        ({Role.HCP}, "promotional", True),
        ({Role.HCP}, "internal", False),
        (set(), "internal", False),
        ({Role.REP}, "internal", True),
        ({Role.HCP, Role.MEDICAL}, "internal", True),
    ],
)
def test_a_health_professional_from_outside_reads_nothing_internal(
    roles: set[Role], qualification: Any, readable: bool
) -> None:
    reader = Actor("user_1", "Reader", frozenset(roles))
    piece = replace(piece_of("brief"), qualification=qualification)
    assert may_read(reader, piece) is readable
    assert may_read(None, piece)
