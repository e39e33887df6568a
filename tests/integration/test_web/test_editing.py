"""Editing through the API: a statement is left out of the revision that was read, and of no other."""

from collections.abc import Callable

from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def test_a_statement_is_left_out_of_the_revision_that_was_read(world: World, browse: Browse) -> None:
    writer, piece = browse("writer"), f"/api/pieces/{world.ids['draft']}"
    headers = {"X-CSRF-Token": writer.csrf}
    read = writer.get(piece).json()
    first = read["statements"][0]["id"]
    where = f"{piece}/statements/{first}?base={read['piece']['revision_id']}"
    left = writer.delete(where, headers=headers)
    assert left.status_code == 200
    assert first not in [statement["id"] for statement in left.json()["statements"]]
    assert len(left.json()["statements"]) == len(read["statements"]) - 1
    assert writer.delete(where, headers=headers).status_code == 409
    gone = f"{piece}/statements/{first}?base={left.json()['piece']['revision_id']}"
    assert writer.delete(gone, headers=headers).status_code == 404
