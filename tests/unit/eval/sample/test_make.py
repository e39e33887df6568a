from pathlib import Path

import pytest

from eval.sample.make import FILES, make_all


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("fresh")
    written = list(make_all(folder))
    built = contents(folder)
    assert {str(path.relative_to(folder)) for path in written} == set(built)
    return built


def test_the_shipped_files_are_those_that_the_script_makes(fresh: dict[str, bytes]) -> None:
    shipped = contents(FILES)
    assert set(shipped) == set(fresh)
    assert [name for name in fresh if fresh[name] != shipped[name]] == []


def test_making_the_files_twice_gives_the_same_bytes(fresh: dict[str, bytes], tmp_path: Path) -> None:
    list(make_all(tmp_path))
    again = contents(tmp_path)
    assert [name for name in fresh if fresh[name] != again[name]] == []
