"""Who may search for what: one rule for the command line, the API and the pages."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from assistant.corpus.label_names import proposed_names
from assistant.corpus.products import find_product
from assistant.corpus.showing import shown_source, shown_sources
from assistant.errors import InvalidInput, NotAllowed, UnknownProduct
from assistant.people.roles import Actor, Role
from assistant.retrieval.asking import query_for
from assistant.retrieval.names import known_names
from assistant.store.database import Database
from assistant.store.schema import source as source_table
from tests.builders.dossier import add_source


@pytest.fixture
def source(db: Database, people: dict[str, Actor]) -> str:
    return add_source(db, people["librarian"])


@pytest.mark.usefixtures("source")
def test_a_health_professional_searches_only_what_is_meant_for_one_who_asks(
    db: Database, people: dict[str, Actor]
) -> None:
    query = query_for(db, people["hcp"], "dose", "Velmora", "eu", use="internal", audience="sales")
    assert (query.use, query.audience, query.market) == ("reactive_medical", "hcp", "EU")


@pytest.mark.usefixtures("source")
def test_staff_search_for_the_use_that_they_name(db: Database, people: dict[str, Actor]) -> None:
    query = query_for(db, people["writer"], "dose", "Velmora", "EU", use="internal", audience="pharmacist")
    assert (query.use, query.audience) == ("internal", "pharmacist")


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    "wrong",
    [
        {"use": "secret"},
        {"audience": "not one"},
        {"audience": ""},
        {"language": "de"},
        {"market": "XX"},
        {"k": 0},
        {"k": 201},
        {"words": " "},
    ],
)
def test_what_cannot_be_is_refused(db: Database, people: dict[str, Actor], wrong: dict[str, object]) -> None:
    asked = {"words": "dose", "product": "Velmora", "market": "EU"} | wrong
    with pytest.raises(InvalidInput):
        query_for(db, people["writer"], **asked)  # type: ignore[arg-type]


def test_an_unknown_product_is_refused_not_registered(db: Database, people: dict[str, Actor]) -> None:
    with pytest.raises(UnknownProduct):
        query_for(db, people["writer"], "dose", "Nothing", "EU")


@pytest.mark.usefixtures("source")
def test_a_person_without_a_role_may_not_search(db: Database) -> None:
    with pytest.raises(NotAllowed):
        query_for(db, Actor("user_x", "X", frozenset()), "dose", "Velmora", "EU")


def test_sources_are_shown_to_staff_and_not_to_a_health_professional(
    db: Database, people: dict[str, Actor], source: str
) -> None:
    assert [shown["id"] for shown in shown_sources(db, people["rep"])] == [source]
    assert shown_source(db, people["rep"], source)["id"] == source
    outside = Actor("user_h", "A doctor", frozenset({Role.HCP}))
    with pytest.raises(NotAllowed):
        shown_sources(db, outside)
    with pytest.raises(NotAllowed):
        shown_source(db, outside, source)


@pytest.mark.usefixtures("source")
def test_only_the_words_of_staff_may_be_sent_to_a_model_that_orders(
    db: Database, people: dict[str, Actor]
) -> None:
    assert query_for(db, people["writer"], "dose", "Velmora", "EU").may_leave
    for outside in ("hcp", "rep"):  # a representative's screen is a doctor's screen
        assert not query_for(db, people[outside], "dose", "Velmora", "EU").may_leave
    both = replace(people["rep"], roles=frozenset({Role.REP, Role.MEDICAL}))
    assert query_for(db, both, "dose", "Velmora", "EU").may_leave


@pytest.mark.usefixtures("source")
def test_a_name_that_the_labels_agree_on_is_known_and_proposed(
    db: Database, people: dict[str, Actor]
) -> None:
    found = find_product(db, "Velmora")
    with db.write() as tx:
        tx.execute(update(source_table).values(title="Velmora, INN-cardorelone"))
    with db.read() as connection:
        assert "cardorelone" in known_names(connection, found.id)
    assert proposed_names(db, replace(found, sheet={})) == {"inn": {"en": "cardorelone"}}
    assert proposed_names(db, replace(found, sheet={"inn": {"en": "cardorelone"}})) == {}
    add_source(db, people["librarian"], ("Ostivel is given once daily.",), title="Ostivel, INN-ravolimide")
    assert proposed_names(db, replace(found, sheet={})) == {}
    with db.read() as connection:
        assert "ravolimide" not in known_names(connection, found.id)
