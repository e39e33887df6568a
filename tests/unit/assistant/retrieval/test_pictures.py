"""Pictures on disk: whole files, within bounds, the same name for the same picture."""

import os
from pathlib import Path

from assistant.retrieval.pictures import Kept, picture_name, picture_tag
from ingestion.model import Rectangle


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    Kept(tmp_path / "pages", 100).put("a.png", b"picture")
    assert Kept(tmp_path / "pages", 100).get("a.png") == b"picture"


def test_what_is_not_kept_is_nothing(tmp_path: Path) -> None:
    assert Kept(tmp_path / "pages", 100).get("a.png") is None


def test_the_picture_read_longest_ago_goes_first(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 100)
    for at, name in enumerate(("old", "read", "new")):
        kept.put(name, bytes(30))
        os.utime(tmp_path / name, (at, at))
    assert kept.get("old") is not None
    kept.put("more", bytes(30))
    assert kept.get("read") is None
    assert kept.get("old") is not None
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 100


def test_a_full_disk_keeps_nothing_and_refuses_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    kept = Kept(blocked, 100)
    kept.put("a.png", b"picture")
    assert kept.get("a.png") is None


def test_no_half_written_file_is_left(tmp_path: Path) -> None:
    Kept(tmp_path, 100).put("a.png", b"picture")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_page_scale_and_marks_each_make_another_picture() -> None:
    sha, box = "0" * 64, Rectangle(1, 2, 3, 4)
    assert len({picture_name(sha, 1, 1.6), picture_name(sha, 2, 1.6), picture_name(sha, 1, 1.0)}) == 3
    assert picture_tag(sha, 1, 1.6) != picture_tag(sha, 1, 1.6, [box])
    assert picture_tag(sha, 1, 1.6, [box]) == picture_tag(sha, 1, 1.6, [box])
