"""Sources: registered, approved, replaced, expired, withdrawn; and what may be used on a given day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from assistant.corpus.eligibility import eligible_sources, source_facts
from assistant.corpus.model import ApprovalRequest, Source, SourceRequest
from assistant.corpus.products import find_product, freeze_product, unfreeze_product
from assistant.corpus.sources import (
    approve_source,
    check_request,
    get_source,
    list_sources,
    source_json,
    withdraw_source,
)
from assistant.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    UnknownProduct,
    UnknownSource,
    WrongState,
)
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import audit_entry
from tests.integration.conftest import YEAR, FakeClock, reading_of

AddSource = Callable[..., Source]
ONE = reading_of("The dose is 5 mg once daily.\nIt is taken with food.", title="Label, version 1")
TWO = reading_of("The dose is 10 mg once daily.", title="Label, version 2")
THREE = reading_of("The dose is 20 mg once daily.", title="Label, version 3")


def actions(db: Database, subject: str) -> list[str]:
    with db.read() as connection:
        rows = (
            select(audit_entry.c.action)
            .where(audit_entry.c.subject == subject)
            .order_by(audit_entry.c.number)
        )
        return list(connection.execute(rows).scalars())


def usable(
    db: Database,
    day: date = date(2026, 6, 15),
    market: str = "FR",
    audience: str = "hcp",
    use: str | None = "promotional",
    language: str | None = None,
) -> set[str]:
    with db.read() as connection:
        product = find_product(connection, "Velmora").id
        return {s.id for s in eligible_sources(connection, product, market, audience, use, day, language)}


def test_an_approved_source_is_usable_on_both_of_its_days(db: Database, add_source: AddSource) -> None:
    source = add_source(ONE)
    assert usable(db, date(2025, 12, 31)) == set()
    assert usable(db, date(2026, 1, 1)) == {source.id}
    assert usable(db, date(2026, 12, 31)) == {source.id}
    assert usable(db, date(2027, 1, 1)) == set()


def test_without_an_approval_nothing_is_usable(db: Database, add_source: AddSource) -> None:
    source = add_source(ONE, approval=None)
    assert source.status == "pending"
    assert usable(db) == set()


def test_what_is_not_indexed_yet_is_not_usable(db: Database, add_source: AddSource) -> None:
    add_source(ONE, indexed=False)
    assert usable(db) == set()


@pytest.mark.parametrize(
    "asked",
    [{"market": "EU"}, {"market": "BE"}, {"audience": "public"}, {"use": "promotional"}, {"language": "fr"}],
)
def test_no_market_audience_use_or_language_implies_another(
    db: Database, add_source: AddSource, asked: dict[str, str]
) -> None:
    source = add_source(ONE, uses=("internal",))
    assert usable(db, use="internal", language="en") == {source.id}
    assert usable(db, **{"use": "internal", **asked}) == set()  # type: ignore[arg-type]  # names of its arguments


def test_a_source_for_the_eu_does_not_serve_france(db: Database, add_source: AddSource) -> None:
    source = add_source(ONE, markets=("EU",))
    assert usable(db, market="FR") == set()
    assert usable(db, market="EU") == {source.id}


def test_any_use_may_be_asked_for(db: Database, add_source: AddSource) -> None:
    source = add_source(ONE, uses=("internal",))
    assert usable(db, use=None) == {source.id}


def test_a_frozen_product_has_nothing_to_use(
    db: Database, add_source: AddSource, people: dict[str, Actor]
) -> None:
    source = add_source(ONE)
    freeze_product(db, people["safety"], "velmora", "A signal is being assessed.")
    assert usable(db) == set()
    unfreeze_product(db, people["safety"], "Velmora", "The assessment is closed.")
    assert usable(db) == {source.id}


def test_a_new_version_supersedes_the_old_when_it_is_approved(
    db: Database, add_source: AddSource, people: dict[str, Actor]
) -> None:
    old = add_source(ONE)
    new = add_source(TWO, replaces=old.id, approval=None)
    assert usable(db) == {old.id}
    approve_source(db, people["librarian"], new.id, YEAR)
    assert usable(db) == {new.id}
    kept = get_source(db, old.id)
    assert (kept.status, kept.replaced_by) == ("superseded", new.id)
    assert actions(db, old.id)[-1] == "source.superseded"


def test_an_approved_new_version_supersedes_at_once(db: Database, add_source: AddSource) -> None:
    old = add_source(ONE)
    new = add_source(TWO, replaces=old.id)
    assert usable(db) == {new.id}


def test_a_replaced_source_is_not_replaced_again(db: Database, add_source: AddSource) -> None:
    old = add_source(ONE)
    new = add_source(TWO, replaces=old.id)
    with pytest.raises(Conflict, match=new.id):
        add_source(THREE, replaces=old.id)
    newest = add_source(THREE, replaces=new.id)
    assert usable(db) == {newest.id}


def test_two_successors_cannot_wait_for_one_source(add_source: AddSource) -> None:
    old = add_source(ONE)
    waiting = add_source(TWO, replaces=old.id, approval=None)
    with pytest.raises(Conflict, match=waiting.id):
        add_source(THREE, replaces=old.id, approval=None)


def test_a_source_replaces_only_one_of_its_product(add_source: AddSource) -> None:
    old = add_source(ONE)
    with pytest.raises(Conflict, match="Velmora"):
        add_source(TWO, product="Another", replaces=old.id)


def test_a_refused_source_leaves_nothing_not_even_its_product(db: Database, add_source: AddSource) -> None:
    with pytest.raises(UnknownSource):
        add_source(TWO, product="New product", replaces="source_0000000000000000")
    assert list_sources(db) == []
    with pytest.raises(UnknownProduct):
        list_sources(db, product="New product")


def test_the_same_bytes_for_the_same_product_change_nothing(db: Database, add_source: AddSource) -> None:
    first = add_source(ONE, approval=None)
    again = add_source(ONE, markets=("US",), title="Another title")
    assert again.already_known is True
    assert again == first
    assert source_json(db, again)["already_known"] is True
    assert actions(db, first.id) == ["source.registered", "source.indexed"]


def test_the_same_bytes_serve_two_products_with_two_approvals(db: Database, add_source: AddSource) -> None:
    one = add_source(ONE)
    other = add_source(ONE, product="Another", approval=None)
    assert one.id != other.id
    assert one.reading_id == other.reading_id
    assert usable(db) == {one.id}


def test_a_withdrawn_source_is_never_used_or_approved_again(
    db: Database, add_source: AddSource, people: dict[str, Actor]
) -> None:
    source = add_source(ONE)
    withdrawn = withdraw_source(db, people["librarian"], source.id, " The study was retracted. ")
    assert (withdrawn.status, withdrawn.withdrawn_reason) == ("withdrawn", "The study was retracted.")
    assert usable(db) == set()
    with pytest.raises(WrongState):
        approve_source(db, people["librarian"], source.id, YEAR)
    with pytest.raises(WrongState):
        withdraw_source(db, people["librarian"], source.id, "Again.")
    with pytest.raises(WrongState):
        add_source(TWO, replaces=source.id)
    assert actions(db, source.id)[-1] == "source.withdrawn"


def test_a_superseded_source_is_not_approved_again(
    db: Database, add_source: AddSource, people: dict[str, Actor]
) -> None:
    old = add_source(ONE)
    add_source(TWO, replaces=old.id)
    with pytest.raises(WrongState, match="superseded"):
        approve_source(db, people["librarian"], old.id, YEAR)


def test_a_withdrawal_says_why(db: Database, add_source: AddSource, people: dict[str, Actor]) -> None:
    with pytest.raises(InvalidInput):
        withdraw_source(db, people["librarian"], add_source(ONE).id, "  ")


def test_an_expired_source_shows_so_and_can_be_renewed(
    db: Database, add_source: AddSource, people: dict[str, Actor], clock: FakeClock
) -> None:
    source = add_source(ONE)
    clock.advance(days=365)
    assert source_json(db, get_source(db, source.id))["status"] == "expired"
    assert [s.id for s in list_sources(db, status="expired")] == [source.id]
    renewed = ApprovalRequest("MLR-2027-004", date(2027, 6, 1), date(2028, 5, 31))
    approve_source(db, people["librarian"], source.id, renewed)
    assert usable(db, date(2027, 6, 15)) == {source.id}
    assert source_json(db, get_source(db, source.id))["status"] == "approved"


def test_the_same_approval_again_changes_nothing(
    db: Database, add_source: AddSource, people: dict[str, Actor]
) -> None:
    source = add_source(ONE)
    before = actions(db, source.id)
    assert approve_source(db, people["librarian"], source.id, YEAR) == source
    assert actions(db, source.id) == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"approved_on": date(2026, 6, 16)}, "future"),
        ({"expires_on": date(2025, 12, 31)}, "before it begins"),
        ({"expires_on": date(2026, 6, 14)}, "expired"),
        ({"reference": "  "}, "reference"),
    ],
)
def test_dates_that_cannot_be_are_refused(
    db: Database, add_source: AddSource, people: dict[str, Actor], change: dict[str, object], why: str
) -> None:
    source = add_source(ONE, approval=None)
    with pytest.raises(InvalidInput, match=why):
        approve_source(db, people["librarian"], source.id, replace(YEAR, **change))  # type: ignore[arg-type]
    assert get_source(db, source.id).status == "pending"


def test_today_is_the_date_on_the_market_s_wall(
    db: Database, add_source: AddSource, people: dict[str, Actor], clock: FakeClock
) -> None:
    clock.instant = clock.instant.replace(hour=22, minute=30)  # in Paris it is the 16th already
    source = add_source(ONE, approval=None)
    tomorrow = ApprovalRequest("MLR", date(2026, 6, 16), date(2026, 6, 16))
    approve_source(db, people["librarian"], source.id, tomorrow)
    american = add_source(TWO, approval=None, markets=("US",))
    with pytest.raises(InvalidInput, match="future"):
        approve_source(db, people["librarian"], american.id, tomorrow)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"kind": "novel"}, "novel"),
        ({"markets": ("XX",)}, "XX"),
        ({"markets": ()}, "market"),
        ({"language": "de"}, "de"),
        ({"uses": ("party",)}, "use"),
        ({"uses": ()}, "use"),
        ({"audiences": ("a b",)}, "audience"),
        ({"audiences": ()}, "audience"),
        ({"product": "  "}, "product"),
        ({"excluded_pages": (0,)}, "Pages"),
    ],
)
def test_a_request_that_cannot_be_is_refused(
    people: dict[str, Actor], clock: FakeClock, change: dict[str, object], named: str
) -> None:
    request = SourceRequest(product="Velmora", kind="label", markets=("FR",))
    with pytest.raises(InvalidInput) as refused:
        check_request(people["librarian"], replace(request, **change), clock.now())  # type: ignore[arg-type]
    assert named in refused.value.message
    assert refused.value.help


def test_great_britain_is_kept_as_uk(add_source: AddSource) -> None:
    assert add_source(ONE, markets=("gb", "fr")).markets == {"UK", "FR"}


@pytest.mark.parametrize("role", ["writer", "medical", "admin", "regulatory", "hcp", "rep", "auditor"])
def test_only_a_librarian_registers_approves_and_withdraws(
    db: Database, add_source: AddSource, people: dict[str, Actor], clock: FakeClock, role: str
) -> None:
    source = add_source(ONE, approval=None)
    actor = people[role]
    with pytest.raises(NotAllowed):
        approve_source(db, actor, source.id, YEAR)
    with pytest.raises(NotAllowed):
        withdraw_source(db, actor, source.id, "Because.")
    with pytest.raises(NotAllowed):
        check_request(actor, SourceRequest("Velmora", "label", ("FR",)), clock.now())


def test_unknown_things_are_named(db: Database, people: dict[str, Actor]) -> None:
    with pytest.raises(UnknownSource, match="source_none"):
        get_source(db, "source_none")
    with pytest.raises(UnknownSource):
        withdraw_source(db, people["librarian"], "source_none", "Because.")
    with pytest.raises(UnknownProduct, match="Nothing"):
        find_product(db, "Nothing")


def test_the_json_counts_what_search_may_show(db: Database, add_source: AddSource) -> None:
    read = reading_of("First page.", "Second page.", "Third page.", notes=["Say it slowly."])
    everything = source_json(db, add_source(read, cite_notes=True))
    some = source_json(db, add_source(read, product="Another", excluded_pages=(2,)))
    assert everything["pages"] == some["pages"] == 3
    assert everything["pages_by_quality"] == {"good": 3, "doubtful": 0, "unreadable": 0}
    assert everything["passages"] > some["passages"] > 0


def test_facts_tell_a_check_what_a_source_is_today(db: Database, add_source: AddSource) -> None:
    source = add_source(ONE, reference="Doe J. J Card. 2024;1:2-3.")
    with db.read() as connection:
        today = source_facts(connection, [source.id, "source_none"], date(2026, 6, 15))
        later = source_facts(connection, [source.id], YEAR.expires_on + timedelta(days=1))
    assert set(today) == {source.id}
    assert (today[source.id].status, later[source.id].status) == ("approved", "expired")
    assert today[source.id].reference.startswith("Doe J.")


def test_nothing_of_an_act_stays_when_it_dies_before_its_audit_entry(
    db: Database,
    add_source: AddSource,
    people: dict[str, Actor],
    die_at: Callable[[str], Callable[[str], None]],
) -> None:
    old = add_source(ONE)
    new = add_source(TWO, replaces=old.id, approval=None)
    before = get_source(db, old.id), get_source(db, new.id)
    for point in ("approve:approved", "audit:source.approved", "audit:source.superseded"):
        with pytest.raises(RuntimeError, match=point):
            approve_source(replace(db, failpoint=die_at(point)), people["librarian"], new.id, YEAR)
        assert (get_source(db, old.id), get_source(db, new.id)) == before
    with pytest.raises(RuntimeError):
        withdraw_source(
            replace(db, failpoint=die_at("audit:source.withdrawn")), people["librarian"], old.id, "Because."
        )
    assert get_source(db, old.id) == before[0]
