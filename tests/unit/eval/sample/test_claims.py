import csv
from pathlib import Path

import pytest

from eval.sample import claims, labels
from eval.sample.claims import COLUMNS, ClaimNotInDocument, page_of, page_texts
from eval.sample.labels.text import load, sections_of
from eval.sample.make import FILES

LANGUAGES = ("en", "fr")


def rows(language: str) -> list[dict[str, str]]:
    with (FILES / language / "claims.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_claim_stands_word_for_word_on_the_page_it_names(language: str) -> None:
    pages = {name: page_texts(FILES / language / name) for name in ("label-v1.pdf", "paper.pdf")}
    for row in rows(language):
        assert one_line(row["text"]) in pages[row["document"]][int(row["page"]) - 1], row["id"]
        assert page_of(row["safety_text"], pages["label-v1.pdf"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_claim_from_the_label_stands_in_the_section_it_names(language: str) -> None:
    sections = sections_of(load(language), 1)
    for row in rows(language):
        if row["document"] == "label-v1.pdf":
            assert one_line(row["text"]) in one_line(" ".join(sections[row["section"]])), row["id"]


def test_the_two_languages_make_the_same_claims() -> None:
    same = ("id", "document", "section", "markets", "expires_on")
    english, french = ([[row[column] for column in same] for row in rows(language)] for language in LANGUAGES)
    assert english == french


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_has_its_columns_and_no_claim_twice(language: str) -> None:
    sheet = rows(language)
    assert tuple(sheet[0]) == COLUMNS
    assert len({row["id"] for row in sheet}) == len(sheet) >= 16
    assert len({row["text"] for row in sheet}) == len(sheet)


def test_a_claim_changed_by_one_word_is_on_no_page() -> None:
    with pytest.raises(ClaimNotInDocument, match="increases the risk"):
        page_of("Velmora increases the risk.", ["Velmora reduces the risk."])


def test_a_claim_is_found_in_spite_of_line_breaks_and_no_break_spaces() -> None:
    assert page_of("a dose of 10\u00a0mg once daily", ["nothing", "with a dose of 10 mg once daily."]) == 2


def test_claims_are_not_written_against_another_version_of_the_label(tmp_path: Path) -> None:
    labels.make("en", 2, tmp_path).rename(tmp_path / "label-v1.pdf")
    (tmp_path / "paper.pdf").write_bytes((FILES / "en" / "paper.pdf").read_bytes())
    with pytest.raises(ClaimNotInDocument, match="NYHA class II to IV"):
        claims.make("en", tmp_path)
    assert not (tmp_path / "claims.csv").exists()
