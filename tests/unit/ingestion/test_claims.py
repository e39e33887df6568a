"""Sheets of approved claims."""

from pathlib import Path

import openpyxl
import pytest

from ingestion.errors import EmptyFile, UnreadableFile, UnsupportedFormat
from ingestion.formats import read


def test_a_page_per_claim_quoted_whole(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        "Claim ID,Claim,Expires\nC-1,It works. It is well studied.,2027-01-01\n", encoding="utf-8"
    )
    reading = read(path)
    (sentence,) = reading.sentences
    assert (sentence.text, sentence.page_title) == ("It works. It is well studied.", "C-1")
    assert reading.metadata == {"C-1.Expires": "2027-01-01"}


def test_semicolons_and_cp1252_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes("Référence;Allégation\nA1;Réduit l’HbA1c de 1,2 %, à 24 semaines\n".encode("cp1252"))
    reading = read(path)
    assert [(p.title, p.text) for p in reading.pages] == [("A1", "Réduit l’HbA1c de 1,2 %, à 24 semaines")]


def test_without_a_known_header_the_longest_column_is_the_claim(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        "a;It lowers the pressure by 8 mm Hg in adults\nb;It is taken once a day by mouth\n", encoding="utf-8"
    )
    assert [page.title for page in read(path).pages] == ["1", "2"]


def test_a_workbook_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", "claim"])
    book.active.append(["C7", "Taken once daily."])
    book.save(tmp_path / "claims.xlsx")
    (page,) = read(tmp_path / "claims.xlsx").pages
    assert (page.title, page.text) == ("C7", "Taken once daily.")


def test_a_sheet_without_claims_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("id;claim\n;\n", encoding="utf-8")
    with pytest.raises(EmptyFile):
        read(path)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"xl/workbook.xml" + b"\x00" * 100)
    with pytest.raises(UnreadableFile):
        read(path)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "drug;dose\nVelmora;10 mg\nCardoral;20 mg daily\n"])
def test_a_table_without_sentences_is_no_claims_sheet(text: str, tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnsupportedFormat, match=r"Its columns: (a, b|drug, dose)") as refusal:
        read(path)
    assert "named claim or text" in refusal.value.help


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello to all of you.\n", "claims"),
        ("claims.csv", "id,text\n1,Taken once daily.\n", "transcript"),
        ("claims.csv", "id,text\n1,Taken once daily.\n", "label"),
    ],
)
def test_claims_are_a_table_and_a_table_is_claims(name: str, text: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnsupportedFormat, match="claims sheet"):
        read(path, kind)


def test_two_claims_of_one_id_keep_what_is_said_of_each(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        "id,claim,page\nA,It is taken once daily.,1\nA,It is taken with water.,2\n", encoding="utf-8"
    )
    reading = read(path)
    assert [page.title for page in reading.pages] == ["A", "A (2)"]
    assert reading.metadata == {"A.page": "1", "A (2).page": "2"}
