"""What each person comes to do, by keyboard alone: the focus is seen at every step and is, after an act, where one reads on."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError as WaitedTooLong
from playwright.sync_api import expect

from api.cli.demo import Story, publish
from api.cli.io import Io
from assistant.bootstrap import App, open_app
from assistant.corpus.model import ApprovalRequest
from assistant.corpus.products import update_product
from assistant.people.accounts import add_user, find_actor
from assistant.review.decisions import approve
from assistant.review.overrides import override
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.settings import Settings, sqlite_url
from assistant.store.clock import civil_date
from tests.builders.dossier import SENTENCES, Terms, add_piece, add_source, document_of
from tests.builders.release import CIS
from tests.e2e.conftest import Person, Site, served
from tests.e2e.keyboard import Keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
LABEL = Path(__file__).parents[2] / "eval" / "sample" / "files" / "en" / "label-v1.pdf"
WAIT = 120_000
DESK = {"width": 1440, "height": 900}
VISA = "Cardinol"
"""A product whose piece waits for its visa."""
At = Callable[[str], Keyboard]


@pytest.fixture(scope="module")
def own(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The filled home once more, to be worked in: with a second librarian, a brief, and a French piece that everybody has signed."""
    home = filled.copy_to(tmp_path_factory.mktemp("keyboard") / "home")
    app = open_app(Settings(home=home, database_url=sqlite_url(home), egress=False, workers=1))
    add_user(app.db, find_actor(app.db, "ada"), "lou", ["librarian"], filled.password)
    made = {**filled.made, "french": _sign_a_french_piece(app, filled.password)}
    publish(Story(app, Io(io.StringIO(), io.StringIO(), home, None, lambda: filled.password)), made["draft"])
    app.close()
    with served(home) as address:
        yield Site(address, home, made, filled.password)


def _sign_a_french_piece(app: App, password: str) -> str:
    db = app.db
    lena, wanda, marc, leo, rita = (find_actor(db, name) for name in ("lena", "wanda", "marc", "leo", "rita"))
    today = datetime.now(UTC).date()
    approval = ApprovalRequest("MLR-9", today - timedelta(days=30), today + timedelta(days=1500))
    words = [sentence.replace("Velmora", VISA) for sentence in SENTENCES]
    source = add_source(
        db, lena, words, approval=approval, markets=("FR",), title=f"{VISA} label", product=VISA
    )
    update_product(db, lena, VISA, {"cis": CIS})
    piece = add_piece(db, wanda, document_of(db, source), Terms("FR", "promotional", product=VISA)).id
    submit(db, wanda, piece, override_request="Mentions on the page around it")
    for block in review_json(db, leo, piece)["open"]["blocks"]:
        for person in (leo, rita):
            override(db, person, piece, block["rule"], block["where"], "Seen on the page around it")
    for person in (marc, leo, rita):
        approve(db, person, piece, password)
    return piece


@pytest.fixture
def at(browser: "Browser", own: Site) -> Iterator[At]:
    people: list[Person] = []

    def come(name: str) -> Keyboard:
        people.append(Person(browser, own, name, viewport=DESK, locale="en-US"))
        return Keyboard(people[-1])

    yield come
    for person in people:
        person.leave()


def follow_link(hands: Keyboard, name: str | re.Pattern[str], address: str) -> None:
    """In the page, past its menu."""
    hands.skip()
    hands.to("link", name)
    hands.follow("Enter", address)


def go_to(hands: Keyboard, place: str, address: str) -> None:
    """By the menu."""
    hands.to("link", re.compile(f"^{place}"))
    hands.follow("Enter", address)


def do(hands: Keyboard, button: str, outcome: str) -> None:
    """Press a button; what was done is said, and the focus is there."""
    hands.to("button", button)
    hands.act("Enter", f"done={outcome}", ".done")


def await_draft(page: "Page") -> None:
    """The page of the job leads on to its piece, though nobody answered it once; where not, what it says is the failure."""
    try:
        page.wait_for_url(re.compile(r"/pieces/piece_.*done=drafted"), timeout=WAIT)
    except WaitedTooLong as late:
        raise AssertionError(f"No draft at {page.url}: {page.inner_text('main')[:1000]}") from late


def reword(hands: Keyboard, words: str) -> None:
    """Of the next statement: type before it, see what the checks say of it, and save; it is said beside the statement."""
    page = hands.page
    hands.tab_to("details.edit > summary")
    hands.press("Enter")
    hands.tab_to("details.edit[open] textarea")
    hands.press("Control+Home")
    hands.type(words)
    expect(page.locator("details.edit[open] .trial .tag").first).to_be_visible()
    expect(page.locator("details.edit[open] textarea")).to_be_focused()
    do(hands, "Save as a new revision", "statement_saved")
    expect(page.locator(".part:has(> .done)")).to_contain_text(words.strip())
    expect(page.locator(".part > .done")).to_be_in_viewport()


