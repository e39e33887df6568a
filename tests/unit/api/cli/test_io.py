import errno
import io as streams
import json
from pathlib import Path

import pytest

from api.cli.home import storage_refusal
from api.cli.io import Io, ProgressBar, ask_password, refuse, whole_file
from assistant.errors import Blocked, InvalidInput, UnknownProduct


def ends(*, interactive: bool = False) -> Io:
    return Io(
        streams.StringIO(), streams.StringIO(), Path("/somewhere"), "ada", lambda: "secret", interactive
    )


def written(stream: object) -> str:
    assert isinstance(stream, streams.StringIO)
    return stream.getvalue()


def test_a_refusal_with_json_is_one_document_on_stdout() -> None:
    io = ends()
    assert refuse(UnknownProduct("No product P.", help="Add it."), io, as_json=True) == 1
    assert json.loads(written(io.out)) == {
        "error": {"code": "unknown_product", "message": "No product P.", "retry": False, "help": "Add it."}
    }
    assert not written(io.err)


def test_a_refusal_without_json_is_its_message_on_stderr() -> None:
    io = ends()
    finding = {"rule": "GR3", "where": "s1", "message": "The number 12 is not in the quote."}
    assert refuse(Blocked("The checks stop it.", findings=[finding]), io, as_json=False) == 1
    assert not written(io.out)
    assert "The checks stop it." in written(io.err)
    assert "GR3 at s1" in written(io.err)


def test_a_path_is_meant_from_where_the_person_stands() -> None:
    assert ends().path("labels/a.pdf") == Path("/somewhere/labels/a.pdf")


def test_a_password_is_one_line_of_standard_input() -> None:
    assert ask_password(from_stdin=True, stdin=streams.StringIO("pass phrase \nmore")) == "pass phrase "


def test_nobody_to_ask_for_a_password_is_a_refusal() -> None:
    with pytest.raises(InvalidInput, match="nobody to ask"):
        ask_password(from_stdin=False, stdin=streams.StringIO())


def test_a_bar_is_drawn_for_a_person_and_wiped_at_the_end() -> None:
    io = ends(interactive=True)
    bar = ProgressBar(io)
    bar(5, 10, "reading label.pdf")
    bar.close()
    assert "5/10 reading label.pdf" in written(io.err)
    assert written(io.err).endswith("\r\x1b[K")


def test_a_log_is_not_flooded_with_progress() -> None:
    io = ends()
    bar = ProgressBar(io)
    for done in range(100):
        bar(done, 100, "reading")
    bar.close()
    assert not written(io.err)


def write_on_a_full_disk(file: Path) -> None:
    with whole_file(file) as half:
        half.write_text("to")
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_is_there_when_all_of_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "copy.html"
    with whole_file(file) as half:
        half.write_text("first")
        assert not file.exists()
    assert (file.read_text(), list(tmp_path.iterdir())) == ("first", [file])


def test_what_was_there_stays_where_the_disk_is_full_and_the_file_is_named(tmp_path: Path) -> None:
    """The copy of yesterday was cut to nothing."""
    file = tmp_path / "copy.html"
    file.write_text("yesterday")
    file.chmod(0o640)
    with pytest.raises(OSError, match="No space") as failed:
        write_on_a_full_disk(file)
    assert (file.read_text(), list(tmp_path.iterdir())) == ("yesterday", [file])
    assert (
        storage_refusal(failed.value).message
        == f"{file} could not be read or written: No space left on device."
    )
    with whole_file(file) as half:
        half.write_text("today")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("today", 0o640)


def test_a_folder_that_is_not_there_is_named_as_it_was_typed(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "copy.html"
    with pytest.raises(FileNotFoundError) as failed, whole_file(file) as half:
        half.write_text("to")
    assert storage_refusal(failed.value).message == f"There is no file {file}."


def test_a_link_stays_one_and_what_may_not_be_written_is_not(tmp_path: Path) -> None:
    file, link = tmp_path / "copy.html", tmp_path / "link.html"
    file.write_text("yesterday")
    link.symlink_to(file)
    with whole_file(link) as half:
        half.write_text("today")
    assert (link.is_symlink(), file.read_text()) == (True, "today")
    file.chmod(0o600)
    with whole_file(file) as half:
        assert half.stat().st_mode & 0o777 == 0o600
    other = tmp_path / "other.html"
    other.hardlink_to(file)
    with whole_file(file) as half:
        half.write_text("tomorrow")
    assert other.read_text() == "tomorrow"


def test_an_error_of_another_file_keeps_its_name(tmp_path: Path) -> None:
    missing = tmp_path / "original.pdf"
    with pytest.raises(FileNotFoundError) as failed, whole_file(tmp_path / "pack.zip"):
        missing.read_bytes()
    assert failed.value.filename == str(missing)


def test_a_device_is_written_to() -> None:
    with whole_file(Path("/dev/null")) as half:
        assert half == Path("/dev/null")
