"""Where a publication has gone: the register of recipients, the affected-items report, the status of a copy."""

import io
import json
import time
from datetime import date

import pytest
from sqlalchemy import func, insert, select

from assistant.audit.verify import erase_note, verify_trail
from assistant.corpus.sources import withdraw_source
from assistant.errors import Conflict, InvalidInput, NotAllowed, NotFound
from assistant.people.roles import Actor
from assistant.publishing.affected import affected_items
from assistant.publishing.errors import Gone
from assistant.publishing.listing import list_published, signatures_behind
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.recipients import Use, import_uses, record_use
from assistant.publishing.serving import published_bytes
from assistant.publishing.signed_by import signature_lines
from assistant.publishing.stamp import stamped_copy
from assistant.publishing.status import copy_status
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import audit_entry, citation, piece, publication, publication_use, revision
from tests.builders.dossier import add_piece, document_of

PASSWORD = "a passphrase for the tests"
HEADER = "publication,mode,used_on,recipient\n"

People = dict[str, Actor]


@pytest.fixture
def published(db: Database, people: People, source: str) -> Publication:
    made = add_piece(db, people["writer"], document_of(db, source)).id
    submit(db, people["writer"], made)
    approve(db, people["medical"], made, PASSWORD)
    approve(db, people["regulatory"], made, PASSWORD)
    return publish(db, people["regulatory"], made)


def visit(published: Publication, to: str = "Dr Ada Quill") -> Use:
    return Use(published.id, "visit", date(2026, 6, 15), to)


def test_the_report_names_pieces_publications_people_to_tell_and_who_received_what(
    db: Database, people: People, source: str, published: Publication
) -> None:
    record_use(db, people["regulatory"], visit(published))
    recall_piece(db, people["safety"], published.piece_id, "Wrong dose.")
    for named in ({"source": source}, {"piece": published.piece_id}):
        report = affected_items(db, people["auditor"], **named)
        (item,) = report["items"]
        (shown,) = item["publications"]
        assert (item["piece"], shown["id"], shown["served"]) == (published.piece_id, published.id, False)
        assert "Wrong dose" in shown["reason"]
        assert shown["first_used_on"] == "2026-06-15"
        assert [(u["mode"], u["recipient"]) for u in shown["uses"]] == [("visit", "Dr Ada Quill")]
        because = {person["name"]: person["because"] for person in report["people"]}
        assert because["The writer"] == ["wrote"]
        assert because["The medical"] == ["signed"]
        assert because["The regulatory"] == ["published", "signed"]
        assert because.get("The librarian") == (["registered"] if "source" in named else None)
        assert report["counts"] == {"pieces": 1, "publications": 1, "served": 0, "recipients": 1}


def test_a_recipients_name_is_in_no_audit_entry_and_can_be_erased(
    db: Database, people: People, published: Publication
) -> None:
    entered = record_use(db, people["regulatory"], visit(published))
    with db.read() as connection:
        assert not [c for c in connection.scalars(select(audit_entry.c.canonical)) if "Quill" in c]
    erase_note(db, people["admin"], entered["entry"])
    report = affected_items(db, people["auditor"], piece=published.piece_id)
    assert report["items"][0]["publications"][0]["uses"][0]["recipient"] is None
    assert verify_trail(db)["ok"] is True


def test_a_file_of_uses_is_entered_whole_and_once(
    db: Database, people: People, published: Publication
) -> None:
    rows = "".join(f"{published.id},email,2026-06-15,Reader {number}\n" for number in range(3))
    data = ("\ufeff" + HEADER + rows).encode()
    assert import_uses(db, people["regulatory"], data) == 3
    with pytest.raises(Conflict, match="in the register already"):
        import_uses(db, people["regulatory"], data)
    semicolons = (HEADER + f"{published.piece_id},hand-out,2026-06-15,Hospital\n").replace(",", ";").encode()
    assert import_uses(db, people["regulatory"], semicolons) == 1


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{p},email,15/06/2026,A", "Line 3: used_on is not a date"),
        ("{p},e-mail to all!,2026-06-15,A", "Line 3: .* is no mode"),
        ("{p},email,2026-06-15,", "Line 3: A recipient is named"),
        ("{p},email,2026-06-14,A", "Line 3: It cannot have been used on 2026-06-14"),
        ("{p},email,2026-06-16,A", "Line 3: It cannot have been used on 2026-06-16"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_nothing_is_entered(
    db: Database, people: People, published: Publication, line: str, complaint: str
) -> None:
    good = f"{published.id},email,2026-06-15,A\n"
    with pytest.raises(InvalidInput, match=complaint):
        import_uses(db, people["regulatory"], (HEADER + good + line.format(p=published.id)).encode())
    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(publication_use)) == 0


def test_a_file_that_is_no_register_is_refused(db: Database, people: People) -> None:
    with pytest.raises(InvalidInput, match="not UTF-8"):
        import_uses(db, people["regulatory"], b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="no column publication"):
        import_uses(db, people["regulatory"], b"a,b\n1,2\n")
    with pytest.raises(NotAllowed):
        import_uses(db, people["rep"], HEADER.encode())


