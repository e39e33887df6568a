"""What `ancrage doctor` finds."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, update

from assistant.doctor import scans_read_by
from assistant.people.accounts import add_user
from assistant.people.oidc.asking import know_browser
from assistant.people.roles import Actor
from assistant.store.schema import audit_entry, original
from ingestion.ocr import Ocr
from tests.builders.dossier import Terms, add_piece, add_source, document_of
from tests.integration.conftest import PASSWORD, FakeClock

if TYPE_CHECKING:
    from assistant.bootstrap import App


def test_an_empty_home_is_told_its_next_step(app_factory: Callable[[], "App"]) -> None:
    found = app_factory().doctor()
    assert found["migrations"] == "current"
    assert found["unfinished_jobs"] == 0
    assert any("ancrage user add" in advice for advice in found["advice"])


def test_a_broken_trail_is_told(app_factory: Callable[[], "App"]) -> None:
    app = app_factory()
    add_user(app.db, None, "Ada", ["admin"], PASSWORD)
    assert app.doctor()["audit"] == "holds, 1 entries"
    with app.db.engine.begin() as connection:
        connection.execute(update(audit_entry).values(action="user.praised"))
    found = app.doctor()
    assert found["audit"].startswith("broken at 1")
    assert any("does not hold at entry 1" in advice for advice in found["advice"])


def test_an_original_that_is_lost_is_told(app_factory: Callable[[], "App"], tmp_path: Path) -> None:
    app = app_factory()
    file = tmp_path / "label.pdf"
    file.write_bytes(b"the bytes of a label")
    sha256, size = app.originals.keep(file)
    with app.db.write() as tx:
        row = {"sha256": sha256, "bytes": size, "file_name": "label.pdf", "stored_at": tx.now}
        tx.execute(insert(original).values(row))
    assert app.doctor()["originals"] == "1, all there"
    for spoil in (lambda path: path.write_bytes(b"the"), Path.unlink):
        spoil(app.originals.path(sha256))
        found = app.doctor()
        assert found["originals"] == "1 of 1 missing or cut"
        assert any("label.pdf" in advice and "restore" in advice for advice in found["advice"])


def test_one_address_for_everybody_who_comes_in_is_told(app_factory: Callable[..., "App"]) -> None:
    """It may be a proxy that nobody declared: then one limit of sign-ins counts for all."""
    app = app_factory(oidc_issuer="https://login.house.example")

    def told() -> bool:
        return any("FORWARDED_ALLOW_IPS" in advice for advice in app.doctor()["advice"])

    for browser in ("one", "two"):
        with app.db.write() as tx:
            know_browser(tx, browser, "10.0.0.1")
    assert (told(), app.doctor()["sign_in_addresses"]) == (False, "1, of 2 browsers in 30 days")
    with app.db.write() as tx:
        know_browser(tx, "three", "10.0.0.1")
    assert told()
    with app.db.write() as tx:
        know_browser(tx, "three", "192.0.2.7")
    assert (told(), app.doctor()["sign_in_addresses"]) == (False, "2, of 3 browsers in 30 days")
    assert "sign_in_addresses" not in app_factory().doctor()


def test_it_tells_whether_scanned_pages_are_read(app_factory: Callable[[], "App"]) -> None:
    def tesseract(found: Ocr | None, *, wanted: bool = True) -> tuple[str, list[str]]:
        advice: list[str] = []
        return scans_read_by(found, advice, wanted=wanted), advice

    assert tesseract(Ocr("/usr/bin/tesseract", ("fra", "eng"))) == ("/usr/bin/tesseract (fra, eng)", [])
    assert "fra only" in tesseract(Ocr("/usr/bin/tesseract", ("fra",)))[1][0]
    assert tesseract(None)[0] == "not installed"
    assert tesseract(None, wanted=False) == ("switched off (ANCRAGE_OCR)", [])
    assert app_factory().doctor()["tesseract"]


def test_it_tells_what_the_model_has_taken_today(app_factory: Callable[..., "App"]) -> None:
    app = app_factory()
    assert app.doctor()["openai_tokens_today"].startswith("0, no limit")
    app.daily_tokens.reserve(1_200)
    assert app.doctor()["openai_tokens_today"].startswith("1200, no limit")
    limited = app_factory(openai_tokens_per_day=5_000)
    assert limited.doctor()["openai_tokens_today"] == "1200 of 5000 a day (UTC)"


def test_it_tells_the_model_and_its_host_and_why_it_cannot_be_asked(
    app_factory: Callable[..., "App"],
) -> None:
    assert app_factory().doctor()["openai"].startswith("not configured")
    near = app_factory(openai_model="m", openai_base_url="http://127.0.0.1:9/v1", openai_api_key="a-secret")
    assert near.doctor()["openai"] == "m at 127.0.0.1"
    for changes, words in (
        ({"openai_base_url": "http://127.0.0.1:9/v1"}, "ANCRAGE_OPENAI_MODEL"),
        ({"openai_model": "m", "egress": False}, "ANCRAGE_EGRESS"),
    ):
        found = app_factory(**changes).doctor()
        assert [one for one in found["advice"] if "openai engine cannot be asked" in one and words in one]


def test_it_tells_the_windows_of_deposit_and_advises_those_that_the_houses_own_pieces_lack(
    app_factory: Callable[..., "App"], people: dict[str, Actor], clock: FakeClock
) -> None:
    app = app_factory()
    clock.instant = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    found = app.doctor()
    assert found["deposit_windows"] == "PM 2026"
    assert not [one for one in found["advice"] if "windows of deposit" in one]
    source = add_source(app.db, people["librarian"], markets=("FR",))
    terms = Terms(qualification="promotional", market="FR")
    add_piece(app.db, people["writer"], document_of(app.db, source), terms)
    clock.instant = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
    assert not [one for one in app.doctor()["advice"] if "windows of deposit" in one]
    clock.instant = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    (advice,) = [one for one in app.doctor()["advice"] if "windows of deposit" in one]
    assert "PM visas in 2027 are not recorded" in advice
    assert "ancrage release windows --type PM --year 2027" in advice


@pytest.mark.parametrize(
    ("given", "told", "advised"),
    [
        ({}, "not set up", ""),
        ({"smtp_url": "smtp://localhost:25"}, "by half: ANCRAGE_MAIL_FROM is missing", "by half"),
        ({"mail_from": "a@house.example"}, "by half: ANCRAGE_SMTP_URL is missing", "by half"),
        ({"smtp_url": "smtp://u:secret@localhost", "mail_from": "a@house.example"}, "localhost, from a@house", ""),
        ({"smtp_url": "smtp://mail.example", "mail_from": "a@house.example"}, "ANCRAGE_EGRESS", "cannot be sent"),
        ({"smtp_url": "localhost:25", "mail_from": "a@house.example"}, "no mail server", "cannot be sent"),
    ],
)  # fmt: skip
def test_it_tells_how_mail_is_set_up_and_no_password(
    app_factory: Callable[..., "App"], given: dict[str, str], told: str, advised: str
) -> None:
    found = app_factory(**given).doctor()
    assert told in found["mail"]
    assert any(advised in one for one in found["advice"])
    assert "secret" not in str(found)
    assert (not advised) == all("Mail" not in one for one in found["advice"])
