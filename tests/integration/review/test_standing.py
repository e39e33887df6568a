"""What has changed in the world since the submission stops the approval."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.corpus.products import freeze_product, unfreeze_product
from assistant.corpus.sources import withdraw_source
from assistant.errors import (
    Blocked,
    ProductFrozen,
    SourceNotUsable,
)
from assistant.people.roles import Actor
from assistant.review.attestations import attest
from assistant.review.checking import context_for
from assistant.review.decisions import approve, reject
from assistant.review.gate import require_open_gate, standing
from assistant.review.model import Piece
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.rounds import signatures_of
from assistant.review.submission import SubmitResult, submit
from assistant.review.tasks import claim
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import manifest, signature
from guardrails.checks import CHECKS
from guardrails.model import Finding
from guardrails.runner import run
from tests.builders.dossier import SENTENCES, add_piece, document_of, edit
from tests.builders.reading import count

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


def test_a_source_that_expired_since_the_submission_stops_the_approval(
    db: Database, people: People, clock: Any, submitted: SubmitResult
) -> None:
    clock.advance(days=365)
    with pytest.raises(SourceNotUsable, match="expired"):
        approve(db, people["medical"], submitted.piece_id, PASSWORD)
    assert count(db, signature) == 0


def test_a_withdrawn_source_stops_submission_and_approval(
    db: Database, people: People, source: str, submitted: SubmitResult
) -> None:
    draft = add_piece(db, people["writer"], document_of(db, source, 1))
    withdraw_source(db, people["librarian"], source, "Wrong file")
    with pytest.raises(SourceNotUsable, match="withdrawn"):
        submit(db, people["writer"], draft.id)
    with pytest.raises(SourceNotUsable, match="withdrawn"):
        approve(db, people["medical"], submitted.piece_id, PASSWORD)


def test_a_frozen_product_stops_every_act_and_says_why(
    db: Database, people: People, source: str, submitted: SubmitResult
) -> None:
    document = document_of(db, source, 1)
    draft = add_piece(db, people["writer"], document)
    freeze_product(db, people["safety"], "Velmora", "Signal under review")
    for act in (
        lambda: submit(db, people["writer"], draft.id),
        lambda: edit(db, people["writer"], draft.id, document_of(db, source, 2)),
        lambda: add_piece(db, people["writer"], document),
        lambda: claim(db, people["medical"], submitted.piece_id),
        lambda: approve(db, people["medical"], submitted.piece_id, PASSWORD),
        lambda: attest(db, people["medical"], submitted.piece_id, "s1", "Read"),
        lambda: reject(db, people["medical"], submitted.piece_id, "No"),
    ):
        with pytest.raises(ProductFrozen, match="Signal under review"):
            act()
    unfreeze_product(db, people["safety"], "Velmora", "Closed")
    approve(db, people["medical"], submitted.piece_id, PASSWORD)


def test_a_check_that_crashed_stops_approval_and_nobody_attests_it(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    def crash(*_: object) -> list[Finding]:
        raise ZeroDivisionError

    attest(db, people["medical"], submitted.piece_id, "s1", "Read")
    with db.read() as connection:
        piece = load_piece(connection, submitted.piece_id)
        revision = newest_revision(connection, piece)
        context = context_for(connection, db.clock.now(), piece, revision, "approve")
        report = run(revision.document, context, {**CHECKS, "sources_in_force": crash})
        found = standing(connection, db.clock.now(), piece, revision, "approve", report)
    assert set(report.verdicts.values()) == {"needs_review"}
    for role in ("medical", "regulatory"):
        with pytest.raises(Blocked, match="could not decide: GR7"):
            require_open_gate(found, role, piece)


def test_what_is_shown_reads_in_the_reviewers_language(
    db: Database, people: People, with_request: Piece
) -> None:
    french = review_json(db, replace(people["legal"], language="fr"), with_request.id)["findings"]
    english = review_json(db, people["legal"], with_request.id)["findings"]
    assert [f["rule"] for f in french] == [f["rule"] for f in english]
    assert french[0]["message"] != english[0]["message"]


def test_a_signature_is_found_by_its_manifest_alone(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    approve(db, people["medical"], submitted.piece_id, PASSWORD)
    with db.read() as connection:
        assert [s.role for s in signatures_of(connection, submitted.manifest_hash)] == ["medical"]
        assert signatures_of(connection, "0" * 64) == []
        assert connection.scalar(select(func.count()).select_from(manifest)) == 1


def test_the_sentences_of_the_dossier_pass_the_checks(db: Database, people: People, source: str) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, len(SENTENCES)))
    shown = review_json(db, people["writer"], piece.id)
    assert [s["verdict"] for s in shown["statements"]] == ["pass"] * len(SENTENCES)