def test_a_copys_status_tells_whether_it_is_in_force_and_nothing_else(
    db: Database, people: People, published: Publication
) -> None:
    prefix = published.manifest_hash[:16]
    told = copy_status(db, prefix)
    assert (told["state"], told["since"], told["until"]) == ("in_force", "2026-06-15", "2027-01-01")
    recall_piece(db, people["safety"], published.piece_id, "Wrong dose in Velmora.")
    told = copy_status(db, prefix.upper())
    assert (told["in_force"], told["state"], told["since"]) == (False, "recalled", "2026-06-15")
    assert "Velmora" not in json.dumps(told)
    with pytest.raises(InvalidInput):
        copy_status(db, prefix[:15])
    with pytest.raises(NotFound):
        copy_status(db, "0" * 16)


def test_a_stamped_copy_holds_the_signed_page_its_end_and_its_status_address(
    db: Database, people: People, published: Publication
) -> None:
    signed, _ = published_bytes(db, published.id, "html")
    made, told = stamped_copy(db, people["rep"], published.piece_id, "https://ancrage.example")
    head, _, _ = signed.rpartition(b"</body>")
    assert made.startswith(head)
    assert b"2027-01-01" in made
    assert b"The signed page is unchanged." in made, (
        "above or below: the stamp moves to the top where it warns"
    )
    assert told["status"] == f"https://ancrage.example/status/{published.manifest_hash[:32]}"
    assert told["status"].encode() in made
    block = made.decode().split('id="ancrage-signatures"')[1].split("</section>")[0]
    assert published.manifest_hash[:32] in block
    with db.read() as connection:
        signed_by = signatures_behind(connection, published)
    assert len(signed_by) >= 2
    for line in signature_lines(signed_by, "en", "EU"):
        assert line in block
    withdraw_source(db, people["librarian"], _source_of(db), "Replaced by the authority.")
    with pytest.raises(Gone):
        stamped_copy(db, people["rep"], published.piece_id, "https://ancrage.example")


def test_a_stamped_pdf_says_on_every_page_until_when_it_holds_and_where_to_ask(
    db: Database, people: People, published: Publication
) -> None:
    from pypdf import PdfReader

    signed, _ = published_bytes(db, published.id, "pdf")
    made, told = stamped_copy(db, people["rep"], published.piece_id, "https://ancrage.example", "pdf")
    before, after = PdfReader(io.BytesIO(signed)).pages, PdfReader(io.BytesIO(made)).pages
    assert len(after) == len(before) + 1
    with db.read() as connection:
        lines = signature_lines(signatures_behind(connection, published), "en", "EU")
    last = " ".join(after[-1].extract_text().split())
    assert all(line in last for line in lines)
    for old, new in zip([*before, None], after, strict=True):
        words = " ".join(new.extract_text().split())
        assert old is None or " ".join(old.extract_text().split()) in words
        assert "To be used until 2027-01-01 at the latest." in words
        assert told["status"] in words
        assert published.manifest_hash[:32] in words
        links = [one.get_object()["/A"]["/URI"] for one in new["/Annots"] if "/A" in one.get_object()]
        assert told["status"] in links
    again, _ = stamped_copy(db, people["rep"], published.piece_id, "https://ancrage.example", "pdf")
    assert again == made
    with pytest.raises(InvalidInput, match="no stamped docx"):
        stamped_copy(db, people["rep"], published.piece_id, "https://ancrage.example", "docx")


def _source_of(db: Database) -> str:
    with db.read() as connection:
        return str(connection.scalar(select(citation.c.source_id).limit(1)))


MANY = 10_000


def test_of_ten_thousand_publications_on_a_withdrawn_source_none_is_served_afterwards(
    db: Database, people: People, source: str, published: Publication
) -> None:
    """The withdrawal is one short transaction; what is served is computed at every read, so nothing else has to run."""
    _multiply(db, published, MANY - 1)
    with db.read() as connection:
        ids = connection.scalars(select(publication.c.id)).all()
    assert len(ids) == MANY
    sample = [published.id, *ids[:: MANY // 200]]
    assert published_bytes(db, ids[0], "text")
    began = time.perf_counter()
    withdraw_source(db, people["librarian"], source, "Safety.")
    assert time.perf_counter() - began < 1.0
    assert list_published(db) == []
    shown = list_published(db, stopped=True)
    assert len(shown) == MANY
    assert {one["cause"] for one in shown} == {"source_withdrawn"}
    for one in sample:
        with pytest.raises(Gone):
            published_bytes(db, one, "text")


def _multiply(db: Database, one: Publication, count: int) -> None:
    """Pieces that are published with the very revision of this one: every one cites the source."""
    with db.write() as tx:
        first = dict(tx.execute(select(piece).where(piece.c.id == one.piece_id)).mappings().one())
        released = dict(tx.execute(select(publication).where(publication.c.id == one.id)).mappings().one())
        assert tx.execute(select(revision.c.id)).all()
        pieces = [{**first, "id": f"piece_{at:016x}"} for at in range(count)]
        tx.execute(insert(piece), pieces)
        tx.execute(
            insert(publication),
            [
                {**released, "id": f"publication_{at:016x}", "piece_id": made["id"]}
                for at, made in enumerate(pieces)
            ],
        )
