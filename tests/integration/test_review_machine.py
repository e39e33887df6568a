"""Whatever people do, in whatever order, under whatever policy may be, nothing is published without the signatures of distinct people who did not
write it, on exactly the text that is published; and every change is in the trail.
"""

import json
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import insert, select

from assistant.audit.verify import verify_trail
from assistant.errors import AncrageError
from assistant.people.passwords import hash_password
from assistant.people.roles import Actor, Role
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.delegation import NewDelegation, delegate, end_delegation
from assistant.review.inviolable import SIGNERS
from assistant.review.model import Signature
from assistant.review.pieces import editors, load_piece, load_revision
from assistant.review.plan import complete, given_by, plan_from
from assistant.review.rounds import approved_rounds, approving, last_round, signatures_of, tasks_of_round
from assistant.review.submission import submit
from assistant.review.tasks import claim, give_back
from assistant.store.clock import civil_date
from assistant.store.database import Database, open_database
from assistant.store.migrations import migrate
from assistant.store.schema import delegation, manifest, piece, publication, rendition, revision, user
from assistant.store.schema import source as source_table
from tests.builders.dossier import add_piece, add_source, document_of, edit
from tests.builders.policies import policies, policy_with, put_in_force

PASSWORD = "a passphrase for the tests"
HASH = hash_password(PASSWORD)
ROLES = {
    "ann": {Role.WRITER},
    "bob": {Role.WRITER, Role.MEDICAL, Role.REGULATORY},
    "cyd": {Role.MEDICAL},
    "dan": {Role.MEDICAL, Role.REGULATORY},
    "eve": {Role.REGULATORY, Role.LEGAL},
    "fay": {Role.ADMIN, Role.MEDICAL, Role.REGULATORY},
    "gus": {Role.MEDICAL, Role.LEGAL},
    "hal": {Role.REGULATORY, Role.PHARMACIST},
    "ivy": {Role.REGULATORY},
}
ACTORS = {name: Actor(f"user_{name}", name, frozenset(roles)) for name, roles in ROLES.items()}
WHO = st.sampled_from(sorted(ACTORS))
SHARED = [
    (one, other, role)
    for role in ("medical", "regulatory")
    for one in sorted(ROLES)
    for other in sorted(ROLES)
    if one != other and role in ROLES[one] & ROLES[other]
]
"""Who could stand for whom, as what."""
PASSWORDS = st.sampled_from([PASSWORD] * 9 + ["something else"])


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the people, a source and a draft of Ann's."""
    path = tmp_path_factory.mktemp("machine") / "template.sqlite"
    db = open_database(f"sqlite:///{path}")
    migrate(db)
    librarian = Actor("user_lib", "lib", frozenset({Role.LIBRARIAN}))
    with db.write() as tx:
        for actor in (*ACTORS.values(), librarian):
            tx.execute(
                insert(user).values(
                    id=actor.id,
                    name=actor.name,
                    key=actor.name,
                    roles=sorted(actor.roles),
                    password_hash=HASH,
                    created_at=tx.now - timedelta(days=2),
                )
            )
    source = add_source(db, librarian)
    add_piece(db, ACTORS["ann"], document_of(db, source))
    db.engine.dispose()
    return path