def test_a_writer_drafts_rewords_with_the_checks_in_sight_and_sends_what_came_back_again(
    browser: "Browser", own: Site, at: At
) -> None:
    stranger = Person(browser, own, "", viewport=DESK, locale="en-US")
    hands, page = Keyboard(stranger), stranger.page
    stranger.go("/sign-in")
    hands.write("Name", "wanda")
    hands.write("Passphrase", own.password)
    hands.follow("Enter", "/$")
    follow_link(hands, "New draft", "/pieces/new$")
    hands.skip()
    hands.to("radio", re.compile("^Key moments"))
    hands.press("ArrowDown")
    hands.press("ArrowUp")
    expect(page.get_by_role("radio", name=re.compile("^Key moments"))).to_be_checked()
    hands.choose("Product", "Velmora")
    hands.choose("Market", "European Union")
    hands.choose("Language of the piece", "English")
    hands.write(re.compile("^Topic"), "renal impairment")
    hands.to("button", "Write the draft")
    page.route("**/api/jobs/*", lambda asked: asked.abort(), times=1)
    page.keyboard.press("Enter")
    await_draft(page)
    expect(page.locator(".done")).to_be_focused()
    hands.look()
    reword(hands, "Please note that ")
    do(hands, "Send to review", "submitted")
    title = page.get_by_role("heading", level=1).inner_text()
    stranger.leave()

    hands = at("marc")
    follow_link(hands, title, "/review/piece_")
    hands.press("d")
    hands.tab_to("#decide details > summary")
    hands.press("Enter")
    hands.write("What has to change", "Say when it is to be taken.")
    do(hands, "Request changes", "changes_requested")
    hands = at("wanda")
    follow_link(hands, title, "/pieces/piece_")
    expect(hands.page.get_by_role("heading", name="Sent back")).to_be_visible()
    expect(hands.page.get_by_text("Say when it is to be taken.").first).to_be_visible()
    hands.skip()
    reword(hands, "Please note: ")
    do(hands, "Send to review", "submitted")


def test_a_writer_answers_a_comment_where_she_reads_it(at: At) -> None:
    hands = at("wanda")
    comments = hands.page.locator("#comments")
    follow_link(hands, "Velmora: key points on hyperkalaemia", "/pieces/piece_")
    hands.skip()
    hands.tab_to("#comments details > summary")
    hands.press("Enter")
    hands.tab_to("#comments details[open] textarea")
    hands.type("Word by word: n, c and s are letters here.")
    do(hands, "Answer", "commented")
    expect(comments.locator(".answers")).to_contain_text("Word by word")
    do(hands, "Settle the comment of marc", "settled")


def test_what_the_market_asks_for_is_recorded_and_the_piece_is_published(at: At) -> None:
    today = civil_date(datetime.now(UTC), "FR")
    hands = at("phil")
    page = hands.page
    go_to(hands, "Release", "/release$")
    hands.skip()
    if not page.locator("#set details[open]").count():
        hands.tab_to("#set summary")
        hands.press("Enter")
    hands.write("Year", str(today.year))
    hands.write_day("Opens on (1)", today)
    hands.write_day("Closes on (1)", today + timedelta(days=10))
    hands.write("Decision that fixed them", "ANSM, decision for the test")
    do(hands, "Keep these windows", "windows_set")

    go_to(hands, "Home", "/$")
    follow_link(hands, "Velmora: key points", "/pieces/piece_")
    hands.skip()
    hands.write("Internal number", "26/07")
    hands.to("button", "Record the request")
    hands.act("Enter", "/release$", "#refusal")
    hands.press("Tab")
    hands.press("Enter")
    expect(page.get_by_label("Internal number")).to_be_focused()
    hands.write("Internal number", f"{today:%y/%m}/{CIS}/PM/007")
    do(hands, "Record the request", "release_request")
    hands.to("button", "Deposit pack (.zip)")
    assert hands.download("Enter").suggested_filename.startswith("deposit-")
    hands.write(re.compile("^Reference of the letter"), "Letter 12")
    do(hands, "Record the grant", "release_grant")
    hands.to("button", "Publish")
    hands.act("Enter", "done=published", ".done")

    hands.to("link", "The piece and its history")
    hands.follow("Enter", "/pieces/")
    hands.skip()
    hands.to("link", "Register of recipients")
    hands.follow("Enter", "/register$")
    hands.skip()
    hands.write("Recipient", "Dr Ada Quill")
    hands.choose("How", "Visit")
    do(hands, "Register it", "use_recorded")


