"""A French promotional piece, by people at browsers: the last signature, the request, the visa, the release."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.corpus.model import ApprovalRequest
from assistant.corpus.products import update_product
from assistant.people.accounts import find_actor
from assistant.review.decisions import approve
from assistant.review.overrides import override
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.settings import sqlite_url
from assistant.store.clock import civil_date
from assistant.store.database import open_database
from tests.builders.dossier import SENTENCES, Terms, add_piece, add_source, document_of
from tests.builders.release import CIS
from tests.e2e.conftest import PASSWORD, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SIZES = {"desk": (1440, 900), "laptop": (1024, 768), "phone": (390, 844)}
SignIn = Callable[..., Person]
PRODUCT = "Cardinol"


@pytest.fixture
def sign_in(browser: "Browser", site: Site) -> Iterator[SignIn]:
    people: list[Person] = []

    def come(name: str, **options: object) -> Person:
        people.append(Person(browser, site, name, **options))
        return people[-1]

    yield come
    for person in people:
        person.leave()


@pytest.fixture(scope="module")
def piece(site: Site) -> str:
    """In review, with its mentions overridden; only regulatory has not signed yet."""
    db = open_database(sqlite_url(site.home))
    lena, wanda, marc, lea, rita = (find_actor(db, name) for name in ("Lena", "Wanda", "Marc", "Lea", "Rita"))
    today = datetime.now(UTC).date()
    approval = ApprovalRequest("MLR-9", today - timedelta(days=30), today + timedelta(days=1500))
    words = [sentence.replace("Velmora", PRODUCT) for sentence in SENTENCES]
    source = add_source(
        db, lena, words, approval=approval, markets=("FR",), title="Cardinol label", product=PRODUCT
    )
    update_product(db, lena, PRODUCT, {"cis": CIS})
    terms = Terms(qualification="promotional", market="FR", product=PRODUCT)
    made = add_piece(db, wanda, document_of(db, source), terms).id
    submit(db, wanda, made, override_request="Mentions on the page around it")
    for block in review_json(db, lea, made)["open"]["blocks"]:
        for person in (lea, rita):
            override(db, person, made, block["rule"], block["where"], "Seen on the page around it")
    for person in (marc, lea):
        approve(db, person, made, PASSWORD)
    db.engine.dispose()
    return made


def test_from_the_last_signature_through_the_visa_to_the_release(
    site: Site, sign_in: SignIn, piece: str
) -> None:
    today = civil_date(datetime.now(UTC), "FR")
    number = f"{today:%y/%m}/{CIS}/PM/001"
    rita = sign_in("Rita")
    rita.go(f"/review/{piece}")
    rita.page.get_by_label("Your passphrase, again").fill(PASSWORD)
    rita.page.get_by_role("button", name="Sign and approve").click()
    rita.page.wait_for_url(re.compile("done=approved"))

    phil = sign_in("Phil")
    page = phil.page
    phil.go(f"/pieces/{piece}")
    expect(page.get_by_role("heading", name="Release conditions")).to_be_visible()
    page.locator("#publish").get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("FR11")

    phil.go("/release")
    page.get_by_text("Enter the windows of a year").click()
    page.locator("#set").get_by_label("Year").fill(str(today.year))
    page.get_by_label("Opens on (1)").fill(today.isoformat())
    page.get_by_label("Closes on (1)").fill((today + timedelta(days=10)).isoformat())
    page.get_by_label("Decision that fixed them").fill("ANSM, decision for the test")
    page.get_by_role("button", name="Keep these windows").click()
    expect(page.get_by_text("open now")).to_be_visible()

    phil.go(f"/pieces/{piece}")
    release = page.locator("#release")
    release.get_by_label("Internal number").fill(number)
    release.get_by_role("button", name="Record the request").click()
    expect(page.get_by_text("The request is recorded.")).to_be_visible()
    expect(release).to_contain_text("accepted by silence from")
    with page.expect_download() as handed:
        release.get_by_role("button", name="Deposit pack").click()
    assert handed.value.suggested_filename == f"deposit-{piece}.zip"
    release.get_by_label("Reference of the letter").fill("Letter 12")
    release.get_by_role("button", name="Record the grant").click()
    expect(release.get_by_text("All met")).to_be_visible()
    page.locator("#publish").get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"/published/publication_"))
    expect(page.get_by_text(number)).to_be_visible()
    site.made["french"] = page.url.partition("/published/")[2].partition("?")[0]
    phil.go(f"/pieces/{piece}/register")
    page.get_by_label("Recipient").fill("Dr Ada Quill")
    page.get_by_label("How").select_option("visit")
    page.get_by_role("button", name="Register it").click()
    expect(page.get_by_role("rowheader", name="Dr Ada Quill")).to_be_visible()
    assert not phil.faults


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_a_release_is_open_to_every_reader_at_every_size(
    site: Site, sign_in: SignIn, piece: str, size: str, language: str
) -> None:
    width, height = SIZES[size]
    options: dict[str, Any] = {"viewport": {"width": width, "height": height}}
    phil = sign_in("Phil", **options)
    phil.speak(language)
    addresses = (
        f"/pieces/{piece}",
        "/release",
        f"/pieces/{piece}/register",
        f"/affected?piece={piece}",
        f"/published/{site.made['french']}",
        "/calendar",
    )
    for address in addresses:
        assert phil.go(address) == 200
        for closed in phil.page.locator("#release details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        assert phil.barriers() == []
    phil.speak("en")
