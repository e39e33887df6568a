"""A reference is proposed by the document and confirmed by a person, with an entry in the trail."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.audit.verify import verify_trail
from assistant.corpus.eligibility import source_facts
from assistant.corpus.model import Source
from assistant.corpus.references import confirm_reference, known_reference, reference_json
from assistant.errors import InvalidInput, NotAllowed
from assistant.people.roles import Actor
from assistant.store.database import Database
from tests.integration.conftest import reading_of

TITLE = "Velmorine in heart failure: the BREVIA trial"
PAGE = f"Cardiac Letters. 2021;143:516-525. DOI: 10.9999/CL.1\n{TITLE}\nAnna B. Martin, Carl Durand\nAbstract"
TODAY = date(2026, 6, 15)

AddSource = Callable[..., Source]


@pytest.fixture
def paper(add_source: AddSource) -> Source:
    return add_source(reading_of(PAGE, title=TITLE), kind="paper")


def test_a_paper_proposes_its_reference_and_nothing_counts_before_a_person_confirms(
    db: Database, paper: Source
) -> None:
    with db.read() as connection:
        known = known_reference(connection, paper)
        facts = source_facts(connection, [paper.id], TODAY)[paper.id]
    assert known.status == "proposed"
    assert known.missing == ()
    assert known.reference.authors == ("Martin AB", "Durand C")
    assert facts.reference == ""  # so that rule GR5 speaks
    assert facts.bibliography == {}


def test_confirming_keeps_the_fields_and_the_vancouver_form(
    db: Database, people: dict[str, Actor], paper: Source
) -> None:
    confirmed = confirm_reference(db, people["librarian"], paper.id, {"issue": "2"})
    assert (
        confirmed.reference
        == f"Martin AB, Durand C. {TITLE}. Cardiac Letters. 2021;143(2):516-525. doi:10.9999/CL.1."
    )
    with db.read() as connection:
        facts = source_facts(connection, [paper.id], TODAY)[paper.id]
        assert reference_json(connection, confirmed)["status"] == "confirmed"
    assert facts.reference == confirmed.reference
    assert facts.bibliography["doi"] == "10.9999/CL.1"
    assert verify_trail(db)["ok"] is True


def test_confirming_the_same_again_leaves_no_entry(
    db: Database, people: dict[str, Actor], paper: Source
) -> None:
    confirm_reference(db, people["librarian"], paper.id)
    before = verify_trail(db)["entries"]
    confirm_reference(db, people["librarian"], paper.id)
    assert verify_trail(db)["entries"] == before


def test_an_opinion_keeps_what_was_granted_for_each_indication(
    db: Database, people: dict[str, Actor], add_source: AddSource
) -> None:
    opinion = add_source(reading_of("Avis du 5 juin 2024", title="Avis VELMORA"), kind="opinion")
    benefits = [
        {"indication": "Insuffisance cardiaque", "smr": "Important", "asmr": "iv"},
        {"indication": "Hypertension", "smr": "insuffisant"},
    ]
    changes = {"benefits": benefits, "issuer": "Commission de la Transparence"}
    confirm_reference(db, people["librarian"], opinion.id, changes)
    with db.read() as connection:
        facts = source_facts(connection, [opinion.id], TODAY)[opinion.id]
    assert facts.bibliography["dated_on"] == "2024-06-05"
    assert facts.bibliography["benefits"] == [
        {"indication": "Insuffisance cardiaque", "smr": "important", "asmr": "IV"},
        {"indication": "Hypertension", "smr": "insuffisant", "asmr": ""},
    ]


@pytest.mark.parametrize(
    "changes",
    [{"year": 21}, {"benefits": [{"smr": "grand"}]}, {"benefits": [{"asmr": "VI"}]}, {"colour": "red"}],
)
def test_a_field_that_cannot_be_is_refused(
    db: Database, people: dict[str, Actor], paper: Source, changes: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput):
        confirm_reference(db, people["librarian"], paper.id, changes)


def test_only_a_librarian_confirms(db: Database, people: dict[str, Actor], paper: Source) -> None:
    with pytest.raises(NotAllowed):
        confirm_reference(db, people["writer"], paper.id)
