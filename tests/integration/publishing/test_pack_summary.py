"""What the readable page of a pack and its findings say: in words, for whom a deputy signed, and how comments ended."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from assistant.people.roles import Actor, Role
from assistant.publishing.evidence.pack import evidence_pack
from assistant.publishing.evidence.summary import summary_html
from assistant.review.comments import comment, resolve_comment
from assistant.review.decisions import approve
from assistant.review.delegation import NewDelegation, delegate
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.store.database import Database
from guardrails.packs import pack_of
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of, reworded
from tests.integration.test_evidence_pack import Drawing

PASSWORD = "a passphrase for the tests"
JUNE = (date(2026, 6, 10), date(2026, 6, 20))  # the clock stands on 15 June

People = dict[str, Actor]


def members_of(db: Database, actor: Actor, piece: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(evidence_pack(db, actor, piece, Drawing()).content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def members(db: Database, people: People, add_person: Callable[..., Actor]) -> dict[str, bytes]:
    """Of a piece that Ben approved for Ada, after a mandatory comment on three words of its second statement."""
    ada, ben = add_person("Ada", Role.MEDICAL), add_person("Ben", Role.MEDICAL)
    piece = add_piece(db, people["writer"], document_of(db, add_source(db, people["librarian"]))).id
    submit(db, people["writer"], piece)
    claim(db, ada, piece)
    delegate(db, ada, NewDelegation(ben.name, "medical", *JUNE), "On leave")
    said = comment(
        db, ben, piece, "Is this for everybody?", lineage="s2", mandatory=True, quoted="10 mg once daily"
    )
    comment(db, people["writer"], piece, "The label says so.", parent=said)
    resolve_comment(db, people["regulatory"], said)
    comment(db, people["regulatory"], piece, "Well told.")
    approve(db, ben, piece, PASSWORD)
    return members_of(db, people["auditor"], piece)


def plain(page: bytes) -> str:
    """Its text in one line, with single plain spaces."""
    return " ".join(page.decode().split())


def test_a_deputy_stands_with_the_person_who_was_away_at_the_signature_and_at_the_decision(
    members: dict[str, bytes],
) -> None:
    (signed,) = json.loads(members["signatures.json"])
    assert (signed["by"]["name"], signed["for"]["name"]) == ("Ben", "Ada")
    english = plain(members["summary.html"])
    assert "<td>Ben for Ada</td><td>Medical reviewer</td>" in english
    assert "Ben for Ada · Medical reviewer: Approved" in english
    assert "<td>Ben pour Ada</td><td>Relecteur médical</td>" in plain(summary_html(members, "fr"))


def test_a_comment_is_shown_with_its_statement_its_words_that_it_was_mandatory_and_who_settled_it(
    members: dict[str, bytes],
) -> None:
    page = plain(members["summary.html"])
    moment = "2026-06-15 10:00:00 UTC"
    assert (
        f"<li>{moment} · Ben · <strong>Mandatory</strong>: Is this for everybody?"
        f"<br>On: <q>{SENTENCES[1]}</q> (<q>10 mg once daily</q>)"
        f"<br>Settled by The regulatory, {moment}</li>"
    ) in page
    assert f"The writer · Answer: The label says so.<br>On: <q>{SENTENCES[1]}</q>" in page
    assert f"<li>{moment} · The regulatory: Well told.</li>" in page
    french = plain(summary_html(members, "fr"))
    assert f"Réglé par The regulatory, {moment}" in french
    assert "<strong>Obligatoire</strong>" in french


def test_a_mandatory_comment_that_waits_says_so_and_one_on_a_text_left_out_says_so(
    db: Database, people: People
) -> None:
    piece = add_piece(
        db, people["writer"], document_of(db, add_source(db, people["librarian"], title="Other"))
    ).id
    submit(db, people["writer"], piece)
    comment(db, people["medical"], piece, "Why?", lineage="s1", mandatory=True)
    made = members_of(db, people["auditor"], piece)
    assert "Not settled" in plain(made["summary.html"])
    document = json.loads(made["document.json"])
    document["segments"] = [one for one in document["segments"] if one["id"] != "s1"]
    left_out = summary_html({**made, "document.json": json.dumps(document).encode()}, "en")
    assert "On: a statement that is not in this text (<code>s1</code>)" in plain(left_out)


def test_what_the_piece_is_stands_in_words(members: dict[str, bytes]) -> None:
    english, french = plain(members["summary.html"]), plain(summary_html(members, "fr"))
    assert (
        "<p>Velmora · European Union · Key moments · Internal · Health professionals · Page · In review</p>"
        in english
    )
    assert (
        "<p>Velmora · Union européenne · Points clés · Interne · Professionnels de santé · Page · En relecture</p>"
        in french
    )


@pytest.fixture
def flagged(db: Database, people: People) -> dict[str, bytes]:
    """Of a draft with a dose that its quote does not hold."""
    document = document_of(db, add_source(db, people["librarian"]))
    wrong = reworded(document, "s2", "The recommended starting dose is 40 mg once daily.")
    return members_of(db, people["auditor"], add_piece(db, people["writer"], wrong).id)


def test_findings_name_rule_severity_place_and_the_version_of_the_pack_that_found_them(
    flagged: dict[str, bytes],
) -> None:
    findings: list[dict[str, Any]] = json.loads(flagged["findings.json"])
    assert ("GR3", "block", "s2", "draft") in {
        (one["rule"], one["severity"], one["where"], one["checked_at"]) for one in findings
    }
    assert {one["pack_version"] for one in findings} == {pack_of("EU").version}
    for one in findings:
        assert one["message"]
        assert one["overridable"] in {True, False}
        assert datetime.fromisoformat(one["at"]).tzinfo is not None


def test_findings_stand_in_the_readable_page_in_words(flagged: dict[str, bytes]) -> None:
    wrong = "<q>The recommended starting dose is 40 mg once daily.</q>"
    assert f"<li>at drafting · GR3 · Blocks · {wrong}: " in plain(flagged["summary.html"])
    assert f"<li>à la rédaction · GR3 · Bloquant · {wrong} : " in plain(summary_html(flagged, "fr"))
    assert "(rule pack <code>" in plain(flagged["summary.html"])


def test_provenance_says_by_what_the_text_was_made(flagged: dict[str, bytes]) -> None:
    assert json.loads(flagged["provenance.json"]) == {"engine": "extractive"}
    assert json.loads(flagged["prompts.json"]) == []
    assert "<p>Extractive</p>" in plain(flagged["summary.html"])
