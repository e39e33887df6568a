"""The page of a claims sheet says how each claim stands to its source."""

from collections.abc import Callable
from pathlib import Path

from assistant.corpus.model import SourceRequest
from tests.integration.test_web.conftest import Browser, World

TALK = "WEBVTT\n\n00:01.000 --> 00:06.000\nThe recommended dose is 5 mg once daily.\n"
SHEET = (
    "id,text,document,page,safety_text,markets,expires_on\n"
    "A,The <b>dose</b> is 5 mg once daily.,elsewhere.pdf,1,,FR,2026-12-31\n"
    "B,Nobody ever said this of any tablet.,,1,,FR,soon\n"
    "C,The recommended dose is 999 mg once daily.,talk.vtt,1,Be careful.,FR,2026-12-31\n"
    "D,The recommended dose is 5 mg once daily.,talk.vtt,8,,,\n"
)
SHOWN = (
    "Source not registered", "No reference given", "elsewhere.pdf", "cannot be read", "&lt;b&gt;dose",
    "Differs from the source", "999 mg", "safety text was not found", "On another page", "It stands on page 1.",
)  # fmt: skip


def test_each_claim_is_shown_with_its_match(
    world: World, browse: Callable[[str], Browser], tmp_path: Path
) -> None:
    librarian = world.people["librarian"]
    (tmp_path / "talk.vtt").write_text(TALK)
    (tmp_path / "claims.csv").write_text(SHEET)
    files = [
        (tmp_path / name, SourceRequest("Velmora", kind, ("FR",), "en"))
        for name, kind in (("talk.vtt", "transcript"), ("claims.csv", "claims"))
    ]
    _, added = world.app.add_sources(librarian, files)
    assert isinstance(added, dict)
    shown = browse("librarian").get(f"/sources/{added['id']}", headers={"Accept-Language": "en"})
    assert shown.status_code == 200
    assert [words for words in SHOWN if words not in shown.text] == []
    assert "<b>dose" not in shown.text
