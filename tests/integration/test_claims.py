"""Approved claims over real files: matched when anything of their product changes, and left out when they do not hold."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.corpus.claims import approved_claims, claims_left_out, shown_claims
from assistant.corpus.model import SourceRequest
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.retrieval.looked import Query
from eval import sample
from tests.integration.conftest import YEAR

if TYPE_CHECKING:
    from assistant.bootstrap import App

OpenApp = Callable[..., "App"]
FILES = sample.FOLDER / "files" / "en"
SHEET = (
    "id,text,document,page,markets,expires_on\n"
    "A,The recommended dose is 5 mg once daily.,talk.vtt,1,FR|EU,2026-12-31\n"
    "B,The recommended dose is 9 mg once daily.,talk.vtt,1,FR,2026-12-31\n"
    "C,Potassium is measured one week after the start.,talk.vtt,7,FR,2026-06-14\n"
    "D,Nobody ever said this about any tablet.,talk.vtt,1,US,2026-12-31\n"
    "E,Potassium is measured one week after the start.,elsewhere.pdf,1,FR,31/12/2026\n"
)
TALK = "WEBVTT\n\n00:01.000 --> 00:06.000\nThe recommended dose is 5 mg once daily.\n\n"
TALK += "00:07.000 --> 00:12.000\nPotassium is measured one week after the start.\n"


def request(kind: str, **changes: Any) -> SourceRequest:
    return SourceRequest("Velmora", kind, ("FR", "EU"), "en", approval=YEAR, **changes)


def add(app: "App", actor: Actor, file: Path, asked: SourceRequest) -> dict[str, Any]:
    (outcome,) = app.add_sources(actor, [(file, asked)])
    assert isinstance(outcome, dict), outcome
    return outcome


def statuses(app: "App", actor: Actor, sheet: str) -> dict[str, str]:
    return {claim["id"]: claim["match"]["status"] for claim in shown_claims(app.db, actor, sheet)["claims"]}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "claims.csv"
    path.write_text(SHEET)
    return path


def test_claims_are_matched_anew_whenever_their_source_changes(
    app_factory: OpenApp, people: dict[str, Actor], sheet: Path, tmp_path: Path
) -> None:
    app, librarian = app_factory(), people["librarian"]
    added = add(app, librarian, sheet, request("claims"))
    assert added["claims"] == {"not_registered": 5}
    talk = tmp_path / "talk.vtt"
    talk.write_text(TALK)
    first = add(app, librarian, talk, request("transcript"))
    assert statuses(app, librarian, added["id"]) == {
        "A": "matched", "B": "differs", "C": "page_wrong", "D": "not_found", "E": "not_registered",
    }  # fmt: skip
    talk.write_text(TALK.replace("5 mg", "9 mg"))
    newer = add(app, librarian, talk, request("transcript", replaces=first["id"]))
    assert statuses(app, librarian, added["id"]) == {
        "A": "differs", "B": "matched", "C": "page_wrong", "D": "not_found", "E": "not_registered",
    }  # fmt: skip
    app.withdraw(librarian, newer["id"], "an error in the talk")
    assert set(statuses(app, librarian, added["id"]).values()) == {"source_withdrawn", "not_registered"}
    with pytest.raises(InvalidInput):
        shown_claims(app.db, librarian, newer["id"])


def test_a_claim_that_does_not_hold_is_not_retrieved(
    app_factory: OpenApp, people: dict[str, Actor], sheet: Path
) -> None:
    app = app_factory()
    added = add(app, people["librarian"], sheet, request("claims"))

    def found(market: str) -> set[str]:
        query = Query("recommended dose potassium tablet", added["product_id"], market, "hcp", None, k=9)
        return {hit.text for hit in app.searcher.search(query)}

    assert found("FR") == {
        "The recommended dose is 5 mg once daily.",
        "The recommended dose is 9 mg once daily.",
    }
    assert found("EU") == {"The recommended dose is 5 mg once daily."}
    with app.db.read() as connection:
        day = date(2026, 6, 14)
        held = approved_claims(connection, added["product_id"], "FR", "en", day)
        assert [claim.id for claim in held] == ["A", "B", "C"]
        assert approved_claims(connection, added["product_id"], "US", "en", day) == []
        assert approved_claims(connection, added["product_id"], "FR", "fr", day) == []
        out = claims_left_out(connection, [added["id"]], "FR", date(2026, 6, 15))
        assert out == {added["id"]: frozenset({3, 4, 5})}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_claims_of_the_shipped_dossier_stand_in_its_documents(
    app_factory: OpenApp, people: dict[str, Actor], tmp_path: Path, language: str
) -> None:
    app, librarian = app_factory(), people["librarian"]
    folder = tmp_path / language
    shutil.copytree(FILES.parent / language, folder)
    for name, kind in (("label-v1.pdf", "label"), ("paper.pdf", "paper")):
        add(app, librarian, folder / name, request(kind))
    added = add(app, librarian, folder / "claims.csv", request("claims"))
    told = shown_claims(app.db, librarian, added["id"])
    wrong = [claim for claim in told["claims"] if claim["match"]["status"] != "matched"]
    assert [(claim["id"], claim["match"]) for claim in wrong] == []
