import re
from pathlib import Path

from api.web.places import current, places_of
from api.web.words import TONES, WORDS, kind_of_change, tone, word
from assistant.corpus.diff.kinds import all_kinds
from assistant.people.roles import Actor, Role
from assistant.review.states import PIECE, TASK
from guardrails.markers import classes

TEMPLATES = Path(__file__).parents[4] / "api" / "web" / "templates"


def test_every_state_of_the_table_has_its_word() -> None:
    assert {"pending", "approved", "superseded", "expired", "withdrawn"} == set(WORDS["source_status"])
    assert set(PIECE) <= set(WORDS["piece_status"])
    assert set(TASK) <= set(WORDS["task_status"])
    assert set(Role) == set(WORDS["role"])


def test_every_group_that_a_template_names_exists() -> None:
    named = {
        group
        for path in TEMPLATES.glob("*.html")
        for group in re.findall(r'\b(?:word|tag)\("(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= set(WORDS)


def test_french_agrees_with_what_it_is_said_of() -> None:
    assert word("source_status", "approved", "fr") == "Approuvée"
    assert word("piece_status", "approved", "fr") == "Approuvé"


def test_whatever_a_change_touches_has_a_word_in_both_languages() -> None:
    foreseen = {*WORDS["change_kind"], *(known.name for known in classes())}
    assert set(all_kinds()) <= foreseen
    assert kind_of_change("rhythm", "fr") == "rythme"
    assert kind_of_change("rhythm", "en") == "rhythm"
    assert kind_of_change("hedge", "fr") == "nuance"


def test_a_code_that_nobody_foresaw_is_shown_not_hidden() -> None:
    assert word("piece_status", "half_way", "en") == "half way"
    assert word("piece_status", None, "en") == "–"
    assert tone("half_way") == "plain"
    assert set(TONES.values()) <= {"good", "warn", "bad", "busy"}


def person(*roles: Role) -> Actor:
    return Actor("u", "U", frozenset(roles))


def test_people_see_the_places_that_their_roles_open() -> None:
    assert [p.address for p in places_of(person(Role.HCP))] == ["/ask", "/published"]
    assert "/users" not in [p.address for p in places_of(person(Role.MEDICAL))]
    assert next(p.address for p in places_of(person(Role.ADMIN))) == "/"


def test_a_page_belongs_to_the_nearest_place() -> None:
    places = places_of(person(Role.MEDICAL))
    assert current(places, "/review/piece_1") == "/review"
    assert current(places, "/") == "/"
    assert current(places, "/elsewhere") == ""