def test_a_published_piece_is_recalled_with_its_reason(at: At) -> None:
    hands = at("sofia")
    page = hands.page
    go_to(hands, "Published", "/published$")
    follow_link(hands, "Velmora : points clés", "/published/publication_")
    published = page.url
    hands.skip()
    hands.to("link", "Recall…")
    hands.follow("Enter", "/recall$")
    expect(page.get_by_role("heading", name=re.compile("^This will stop"))).to_be_visible()
    hands.skip()
    hands.to("button", "Recall")
    hands.press("Enter")
    expect(page.get_by_label("Reason")).to_be_focused()
    hands.type("A new risk was found")
    do(hands, "Recall", "recalled")
    answer = page.goto(published)
    assert answer is not None
    assert answer.status == 410


def test_a_reviewer_confirms_what_still_stands_and_another_says_that_it_does_not(at: At, own: Site) -> None:
    hands = at("marc")
    follow_link(hands, "Velmora: key points on overdose", "/confirmations/confirmation_")
    for wrong in ("not the right passphrase", own.password):
        hands.skip()
        hands.to_field("Your passphrase, again")
        hands.type(wrong)
        hands.to("button", "Sign and confirm")
        if wrong == own.password:
            hands.act("Enter", "done=approved", ".done")
        else:
            hands.act("Enter", "/sign$", "#refusal")
    hands = at("rita")
    follow_link(hands, "Velmora: key points on overdose", "/confirmations/confirmation_")
    hands.skip()
    hands.tab_to("main details > summary")
    hands.press("Enter")
    hands.write("Reason", "The new section adds a condition")
    do(hands, "Suspend it", "declined")


def test_a_source_is_added_approved_by_another_and_withdrawn(at: At) -> None:
    today = datetime.now(UTC).date()
    hands = at("lena")
    page = hands.page
    follow_link(hands, "Add a source", "/sources/new$")
    hands.skip()
    hands.hand_in(re.compile("^Files"), LABEL)
    hands.write("Product", "Xenolol")
    hands.write(re.compile("^Title"), "Xenolol label")
    hands.to("button", "Read and add")
    hands.follow("Enter", "/jobs/job_")
    page.get_by_role("link", name="Open the source").wait_for(timeout=WAIT)
    expect(page.locator("[data-first]")).to_be_focused()
    hands.look()
    hands.to("link", "Open the source")
    hands.follow("Enter", "/sources/source_")
    source = page.url

    hands = at("lou")
    page = hands.page
    follow_link(hands, "Xenolol label", "/sources/source_")
    assert page.url == source
    hands.skip()
    hands.write("Approval reference", "MLR-12")
    hands.write_day("Approved on", today - timedelta(days=30))
    hands.write_day("Expires on", today - timedelta(days=60))
    hands.to("button", "Approve")
    hands.act("Enter", "/approve$", "#refusal")
    hands.write_day("Expires on", today + timedelta(days=365))
    do(hands, "Approve", "source_approved")
    hands.skip()
    hands.to("link", "Withdraw…")
    hands.follow("Enter", "/withdraw$")
    hands.skip()
    hands.write("Reason", "Not the current text")
    do(hands, "Withdraw", "source_withdrawn")


def test_a_doctor_asks_and_reports_and_the_safety_desk_reads_the_case(at: At) -> None:
    hands = at("helen")
    hands.skip()
    hands.to_field("Your question")
    hands.type("What is the recommended starting dose?")
    hands.to_field("Medicine")
    hands.type("Velmora")
    expect(hands.page.locator("#product")).to_have_value("Velmora")
    hands.to("button", "Ask")
    hands.act("Enter", "/ask$", ".answer")
    hands.skip()
    hands.to("link", "Report a side effect")
    hands.page.keyboard.press("Enter")
    hands.to_field("What happened")
    hands.type("My patient had a rash yesterday")
    hands.to("button", "Report")
    hands.act("Enter", "/ask$", ".answer")
    hands = at("sofia")
    go_to(hands, "Cases", "/cases$")
    expect(hands.page.get_by_text("had a rash yesterday")).to_be_visible()


def test_a_representative_reads_a_brief_and_takes_it_along(at: At) -> None:
    hands = at("remy")
    follow_link(hands, "Velmora : fiche de visite", "/published/publication_")
    assert hands.walk() == []
    hands.skip()
    hands.to("link", "Copy with its validity (PDF)")
    assert hands.download("Enter").suggested_filename.endswith(".pdf")
