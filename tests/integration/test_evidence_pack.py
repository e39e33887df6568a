"""The evidence pack: everything that proves a piece, the same bytes each time, and any single change found and named."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from assistant.audit.heads import HeadsLog
from assistant.corpus.model import ApprovalRequest, Source
from assistant.corpus.rights import set_display_right
from assistant.errors import IntegrityError, NotAllowed
from assistant.people.roles import Actor
from assistant.publishing.cascade import cascade
from assistant.publishing.conditions.certificates import Signing, certify
from assistant.publishing.confirming import confirm, list_confirmations
from assistant.publishing.evidence.archive import Pack
from assistant.publishing.evidence.pack import evidence_pack
from assistant.publishing.evidence.summary import summary_html
from assistant.publishing.evidence.verify import build, problems_of
from assistant.publishing.publications import publish
from assistant.retrieval.pictures import Drawn
from assistant.review.comments import comment, resolve_comment
from assistant.review.decisions import approve
from assistant.review.disputes import dispute
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import audit_entry, rendition
from ingestion.model import Page, Rectangle
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.builders.release import promotional

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


class Drawing:
    """Draws a page as its own name, so that a test sees which page was asked for."""

    def marked(
        self,
        source: Source,
        shown: Page,
        file_format: str,
        rectangles: Sequence[Rectangle],
        scale: float = 2.0,
    ) -> Drawn:
        del rectangles, scale
        return Drawn(f"{file_format} picture of page {shown.number} of {source.title}".encode())


@pytest.fixture
def anchored(db: Database, tmp_path: Path) -> Database:
    return replace(db, after_commit=HeadsLog(tmp_path / "audit-heads.log").append)


@pytest.fixture
def source(anchored: Database, people: People) -> str:
    return add_source(anchored, people["librarian"])


@pytest.fixture
def piece(anchored: Database, people: People, source: str) -> str:
    """Published; it was commented on while it was reviewed."""
    made = add_piece(anchored, people["writer"], document_of(anchored, source)).id
    submit(anchored, people["writer"], made)
    said = comment(anchored, people["medical"], made, "Is this the newest label?", mandatory=True)
    resolve_comment(anchored, people["medical"], said)
    approve(anchored, people["medical"], made, PASSWORD)
    approve(anchored, people["regulatory"], made, PASSWORD)
    publish(anchored, people["regulatory"], made)
    return made


@pytest.fixture
def pack(anchored: Database, people: People, piece: str) -> Pack:
    return evidence_pack(anchored, people["auditor"], piece, Drawing())


def members_of(pack: Pack) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def json_of(pack: Pack, name: str) -> object:
    return json.loads(members_of(pack)[name])


def test_the_pack_holds_what_proves_the_piece(anchored: Database, source: str, pack: Pack) -> None:
    members = members_of(pack)
    with anchored.read() as connection:
        stored = {row.name: bytes(row.bytes) for row in connection.execute(select(rendition))}
    assert members["renditions/piece.html"] == stored["html"]
    assert members["renditions/piece.txt"] == stored["text"]
    assert members["renditions/piece.pdf"] == stored["pdf"]
    signatures = json.loads(members["signatures.json"])
    assert [(s["by"]["name"], s["role"], s["meaning"], s["at"]) for s in signatures] == [
        ("The medical", "medical", "approval", "2026-06-15T10:00:00+00:00"),
        ("The regulatory", "regulatory", "approval", "2026-06-15T10:00:00+00:00"),
    ]
    excerpts = json.loads(members["excerpts.json"])
    assert [one["quote"] for one in excerpts] == [one["pages"][0]["spans"][0]["text"] for one in excerpts]
    assert [members[one["pages"][0]["picture"]].decode() for one in excerpts] == [
        "pdf picture of page 1 of Velmora label",
        "pdf picture of page 2 of Velmora label",
    ]
    (found,) = json.loads(members["sources.json"])
    assert (found["id"], found["approvals"][0]["reference"]) == (source, "REF-1")
    review = json.loads(members["review.json"])
    assert review["comments"][0]["text"] == "Is this the newest label?"
    assert [d["outcome"] for d in review["rounds"][0]["decisions"]] == ["approved", "approved"]
    assert json.loads(members["piece.json"])["publications"][0]["status"] == "published"
    page = members["summary.html"].decode()
    assert "The regulatory" in page
    assert signatures[0]["manifest_hash"] in page


def test_the_same_piece_gives_the_same_bytes_and_each_making_is_in_the_trail(
    anchored: Database, people: People, piece: str, pack: Pack
) -> None:
    again = evidence_pack(anchored, people["auditor"], piece, Drawing())
    assert again.content == pack.content
    with anchored.read() as connection:
        entries = connection.scalars(
            select(audit_entry.c.canonical).where(audit_entry.c.action == "evidence.packed")
        ).all()
    assert [json.loads(entry)["details"]["root"] for entry in entries] == [pack.root, pack.root]


def test_an_untouched_pack_holds_with_and_without_its_root(pack: Pack) -> None:
    assert problems_of(pack.content, pack.root) == []
    assert problems_of(pack.content) == []


def test_every_single_changed_byte_of_every_member_is_found_and_the_member_named(pack: Pack) -> None:
    """Three bytes of each member: its first, its middle, its last."""
    members = members_of(pack)
    for name, data in members.items():
        for at in {0, len(data) // 2, len(data) - 1}:
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            found = problems_of(build({**members, name: changed}), pack.root)
            assert [line.split(":")[0] for line in found] == [name], (name, at, found)


def test_every_member_that_is_taken_away_or_added_is_named(pack: Pack) -> None:
    members = members_of(pack)
    for name in members:
        rest = {other: data for other, data in members.items() if other != name}
        assert problems_of(build(rest), pack.root) == [f"{name}: is missing"]
    more = {**members, "pages/more.png": b"more"}
    assert problems_of(build(more), pack.root) == ["pages/more.png: was added"]


@pytest.fixture(scope="session")
def small() -> tuple[bytes, str]:
    """A pack of two members, to change every byte of."""
    from assistant.publishing.evidence.archive import packed

    made = packed("evidence", {"a.txt": b"one", "b/c.txt": b"two"}, {"piece": "p"})
    return made.content, made.root


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_any_changed_byte_of_the_archive_itself_is_found(
    small: tuple[bytes, str], data: st.DataObject
) -> None:
    content, root = small
    at = data.draw(st.integers(0, len(content) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != content[at]))
    assert problems_of(content[:at] + bytes([value]) + content[at + 1 :], root)


@given(keep=st.floats(0, 1, exclude_max=True))
@settings(max_examples=50, deadline=None)
def test_an_archive_cut_short_is_found(small: tuple[bytes, str], keep: float) -> None:
    content, root = small
    assert problems_of(content[: int(len(content) * keep)], root)


def test_a_pack_made_anew_with_its_own_index_is_found_by_the_printed_root_only(pack: Pack) -> None:
    from assistant.publishing.evidence.archive import packed

    members = members_of(pack)
    index = json.loads(members["index.json"])
    about = {key: value for key, value in index.items() if key not in {"members", "schema", "kind"}}
    inner = {
        name: data for name, data in members.items() if name not in {"ROOT.txt", "index.json", "verify.py"}
    }
    inner["provenance.json"] = b"{}\n"
    forged = packed("evidence", inner, about)
    assert problems_of(forged.content) == []
    assert "is not the one of the root" in problems_of(forged.content, pack.root)[0]


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("signatures.json", lambda text: text.replace("user_the_medical", "user_the_legal"), "is not in the audit trail"),
        ("signatures.json", lambda text: text.replace('"password"', '"oidc"', 1), "was not proved as the audit trail says"),
        ("audit/notes.json", lambda text: text.replace("newest", "oldest"), "is not the one that the trail knows"),
        ("audit/trail.jsonl", lambda text: text.replace("piece.signed", "piece.sigmed", 1), "does not have its hash"),
        ("audit/trail.jsonl", lambda text: "\n".join(text.splitlines()[:-1]) + "\n", "does not end at the anchor"),
    ],
)  # fmt: skip
def test_a_forged_index_does_not_hide_what_the_members_say_of_one_another(
    pack: Pack, name: str, change: Callable[[str], str], complaint: str
) -> None:
    from assistant.publishing.evidence.archive import packed

    members = members_of(pack)
    index = json.loads(members["index.json"])
    about = {key: value for key, value in index.items() if key not in {"members", "schema", "kind"}}
    inner = {n: data for n, data in members.items() if n not in {"ROOT.txt", "index.json", "verify.py"}}
    changed = change(inner[name].decode()).encode()
    if changed == inner[name]:
        pytest.fail(f"the test changes nothing in {name}")
    assert any(
        complaint in line for line in problems_of(packed("evidence", {**inner, name: changed}, about).content)
    )


def test_the_verifier_needs_nothing_but_python_and_says_what_it_proves(pack: Pack, tmp_path: Path) -> None:
    """As its reader runs it: unpacked, isolated from this software."""
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        archive.extractall(tmp_path / "unpacked")
    zipped = tmp_path / "pack.zip"
    zipped.write_bytes(pack.content)
    heads = tmp_path / "audit-heads.log"

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-I", "-B", str(tmp_path / "unpacked" / "verify.py")]
        return subprocess.run([*program, *map(str, words)], capture_output=True, text=True, check=False)

    held = run(zipped, "--root", pack.root, "--heads", heads)
    assert held.returncode == 0, held.stdout + held.stderr
    assert f"root {pack.root}" in held.stdout
    assert "Proved against the root that you gave" in held.stdout
    assert "noted outside the system" in held.stdout
    assert "No root was given" in run().stdout  # the folder in which it lies
    (tmp_path / "unpacked" / "sources.json").write_bytes(b"{}")
    broken = run("--root", pack.root)
    assert (broken.returncode, broken.stdout) == (1, "BROKEN: sources.json: was altered.\n")
    heads.write_text("1 " + "0" * 64 + " 2026-06-15T10:00:00+00:00\n")
    assert "was not noted in audit-heads.log" in run(zipped, "--heads", heads).stdout


def test_a_licence_for_the_reference_alone_takes_no_page_along_and_the_pack_says_so(
    anchored: Database, people: People, piece: str, source: str
) -> None:
    set_display_right(anchored, people["librarian"], source, "reference_only", "The publisher's licence.")
    made = evidence_pack(anchored, people["auditor"], piece, Drawing())
    assert not [name for name in made.members if name.endswith(".png")]
    for one in json.loads(members_of(made)["excerpts.json"]):
        (part,) = one["pages"]
        assert (part["picture"], part["before"], part["after"]) == (None, None, None)
        assert "display right is reference_only" in part["no_picture"]
    assert "display right is reference_only" in members_of(made)["summary.html"].decode()


def test_outside_the_company_pages_go_along_only_where_they_may_be_shown(
    anchored: Database, people: People, piece: str, source: str
) -> None:
    def pictures() -> list[str]:
        made = evidence_pack(anchored, people["auditor"], piece, Drawing(), outside=True)
        return [name for name in made.members if name.endswith(".png")]

    assert pictures() == []
    set_display_right(anchored, people["librarian"], source, "page_picture", "Agreed with the publisher.")
    assert len(pictures()) == 2


def test_a_piece_that_nobody_has_signed_is_packed_as_what_it_is(
    anchored: Database, people: People, source: str
) -> None:
    draft = add_piece(anchored, people["writer"], document_of(anchored, source)).id
    made = evidence_pack(anchored, people["writer"], draft, Drawing())
    assert "manifest.json" not in made.members
    assert problems_of(made.content, made.root) == []
    assert "nothing in it is signed" in members_of(made)["summary.html"].decode()


def test_a_disputed_finding_is_packed_with_who_disputed_it_and_why(
    anchored: Database, people: People, source: str
) -> None:
    document = document_of(anchored, source)
    said = next(one for one in document.segments if one.id == "s2")
    reworded = replace(said, text="Once daily, 10 mg is the recommended starting dose.", wording="human")
    segments = tuple(reworded if one.id == "s2" else one for one in document.segments)
    piece = add_piece(anchored, people["writer"], replace(document, segments=segments)).id
    submit(anchored, people["writer"], piece)
    found = review_json(anchored, people["medical"], piece)["findings"]
    rule = next(one["rule"] for one in found if one["where"] == "s2")
    dispute(anchored, people["medical"], piece, rule, "s2", "It is the label's own dose.")
    made = evidence_pack(anchored, people["medical"], piece, Drawing())
    (packed,) = json.loads(members_of(made)["review.json"])["disputes"]
    assert (packed["rule"], packed["where"], packed["reason"]) == (rule, "s2", "It is the label's own dose.")
    assert packed["by"]["name"] == people["medical"].name
    assert "Disputed findings" in members_of(made)["summary.html"].decode()


def test_bytes_that_are_not_those_signed_are_not_packed(
    anchored: Database, people: People, piece: str
) -> None:
    with anchored.engine.begin() as connection:
        connection.execute(update(rendition).where(rendition.c.name == "text").values(bytes=b"other"))
    with pytest.raises(IntegrityError):
        evidence_pack(anchored, people["auditor"], piece, Drawing())


@pytest.mark.parametrize("role", ["rep", "hcp"])
def test_nobody_packs_what_they_may_not_read(
    anchored: Database, people: People, piece: str, role: str
) -> None:
    with pytest.raises(NotAllowed):
        evidence_pack(anchored, people[role], piece, Drawing())


@pytest.fixture
def used(anchored: Database, people: People) -> Pack:
    """Of a certified piece that was published, and confirmed against a newer version of its source."""
    source = add_source(anchored, people["librarian"], markets=("UK",), title="British label")
    made = promotional(anchored, people, source, "UK")
    certify(anchored, people["medical"], made, Signing("doctor", "7012345"), PASSWORD)
    publish(anchored, people["regulatory"], made)
    add_source(
        anchored,
        people["librarian"],
        (*SENTENCES, "More."),
        markets=("UK",),
        replaces=source,
        approval=ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1)),
    )
    cascade(anchored, people["librarian"], "source_superseded", [source])
    (waiting,) = list_confirmations(anchored, people["auditor"])
    confirm(anchored, people["medical"], waiting["id"], PASSWORD, waiting["hash"])
    return evidence_pack(anchored, people["auditor"], made, Drawing())


def test_release_records_and_confirmations_are_members_with_how_each_signatory_was_proved(used: Pack) -> None:
    members = members_of(used)
    (record,) = json.loads(members["release.json"])["records"]
    assert (record["condition"], record["state"], record["signatory"]["name"]) == (
        "certificate",
        "certified",
        "The medical",
    )
    assert record["signatory"]["registration"] == "GMC 7012345"
    assert record["proof"] == {"method": "password", "issuer": None, "at": None}
    (confirmed,) = json.loads(members["confirmations.json"])
    assert sha256(confirmed["canonical"].encode()).hexdigest() == confirmed["hash"]
    (signature,) = confirmed["signatures"]
    assert (signature["by"]["name"], signature["role"], signature["proof"]["method"]) == (
        "The medical",
        "medical",
        "password",
    )
    page = members["summary.html"].decode()
    assert "GMC 7012345" in page
    assert confirmed["hash"] in page
    assert problems_of(used.content, used.root) == []


def test_a_french_reader_is_told_what_signatures_mean_and_in_which_words_they_were_signed(used: Pack) -> None:
    members = members_of(used)
    signed = {one["meaning"] for one in json.loads(members["signatures.json"])}
    page = summary_html(members, "fr").decode()
    assert signed == {"approval"}, "what is stored and hashed"
    told = "<td>approbation (signé avec les mots <q>approval</q>)</td>"
    assert page.count(told) == len(json.loads(members["signatures.json"]))
    assert "confirmation que le contenu tient dans la nouvelle version" in page
    assert "<td>approval</td>" in summary_html(members, "en").decode()


def test_every_byte_of_release_records_and_confirmations_counts(used: Pack) -> None:
    members = members_of(used)
    for name in ("release.json", "confirmations.json"):
        data = members[name]
        for at in range(0, len(data), 7):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            assert problems_of(build({**members, name: changed}), used.root) == [f"{name}: was altered"]


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("release.json", lambda text: text.replace('"password"', '"oidc"'), "was not proved as the audit trail says"),
        ("release.json", lambda text: re.sub(r'("manifest_hash": ?")[0-9a-f]', r"\1x", text), "is for another manifest"),
        ("release.json", lambda text: text.replace('"id":"release_', '"id":"release_x').replace('"id": "release_', '"id": "release_x'), "is not in the audit trail"),
        ("confirmations.json", lambda text: text.replace("Velmora is", "Velmora was"), "is not what was signed"),
        ("confirmations.json", lambda text: text.replace("user_the_medical", "user_the_legal"), "is not in the audit trail"),
        ("confirmations.json", lambda text: text.replace('"password"', '"oidc"'), "was not proved as the audit trail says"),
    ],
)  # fmt: skip
def test_a_forged_index_does_not_hide_a_changed_release_or_confirmation(
    used: Pack, name: str, change: Callable[[str], str], complaint: str
) -> None:
    test_a_forged_index_does_not_hide_what_the_members_say_of_one_another(used, name, change, complaint)
