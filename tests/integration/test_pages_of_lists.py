"""Pages of lists hold everything once, on both databases, also where several things happened at one moment."""

from dataclasses import replace

import pytest

from assistant.errors import InvalidInput, NotAllowed
from assistant.notices.listing import list_notices, notices_page
from assistant.notices.outbox import note_for_people
from assistant.people.roles import Actor
from assistant.review.comments import comment
from assistant.review.listing import list_pieces, pieces_page
from assistant.store.database import Database
from tests.builders.dossier import add_piece, document_of
from tests.integration.conftest import FakeClock

People = dict[str, Actor]


def test_pieces_of_one_moment_stand_on_one_page_each(
    db: Database, people: People, source: str, clock: FakeClock
) -> None:
    for n in range(5):
        add_piece(db, people["writer"], document_of(db, source))
        clock.advance(minutes=n // 3)
    seen, after = [], ""
    for _ in range(3):
        found, after = pieces_page(db, people["auditor"], after=after, limit=2)
        seen.append([one["id"] for one in found])
    assert [len(one) for one in seen] == [2, 2, 1]
    assert not after
    whole = list_pieces(db, people["auditor"])
    assert [piece for one in seen for piece in one] == [one["id"] for one in whole]
    assert [one["updated_at"] for one in whole] == sorted((one["updated_at"] for one in whole), reverse=True)
    assert pieces_page(db, people["auditor"], status="published") == ([], "")
    with pytest.raises(InvalidInput):
        pieces_page(db, people["auditor"], after="yesterday~piece_1")
    for last in ("x", "99999999999", ""):
        with pytest.raises(InvalidInput):
            notices_page(db, people["auditor"], after=f"2026-06-15T10:00:00+00:00~{last}")
    with pytest.raises(NotAllowed):
        pieces_page(db, people["rep"])


def test_notices_of_one_moment_are_told_once(db: Database, people: People, source: str) -> None:
    told = replace(db, before_commit=note_for_people)
    piece = add_piece(db, people["writer"], document_of(db, source))
    for n in range(5):
        comment(told, people["medical"], piece.id, f"Remark {n}.")
    seen, after = [], ""
    for _ in range(2):
        found, after = notices_page(db, people["writer"], after=after, limit=3)
        seen += [one.notice.id for one in found]
    assert not after
    assert len(set(seen)) == 5
    assert seen == [one.notice.id for one in list_notices(db, people["writer"])]
