import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.audit.heads import Head, HeadsLog
from assistant.store.database import Entry

AT = datetime(2026, 6, 15, 10, tzinfo=UTC)


def entry(number: int) -> Entry:
    return Entry(number, f"{number:064}", "thing.happened", "thing_1", AT)


def test_the_last_entry_of_each_commit_is_noted(tmp_path: Path) -> None:
    log = HeadsLog(tmp_path / "heads.log")
    log.append([entry(1), entry(2)])
    log.append([entry(3)])
    assert log.heads() == [Head(2, f"{2:064}"), Head(3, f"{3:064}")]


def test_heads_noted_out_of_order_come_back_in_order(tmp_path: Path) -> None:
    log = HeadsLog(tmp_path / "heads.log")
    log.append([entry(2)])
    log.append([entry(1)])
    assert [head.number for head in log.heads()] == [1, 2]


def test_no_log_is_no_heads(tmp_path: Path) -> None:
    assert HeadsLog(tmp_path / "none.log").heads() == []


def test_the_log_is_for_its_owner_only(tmp_path: Path) -> None:
    log = HeadsLog(tmp_path / "heads.log")
    log.append([entry(1)])
    assert (tmp_path / "heads.log").stat().st_mode & 0o077 == 0


def test_what_was_committed_stands_although_its_head_cannot_be_noted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        HeadsLog(tmp_path / "no folder" / "heads.log").append([entry(1)])
    assert "could not be noted" in caplog.text
