"""The approved claims sheet of the sample: short claims, each with the place that supports it word for word.

The claims stand in `en.yaml` and `fr.yaml`. Their pages are found in the built PDFs, so the labels and the paper
must have been made in the same folder before.
"""

import csv
from pathlib import Path
from typing import Any

import yaml

from eval.sample.typography import polish_all

COLUMNS = (
    "id",
    "text",
    "variants",
    "document",
    "section",
    "page",
    "safety_text",
    "markets",
    "expires_on",
)


class ClaimNotInDocument(LookupError):
    """A claim, or the safety text that goes with it, does not stand word for word in the document it names."""


def make(language: str, out: Path) -> Path:
    """Write `claims.csv` in `language` ("en" or "fr") into the folder `out` and return its path.

    The file is UTF-8 with a header; variants and markets are separated by `|`; pages count from 1. Raises
    ClaimNotInDocument if a claim is on no page of the document that it names.
    """
    sheet = load(language)
    documents = {claim["document"] for claim in sheet["claims"]} | {sheet["safety_document"]}
    pages = {document: page_texts(out / document) for document in documents}
    for text in sheet["safety_texts"].values():
        page_of(text, pages[sheet["safety_document"]])
    rows = [_row(claim, sheet, page_of(claim["text"], pages[claim["document"]])) for claim in sheet["claims"]]
    path = out / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(language: str) -> dict[str, Any]:
    """Return the claims sheet in `language` as it stands in its data file, with typographic spaces."""
    source = (Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8")
    sheet = polish_all(yaml.safe_load(source), language)
    assert isinstance(sheet, dict)
    return sheet


def page_texts(path: Path) -> list[str]:
    """Return the text of each page of a PDF, in reading order, with every run of white space as one space."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return [_one_line(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def page_of(text: str, pages: list[str]) -> int:
    """Return the number, from 1, of the first page that holds `text`, white space apart."""
    for number, page in enumerate(pages, start=1):
        if _one_line(text) in page:
            return number
    raise ClaimNotInDocument(f"No page holds this text: {text}")


def _row(claim: dict[str, Any], sheet: dict[str, Any], page: int) -> dict[str, str]:
    return {
        "id": claim["id"],
        "text": claim["text"],
        "variants": "|".join(claim["variants"]),
        "document": claim["document"],
        "section": claim["section"],
        "page": str(page),
        "safety_text": sheet["safety_texts"][claim["safety"]],
        "markets": "|".join(sheet["markets"]),
        "expires_on": sheet["expires_on"],
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
