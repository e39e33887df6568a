"""The pages of the documentation are the tables that the code obeys."""

from pathlib import Path

import pytest

from assistant.people.roles import PERMISSIONS, Role
from assistant.review.states import PIECE, TASK
from assistant.review.tables import ACTS, PAGES, TASK_ACTS, main, permissions_page, workflow_page

DOCS = Path(__file__).parents[4] / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_in_the_documentation_is_current(name: str, tmp_path: Path) -> None:
    main([str(tmp_path)])
    made = (tmp_path / name).read_text(encoding="utf-8")
    assert (DOCS / name).read_text(encoding="utf-8") == made, "run: python -m assistant.review.tables docs"


def test_every_step_of_the_tables_says_what_brings_it_about() -> None:
    assert set(ACTS) == {(state, to) for state, following in PIECE.items() for to in following}
    assert set(TASK_ACTS) == {(state, to) for state, following in TASK.items() for to in following}


def test_the_picture_has_every_state_and_step() -> None:
    page = workflow_page()
    for table in (PIECE, TASK):
        for state, following in table.items():
            assert all(f"    {state} --> {to}" in page for to in following or ["[*]"])


def test_the_permission_table_marks_exactly_what_is_permitted() -> None:
    rows = {
        cells[0]: cells[1:]
        for line in permissions_page().splitlines()
        if line.startswith("| ") and (cells := [cell.strip() for cell in line.strip("|").split("|")])
    }
    for permission, roles in PERMISSIONS.items():
        marked = {role for role, cell in zip(Role, rows[permission.replace("_", " ")], strict=True) if cell}
        assert marked == roles
