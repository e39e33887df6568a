"""Release conditions on the pages: recorded where the piece is read, refused with what was typed, told in French."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from assistant.corpus.model import ApprovalRequest
from assistant.people.accounts import set_language
from tests.builders.dossier import add_source
from tests.builders.release import promotional
from tests.integration.conftest import PASSWORD, FakeClock
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
NUMBER = "26/07/69999991/PM/001"


@pytest.fixture
def french(world: World, clock: FakeClock) -> str:
    piece = made(world, "FR")
    clock.instant = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
    return piece


def made(world: World, market: str) -> str:
    approval = ApprovalRequest("REF-9", date(2026, 1, 1), date(2035, 1, 1))
    source = add_source(
        world.app.db, world.people["librarian"], ["Velmora is given once daily.", "Take it with water."],
        approval=approval, markets=(market,), title="Another label",
    )  # fmt: skip
    return promotional(world.app.db, world.people, source, market)


def test_a_year_without_windows_is_said_where_a_deposit_is_recorded_whatever_stands_there(
    world: World, browse: Browse, french: str, clock: FakeClock
) -> None:
    """From the day on which the law has them fixed, two months before the year begins; also below a visa that has ended."""
    told = "Windows of PM visas in 2027: not recorded"

    def seen_on(month: int, day: int) -> str:
        clock.instant = datetime(2026, month, day, 9, 0, tzinfo=UTC)
        return browse("pharmacist").get(f"/pieces/{french}").text

    assert told not in seen_on(10, 31)
    assert told in seen_on(11, 1)
    ends = {"granted_on": "2026-10-01", "expires_on": "2026-11-15"}
    browse("pharmacist").send_form(f"/pieces/{french}/release", act="grant", number=NUMBER, **ends)
    assert told not in seen_on(11, 2), "nothing is to be deposited while a visa holds"
    ended = seen_on(11, 16)
    assert "It ended on 15 November 2026" in ended
    assert told in ended
    assert 'href="/release?enter=FR-PM-2027#set"' in ended
    set_language(world.app.db, world.people["pharmacist"], "fr")
    assert "Périodes de dépôt des visas PM en 2027" in seen_on(11, 16)


def test_a_pharmacist_records_the_request_and_the_grant_and_publishes(browse: Browse, french: str) -> None:
    pharmacist = browse("pharmacist")
    page = pharmacist.get(f"/pieces/{french}").text
    assert "Release conditions" in page
    assert "Deposit the request by 28 July 2026" in page
    wrong = pharmacist.send_form(
        f"/pieces/{french}/release", act="request", number="PM 7", requested_on="2026-07-09"
    )
    assert wrong.status_code == 422
    assert 'value="PM 7"' in wrong.text
    assert "PM 7 is not a visa number" in wrong.text
    refused = pharmacist.send_form(f"/pieces/{french}/publish")
    assert refused.status_code == 409
    assert "FR11" in refused.text
    done = pharmacist.send_form(
        f"/pieces/{french}/release", act="request", number=NUMBER, requested_on="2026-07-09"
    )
    assert done.headers["location"] == f"/pieces/{french}?done=release_request#release"
    page = pharmacist.get(f"/pieces/{french}").text
    assert "ANSM answers by 29 September 2026" in page
    assert "The pharmacist, 10 July 2026" in page
    late = pharmacist.send_form(f"/pieces/{french}/release", act="grant", granted_on="2026-07-08")
    assert "cannot have been granted before" in late.text
    pharmacist.send_form(
        f"/pieces/{french}/release", act="grant", granted_on="2026-07-10", reference="Letter 12"
    )
    published = pharmacist.send_form(f"/pieces/{french}/publish")
    page = pharmacist.get(published.headers["location"]).text
    assert NUMBER in page
    assert "Visa ends on" in page
    assert "10 July 2028" in page


def test_the_pages_speak_french(world: World, browse: Browse, french: str) -> None:
    pharmacist = browse("pharmacist")
    set_language(world.app.db, world.people["pharmacist"], "fr")
    page = pharmacist.get(f"/pieces/{french}").text
    assert "Conditions de mise en circulation" in page
    assert "Déposez la demande d’ici le 28 juillet 2026" in page
    refused = pharmacist.send_form(
        f"/pieces/{french}/release", act="request", number=NUMBER, requested_on="2026-07-29"
    )
    assert "est dans le futur" in refused.text
    assert "29 juillet 2026" in refused.text
    blocked = pharmacist.send_form(f"/pieces/{french}/publish")
    assert "Aucun visa (numéro, date, fin)" in blocked.text
    assert "Périodes de dépôt" in pharmacist.get("/release").text


def test_a_refusal_and_a_struck_out_record_are_read_by_everybody_who_reads_pieces(
    browse: Browse, french: str
) -> None:
    pharmacist = browse("pharmacist")
    address = f"/pieces/{french}/release"
    pharmacist.send_form(address, act="request", number=NUMBER, requested_on="2026-07-10")
    pharmacist.send_form(address, act="refuse", refused_on="2026-07-10", reason="The axis is cut")
    page = browse("writer").get(f"/pieces/{french}").text
    assert "The axis is cut" in page
    assert "It was refused on 10 July 2026" in page
    assert 'name="act"' not in page, "who may not record is offered no form"
    again = pharmacist.send_form(address, act="grant", number=NUMBER, granted_on="2026-07-10")
    assert again.status_code == 409


def test_the_deposit_pack_is_handed_over(browse: Browse, french: str) -> None:
    pack = browse("pharmacist").send_form(f"/pieces/{french}/deposit-pack")
    assert pack.headers["content-type"] == "application/zip"
    assert len(pack.headers["x-pack-root"]) == 64


def test_a_doctor_certifies_on_the_page(world: World, browse: Browse) -> None:
    piece = made(world, "UK")
    doctor = browse("medical")
    page = doctor.get(f"/pieces/{piece}").text
    assert "fair and truthful presentation" in page
    hash_seen = page.split('name="hash" value="')[1][:64]
    fields = {"act": "certify", "signatory": "doctor", "registration": "7012345", "hash": hash_seen}
    wrong = doctor.send_form(f"/pieces/{piece}/release", **fields, password="not mine at all, no")
    assert wrong.status_code == 403
    assert 'value="7012345"' in wrong.text
    assert doctor.send_form(f"/pieces/{piece}/release", **fields, password=PASSWORD).status_code == 303
    assert "The medical, Registered medical practitioner, GMC 7012345" in doctor.get(f"/pieces/{piece}").text


def test_a_submission_is_recorded_on_the_page(world: World, browse: Browse) -> None:
    piece = made(world, "US")
    regulatory = browse("regulatory")
    assert "Send it to FDA with the form" in regulatory.get(f"/pieces/{piece}").text
    fields = {"act": "submit", "reference": "Seq 0042", "submitted_on": "2026-06-15"}
    assert regulatory.send_form(f"/pieces/{piece}/release", **fields).status_code == 303
    done = regulatory.send_form(f"/pieces/{piece}/publish")
    assert "Seq 0042" in regulatory.get(done.headers["location"]).text


def test_windows_and_what_is_due_have_a_page(browse: Browse, french: str) -> None:
    regulatory = browse("regulatory")
    regulatory.send_form(f"/pieces/{french}/release", act="request", number=NUMBER, requested_on="2026-07-10")
    page = regulatory.get("/release").text
    assert "29 September 2026" in page
    assert "open now" in page
    form = {"market": "FR", "type": "PM", "year": "2027", "source": "ANSM, decision of 2026"}
    days = {"opens_on": ["2027-01-11", ""], "closes_on": ["2027-01-10", ""]}
    wrong = regulatory.send_form("/release/windows", **form, **days)
    assert wrong.status_code == 422
    assert 'value="2027-01-10"' in wrong.text
    days = {"opens_on": ["2027-01-11", ""], "closes_on": ["2027-01-29", ""]}
    assert regulatory.send_form("/release/windows", **form, **days).status_code == 303
    assert "11 January 2027" in regulatory.get("/release").text
    edited = regulatory.get("/release?edit=FR-PM-2027").text
    assert 'value="2027-01-29"' in edited
    stale = regulatory.send_form("/release/windows", **form, **days, version="0")
    assert stale.status_code == 409
    assert browse("writer").get("/release").status_code == 200
    assert "Keep these windows" not in browse("writer").get("/release").text


@pytest.mark.usefixtures("french")
def test_windows_that_are_not_recorded_are_said_and_entered_from_there(browse: Browse) -> None:
    regulatory = browse("regulatory")
    page = regulatory.get("/release").text
    assert "not recorded" in page
    assert "/release?enter=FR-GP-2026" in page
    form = regulatory.get("/release?enter=FR-GP-2026#set").text
    assert 'value="2026"' in form
    assert '<option value="GP" selected' in form
    assert "Enter the windows of a year" in form
    assert 'value="x"' not in regulatory.get("/release?enter=x-x-x").text
    assert "/release?enter=" not in browse("writer").get("/release").text


def test_what_no_form_says_is_refused(browse: Browse, french: str) -> None:
    assert browse("pharmacist").send_form(f"/pieces/{french}/release", act="x").status_code == 422
    assert browse("regulatory").send_form("/release/windows", year="x").status_code == 422
    assert browse("writer").send_form(f"/pieces/{french}/release", act="request").status_code == 403


def test_a_visa_is_renewed_on_the_page_of_the_published_piece(browse: Browse, french: str) -> None:
    pharmacist, address = browse("pharmacist"), f"/pieces/{french}/release"
    first = {"act": "grant", "number": NUMBER, "granted_on": "2026-07-09", "expires_on": "2026-12-31"}
    pharmacist.send_form(address, **first)
    published = pharmacist.send_form(f"/pieces/{french}/publish").headers["location"]
    assert f'href="/pieces/{french}#release"' in pharmacist.get(published).text
    assert f'href="/pieces/{french}#release"' not in browse("rep").get(published).text
    page = pharmacist.get(f"/pieces/{french}").text
    assert '<details id="renew">' in page
    assert '<details id="renew"' not in browse("writer").get(f"/pieces/{french}").text
    wrong = pharmacist.send_form(address, act="request", number=NUMBER, requested_on="2026-07-10")
    assert '<details id="renew" open>' in wrong.text
    assert "recorded for this version already" in wrong.text
    renewed = NUMBER.replace("001", "002")
    pharmacist.send_form(address, act="request", number=renewed, requested_on="2026-07-10")
    waiting = browse("writer").get(f"/pieces/{french}").text
    assert "Renewal asked for" in waiting
    assert renewed in waiting
    page = pharmacist.get(f"/pieces/{french}").text
    assert 'id="renew"' not in page, "one request at a time"
    assert f'name="act" value="grant"><input type="hidden" name="number" value="{renewed}"' in page
    pharmacist.send_form(address, act="grant", number=renewed, granted_on="2026-07-10")
    now = pharmacist.get(published).text
    assert renewed in now
    assert "10 July 2028" in now