class Review(RuleBasedStateMachine):
    """One piece, nine people of overlapping roles, any policy that may be, every act of review and publishing."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ancrage-machine-"))
        shutil.copyfile(self.template, self.folder / "ancrage.sqlite")
        self.db: Database = open_database(f"sqlite:///{self.folder / 'ancrage.sqlite'}")
        with self.db.read() as connection:
            self.piece: str = connection.scalars(select(piece.c.id)).one()
            self.source: str = connection.scalars(select(source_table.c.id)).one()

    def teardown(self) -> None:
        assert verify_trail(self.db)["ok"]
        self.db.engine.dispose()
        shutil.rmtree(self.folder)

    def status(self) -> str:
        with self.db.read() as connection:
            return load_piece(connection, self.piece).status

    @initialize(text=st.just(policy_with(lambda data: data)) | policies())
    def the_company_has_a_policy(self, text: str) -> None:
        self.regulatory_adopts(text)

    @rule(text=policies())
    def regulatory_adopts(self, text: str) -> None:
        with suppress(AncrageError):
            put_in_force(self.db, text, ACTORS["hal"], ACTORS["ivy"])

    @precondition(lambda self: self.status() == "in_review")
    @rule(order=st.permutations(sorted(ACTORS)))
    def everybody_signs_who_may(self, order: list[str]) -> None:
        self.everybody_signs(order)

    def everybody_signs(self, order: list[str]) -> None:
        for who in order:
            with suppress(AncrageError):
                approve(self.db, ACTORS[who], self.piece, PASSWORD)

    @precondition(lambda self: self.status() == "approved")
    @rule()
    def everybody_publishes_who_may(self) -> None:
        for actor in ACTORS.values():
            with suppress(AncrageError):
                publish(self.db, actor, self.piece)

    @rule(who=WHO, count=st.integers(1, 3))
    def somebody_edits(self, who: str, count: int) -> None:
        with suppress(AncrageError):
            edit(self.db, ACTORS[who], self.piece, document_of(self.db, self.source, count))

    @precondition(lambda self: self.status() in {"draft", "changes_requested"})
    @rule()
    def the_writer_submits(self) -> None:
        with suppress(AncrageError):
            submit(self.db, ACTORS["ann"], self.piece)

    @rule(who=WHO, channel=st.sampled_from([None, "page", "email"]))
    def somebody_submits(self, who: str, channel: str | None) -> None:
        with suppress(AncrageError):
            submit(self.db, ACTORS[who], self.piece, channel=channel)

    @precondition(lambda self: self.status() == "in_review")
    @rule(who=WHO, password=PASSWORDS)
    def somebody_approves(self, who: str, password: str) -> None:
        with suppress(AncrageError):
            approve(self.db, ACTORS[who], self.piece, password)

    @precondition(lambda self: self.status() == "in_review")
    @rule(who=WHO, act=st.sampled_from([claim, give_back]))
    def somebody_takes_or_gives_back(self, who: str, act: Any) -> None:
        with suppress(AncrageError):
            act(self.db, ACTORS[who], self.piece)

    @rule(who=WHO, deputy=WHO, role=st.sampled_from(SIGNERS), first=st.integers(0, 1), days=st.integers(0, 9))
    def somebody_names_a_deputy(self, who: str, deputy: str, role: str, first: int, days: int) -> None:
        with suppress(AncrageError):
            self.name_deputy(who, deputy, role, first, days)

    @precondition(lambda self: self.status() == "in_review")
    @rule(shared=st.sampled_from(SHARED), order=st.permutations(sorted(ACTORS)))
    def somebody_leaves_a_task_to_a_deputy_and_the_others_sign(
        self, shared: tuple[str, str, str], order: list[str]
    ) -> None:
        who, deputy, role = shared
        with self.db.read() as connection:
            round_ = last_round(connection, self.piece)
            assert round_ is not None
            tasks = [t.id for t in tasks_of_round(connection, round_.id) if t.role == role]
        for task in tasks:
            for act in (
                lambda task=task: claim(self.db, ACTORS[who], task),
                lambda: self.name_deputy(who, deputy, role, 0, 0),
                lambda task=task: approve(self.db, ACTORS[deputy], task, PASSWORD),
            ):
                with suppress(AncrageError):
                    act()
        self.everybody_signs(order)

    @rule(who=WHO, data=st.data())
    def somebody_is_back(self, who: str, data: st.DataObject) -> None:
        with self.db.read() as connection:
            named = sorted(connection.scalars(select(delegation.c.id)))
        if named:
            with suppress(AncrageError):
                end_delegation(self.db, ACTORS[who], data.draw(st.sampled_from(named)))

    def name_deputy(self, who: str, deputy: str, role: str, first: int, days: int) -> None:
        starts = civil_date(self.db.clock.now(), "") + timedelta(days=first)
        wanted = NewDelegation(deputy, role, starts, starts + timedelta(days=days))
        delegate(self.db, ACTORS[who], wanted, "On leave")

    @precondition(lambda self: self.status() == "in_review")
    @rule(who=WHO)
    def somebody_asks_for_changes(self, who: str) -> None:
        with suppress(AncrageError):
            request_changes(self.db, ACTORS[who], self.piece, "Change it")

    @rule(who=WHO)
    def somebody_publishes(self, who: str) -> None:
        with suppress(AncrageError):
            publish(self.db, ACTORS[who], self.piece)

    @precondition(lambda self: self.status() in {"published", "suspended"})
    @rule(who=WHO, act=st.sampled_from([recall_piece, reject]))
    def somebody_ends_it(self, who: str, act: Any) -> None:
        with suppress(AncrageError):
            act(self.db, ACTORS[who], self.piece, "End it")

    @invariant()
    def what_is_published_is_signed_by_distinct_people_who_did_not_write_it(self) -> None:
        with self.db.read() as connection:
            owner = load_piece(connection, self.piece)
            for row in connection.execute(select(publication)):
                rounds = approved_rounds(connection, [row.revision_id])
                round_ = approving(rounds[row.revision_id], row.published_at)
                assert round_ is not None
                signed = signatures_of(connection, row.manifest_hash, round_)
                people = [s.user_id for s in signed]
                tasks = tasks_of_round(connection, round_.id)
                carried = given_by([t for t in tasks if t.id in {s.task_id for s in signed}])
                assert round_.plan is not None
                assert complete(plan_from(round_.plan, tasks), carried)
                event(f"published under {round_.plan['workflow']} in {len(round_.plan['steps'])} steps")
                assert {"medical", "regulatory"} <= {s.role for s in signed}
                assert len(set(people)) == len(people) >= 2
                wrote = self._wrote_until(connection, row.revision_id, owner.author_id)
                assert not wrote & set(people)
                assert ACTORS["fay"].id not in people
                absent = [s.on_behalf_of for s in signed if s.on_behalf_of is not None]
                if absent:
                    event("published with a deputy's signature")
                assert len({*people, *absent}) == len(people) + len(absent), "nobody counts twice"
                assert not wrote & set(absent)
                for one in signed:
                    assert one.on_behalf_of is None or self._had_named(connection, one)

    def _had_named(self, connection: Any, signed: Signature) -> bool:
        """Whether the absent person, who has the role, had named the signer for the day of the signature."""
        absent = next(actor for actor in ACTORS.values() if actor.id == signed.on_behalf_of)
        day = civil_date(signed.signed_at, "EU")
        rows = connection.execute(
            select(delegation).where(
                delegation.c.delegator_id == absent.id,
                delegation.c.deputy_id == signed.user_id,
                delegation.c.role == signed.role,
                delegation.c.starts_on <= day,
                delegation.c.ends_on >= day,
            )
        ).all()
        stood = [r for r in rows if r.named_at <= signed.signed_at <= (r.ended_at or signed.signed_at)]
        return bool(stood) and Role(signed.role) in absent.roles

    def _wrote_until(self, connection: Any, revision_id: str, author: str) -> set[str]:
        last = load_revision(connection, revision_id)
        return {author} | set(
            connection.scalars(
                select(revision.c.created_by).where(
                    revision.c.piece_id == self.piece, revision.c.number <= last.number
                )
            )
        )

    @invariant()
    def the_signed_manifest_names_the_published_text_and_bytes(self) -> None:
        with self.db.read() as connection:
            for row in connection.execute(select(publication)):
                canonical = connection.scalars(
                    select(manifest.c.canonical).where(manifest.c.hash == row.manifest_hash)
                ).one()
                named = json.loads(canonical)
                assert named["revision"]["id"] == row.revision_id
                assert named["revision"]["document_sha256"] == load_revision(connection, row.revision_id).hash
                stored = {
                    r.name: r.sha256
                    for r in connection.execute(
                        select(rendition).where(rendition.c.revision_id == row.revision_id)
                    )
                }
                assert stored == {r["name"]: r["sha256"] for r in named["renditions"]}

    @invariant()
    def an_approved_piece_carries_its_signatures(self) -> None:
        with self.db.read() as connection:
            found = load_piece(connection, self.piece)
            if found.status not in {"approved", "published"}:
                return
            newest = connection.scalars(
                select(manifest.c.hash).where(manifest.c.revision_id == found.revision_id)
            ).one()
            people = {s.user_id for s in signatures_of(connection, newest, last_round(connection, found.id))}
            assert len(people) >= 2
            assert not people & editors(connection, found)


def test_no_path_publishes_without_the_signatures(template: Path) -> None:
    Review.template = template
    machine = Review.TestCase
    machine.settings = settings(
        max_examples=16,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    machine().runTest()
