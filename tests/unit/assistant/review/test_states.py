import pytest

from assistant.review.states import EDITABLE, PIECE, TASK, may_move


def ways_into(status: str) -> set[str]:
    return {state for state, following in PIECE.items() if status in following}


def test_a_piece_is_published_only_once_it_is_approved_or_when_a_suspension_is_lifted() -> None:
    assert ways_into("published") == {"approved", "suspended"}


def test_a_piece_is_approved_only_in_review() -> None:
    assert ways_into("approved") == {"in_review"}


@pytest.mark.parametrize("ended", ["rejected", "recalled", "superseded"])
def test_what_has_ended_never_comes_back(ended: str) -> None:
    assert PIECE[ended] == frozenset()
    assert ended not in EDITABLE


def test_every_state_named_is_a_state_of_the_table() -> None:
    assert set().union(*PIECE.values()) <= PIECE.keys()
    assert set().union(*TASK.values()) <= TASK.keys()


def test_a_draft_cannot_jump_over_review() -> None:
    assert not may_move("draft", "approved")
    assert not may_move("draft", "published")


@pytest.mark.parametrize("decided", ["approved", "approved_with_changes", "changes_requested", "rejected"])
def test_a_decided_task_stays_decided(decided: str) -> None:
    assert TASK[decided] == frozenset()
