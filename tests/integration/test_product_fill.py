"""A sheet filled from the register: proposed first, kept after a person's word, and audited."""

from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.audit.verify import verify_trail
from assistant.corpus.products import add_product, find_product
from assistant.corpus.register.files import read_register
from assistant.corpus.register.filling import fill_product, proposed_fill
from assistant.errors import InvalidInput, NotAllowed
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import audit_entry
from guardrails.product import ProductSheet
from tests.builders.register import MEDICINE, OTHER, write_register


@pytest.fixture
def velmora(db: Database, people: dict[str, Actor]) -> str:
    return add_product(db, people["librarian"], "Velmora", {"brand": "Velmora", "holder": "Other"}).name


def test_proposing_keeps_nothing(
    db: Database, people: dict[str, Actor], velmora: str, tmp_path: Path
) -> None:
    answer = proposed_fill(db, people["regulatory"], velmora, read_register(write_register(tmp_path)))
    assert {p["field"]: p["status"] for p in answer["proposals"]} | {
        "brand": "same",
        "holder": "different",
    } == {p["field"]: p["status"] for p in answer["proposals"]}
    assert find_product(db, velmora).sheet == {"brand": "Velmora", "holder": "Other"}


def test_what_is_kept_is_what_the_rules_read(
    db: Database, people: dict[str, Actor], velmora: str, tmp_path: Path
) -> None:
    register = read_register(write_register(tmp_path))
    fill_product(db, people["regulatory"], velmora, register)
    sheet = ProductSheet(find_product(db, velmora).sheet, "FR")
    assert sheet.texts("inn") == ("cardorélone",)
    assert sheet.texts("reimbursement") == ("Remboursé Séc. Soc. à 65\u00a0%, agréé collectivités.",)
    assert sheet.texts("cis") == ("69999991",)
    assert sheet.flag("additional_monitoring")
    with db.read() as connection:
        actions = list(connection.scalars(select(audit_entry.c.action)))
    assert actions[-1] == "product.filled"
    before = verify_trail(db)["entries"]
    fill_product(db, people["regulatory"], velmora, register)
    assert verify_trail(db)["entries"] == before


def test_only_the_named_fields_are_kept(
    db: Database, people: dict[str, Actor], velmora: str, tmp_path: Path
) -> None:
    register = read_register(write_register(tmp_path))
    fill_product(db, people["librarian"], velmora, register, fields=["cis"])
    assert find_product(db, velmora).sheet == {"brand": "Velmora", "holder": "Other", "cis": "69999991"}
    with pytest.raises(InvalidInput, match="nothing for colour"):
        fill_product(db, people["librarian"], velmora, register, fields=["colour"])


def test_a_name_of_several_medicines_is_never_guessed(
    db: Database, people: dict[str, Actor], velmora: str, tmp_path: Path
) -> None:
    register = read_register(write_register(tmp_path, medicines=f"{MEDICINE}\n{OTHER}"))
    answer = fill_product(db, people["librarian"], velmora, register)
    assert [one["cis"] for one in answer["candidates"]] == ["69999992", "69999991"]
    assert (answer["cis"], answer["applied"]) == (None, False)
    assert fill_product(db, people["librarian"], velmora, register, "69999991")["applied"] is True


def test_an_unknown_medicine_and_a_stranger_are_refused(
    db: Database, people: dict[str, Actor], velmora: str, tmp_path: Path
) -> None:
    register = read_register(write_register(tmp_path))
    with pytest.raises(InvalidInput, match="no medicine 61111111"):
        proposed_fill(db, people["librarian"], velmora, register, "61111111")
    with pytest.raises(NotAllowed):
        proposed_fill(db, people["writer"], velmora, register)
