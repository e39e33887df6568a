"""The register's files: every encoding as found, every bad row named, the rest read."""

from pathlib import Path

import pytest

from assistant.corpus.register.files import read_register
from assistant.errors import InvalidInput
from tests.builders.register import MEDICINE, write_register


def test_rows_are_found_by_kind_and_code(tmp_path: Path) -> None:
    register = read_register(write_register(tmp_path))
    assert register.problems == ()
    assert register.of("medicines", "69999991")[0].cells[1] == "VELMORA 5 mg, comprimé pelliculé"
    assert register.of("conditions", "69999991")[0].line == 1
    assert set(register.files) == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_each_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "CIS_bdpm.txt").write_bytes(f"{MEDICINE}\r\n".encode(encoding))
    register = read_register(tmp_path)
    assert register.of("medicines", "69999991")[0].cells[1] == "VELMORA 5 mg, comprimé pelliculé"
    assert register.problems == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"69999992\tToo few", "columns"),
        (b"\t".join([b"69999992"] * 30), "columns"),
        (MEDICINE.replace("69999991", "6999999X").encode(), "cis"),
        (MEDICINE.replace("69999991", "12345").encode(), "cis"),
        (MEDICINE.replace("69999991", "69999992").encode("cp1252"), "mixed_encoding"),
        (b"69999992\t\x81\x8d\xff", "encoding"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_goes_on(tmp_path: Path, line: bytes, code: str) -> None:
    (tmp_path / "CIS_bdpm.txt").write_bytes(MEDICINE.encode() + b"\n" + line + b"\n\n" + MEDICINE.encode())
    register = read_register(tmp_path)
    assert [(p.file, p.line, p.code) for p in register.problems] == [("CIS_bdpm.txt", 2, code)]
    assert len(register.of("medicines", "69999991")) == 2


def test_a_folder_without_the_list_of_medicines_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing.")
    with pytest.raises(InvalidInput, match="no readable list of medicines"):
        read_register(tmp_path)
    with pytest.raises(InvalidInput, match="not a folder"):
        read_register(tmp_path / "notes.txt")
