"""What stands first where somebody begins: the home page by role, and what a recall will do before it is done."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from assistant.corpus.products import freeze_product
from assistant.people.roles import Role
from assistant.publishing.publications import publish
from assistant.publishing.recipients import Use, record_use
from assistant.review.adaptation import adapt
from assistant.review.decisions import approve
from assistant.review.submission import submit
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.integration.conftest import PASSWORD, FakeClock
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
FIRST = {
    "writer": [("My pieces under way", True)],
    "librarian": [
        ("Sources that wait for their approval", False),
        ("Reminders", False),
        ("Expired, or soon to expire", False),
    ],
    "medical": [("Expected of me", True)],
    "legal": [("Expected of me", False)],
    "regulatory": [
        ("Expected of me", True),
        ("Signed and ready to be published", False),
        ("Reminders", False),
    ],
    "pharmacist": [
        ("Expected of me", False),
        ("Signed and ready to be published", False),
        ("Reminders", False),
    ],
    "safety": [("Cases by their clock", False)],
    "medinfo": [("Cases by their clock", False)],
    "rep": [("Briefs for my visits", False)],
    "auditor": [("Reminders", False), ("Expired, or soon to expire", False)],
    "admin": [("Reminders", False), ("Expired, or soon to expire", False)],
}
"""By role: the blocks of its home page in order, and whether each has something in it."""


def blocks(page: str) -> list[tuple[str, bool]]:
    found = re.findall(r'<h2 id="block-\d+">(.*?)</h2>(.*?)</section>', page, re.DOTALL)
    return [(unescape(title), "<tbody>" in body) for title, body in found]


def test_a_representative_is_told_at_home_which_brief_is_no_longer_to_be_used_and_why(
    world: World, browse: Browse
) -> None:
    db, people = world.app.db, world.people
    made = replace(document_of(db, world.ids["source"], 1), kind="brief")
    brief = add_piece(db, people["writer"], made)
    submit(db, people["writer"], brief.id)
    for role in ("medical", "regulatory"):
        approve(db, people[role], brief.id, PASSWORD)
    publish(db, people["regulatory"], brief.id)
    rep = browse("rep")
    assert blocks(rep.get("/").text) == [("Briefs for my visits", True)]
    freeze_product(db, people["safety"], "Velmora", "A signal is being looked at")
    home = rep.get("/").text
    assert blocks(home) == [("No longer to be used", True), ("Briefs for my visits", False)]
    assert "Medicine frozen Velmora, European Union" in text_of(home)


def text_of(page: str) -> str:
    """What a reader reads, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_writer_sees_what_blocks_each_draft(world: World, browse: Browse) -> None:
    writer, draft = browse("writer"), world.ids["draft"]
    assert "Blocks: " not in text_of(writer.get("/").text)
    newest = re.findall(r'name="base" value="([^"]+)"', writer.get(f"/pieces/{draft}").text)[0]
    added = "The recommended starting dose is 40 mg once daily."
    saved = writer.send_form(f"/pieces/{draft}/statements/s1", text=added, base=newest)
    assert saved.status_code == 303
    counted = re.search(r"Blocks: \d+(?:, To be judged: \d+)?", text_of(writer.get(f"/pieces/{draft}").text))
    assert counted
    assert counted[0].partition(",")[0] in text_of(writer.get("/").text)
    writer.send_form("/language", language="fr")
    assert "Bloquant : " in text_of(writer.get("/").text)


def test_every_role_but_a_health_professional_has_its_home_page() -> None:
    assert FIRST.keys() == {role.value for role in Role} - {"hcp"}


@pytest.mark.parametrize("role", FIRST)
def test_each_role_sees_its_own_work_first(browse: Browse, role: str) -> None:
    assert blocks(browse(role).get("/").text) == FIRST[role]


def test_what_waits_comes_before_what_does_not(world: World, browse: Browse) -> None:
    for role in ("medical", "regulatory"):
        approve(world.app.db, world.people[role], world.ids["piece"], PASSWORD)
    assert blocks(browse("regulatory").get("/").text) == [
        ("Signed and ready to be published", True),
        ("Expected of me", False),
        ("Reminders", False),
    ]


def test_a_librarian_sees_what_runs_out_first_and_a_source_that_waits_before_it(
    world: World, browse: Browse, clock: FakeClock
) -> None:
    clock.advance(days=180)
    librarian = browse("librarian")
    assert blocks(librarian.get("/").text) == [
        ("Expired, or soon to expire", True),
        ("Sources that wait for their approval", False),
        ("Reminders", False),
    ]
    add_source(world.app.db, world.people["librarian"], (*SENTENCES, "It waits."), approval=None)
    assert blocks(librarian.get("/").text)[:2] == [
        ("Sources that wait for their approval", True),
        ("Expired, or soon to expire", True),
    ]


def test_the_recall_form_says_what_it_will_stop_and_whom_it_concerns(
    world: World, browse: Browse, clock: FakeClock
) -> None:
    db, regulatory = world.app.db, world.people["regulatory"]
    clock.advance(days=1)
    for day, name in ((15, "Dr Ada Quill"), (16, "The Harbour Clinic")):
        record_use(db, regulatory, Use(world.ids["publication"], "visit", date(2026, 6, day), name))
    adapt(db, world.people["writer"], world.ids["published"], "FR")
    page = browse("regulatory").get(f"/pieces/{world.ids['published']}/recall").text
    said = text_of(page)
    assert "This will stop 1 piece at once" in said
    assert "its readers lose it" in said
    assert "Served now Since 15 June 2026" in said
    assert "its page, PDF and text will say that it was recalled, and why." in said
    assert "Whoever follows the status address on a copy is told that it is no longer in force." in said
    assert "Who had it 2 uses registered: Dr Ada Quill, The Harbour Clinic" in said
    assert f'href="/pieces/{world.ids["published"]}/register"' in page
    told = said[said.index("People to tell") :]
    for person in ("The writer (wrote)", "The medical (signed)", "The regulatory (published, signed)"):
        assert person in told
    assert "The librarian" not in told, "who registered the source has nothing to do with this piece"
    assert "an adaptation is recalled on its own" in told
    assert "It is kept in the audit trail and shown where the content was." in said
    assert said.index("This will stop") < said.index("Where it has gone") < said.index("Reason")


def test_of_many_recipients_the_form_names_twelve_and_counts_the_rest(
    world: World, browse: Browse, clock: FakeClock
) -> None:
    clock.advance(days=14)
    for at in range(14):
        use = Use(world.ids["publication"], "visit", date(2026, 6, 15 + at), f"Dr Number {at:02d}")
        record_use(world.app.db, world.people["regulatory"], use)
    said = text_of(browse("regulatory").get(f"/pieces/{world.ids['published']}/recall").text)
    assert "14 uses registered: Dr Number 00, Dr Number 01" in said
    assert "Dr Number 11, and 2 more" in said
    assert "Dr Number 12" not in said


def test_the_form_for_a_piece_that_nobody_is_served_says_so(world: World, browse: Browse) -> None:
    said = text_of(browse("regulatory").get(f"/pieces/{world.ids['piece']}/recall").text)
    assert "It is not served now." in said
    assert "No use has been registered yet." in said
    assert "its readers lose it" not in said
