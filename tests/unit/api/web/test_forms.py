from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from api.web.pages.products import _sheet
from api.web.pages.session import inside
from api.web.pages.source_forms import approval_request, file_name, source_request
from api.web.pages.source_text import beginnings, reasons_text, warnings_text
from assistant.errors import InvalidInput


def form(**fields: str | list[str]) -> FormData:
    pairs = [(k, v) for k, given in fields.items() for v in ([given] if isinstance(given, str) else given)]
    return FormData(pairs)


def test_an_approval_is_complete_or_absent() -> None:
    assert approval_request(form(), required=False) is None
    with pytest.raises(InvalidInput) as refused:
        approval_request(form(reference="A-1", approved_on="2026-01-01"), required=False)
    assert refused.value.params["field"] == "expires_on"
    full = form(reference="A-1", approved_on="2026-01-01", expires_on="2027-01-01")
    asked = approval_request(full, required=True)
    assert asked is not None
    assert (asked.reference, asked.expires_on) == ("A-1", date(2027, 1, 1))


def test_an_impossible_date_names_its_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        approval_request(
            form(reference="A", approved_on="2026-02-30", expires_on="2027-01-01"), required=True
        )
    assert refused.value.params["field"] == "approved_on"


def test_markets_come_from_boxes_and_from_the_line() -> None:
    asked = source_request(
        form(product="Velmora", kind="label", market=["FR", "EU"], other_markets="de, be FR")
    )
    assert asked.markets == ("FR", "EU", "DE", "BE")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("label.pdf", "label.pdf"),
        ("C:\\Users\\me\\label.pdf", "label.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "document"),
        ("", "document"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_files_name_is_made_harmless(given_name: str, kept: str) -> None:
    assert file_name(given_name) == kept


@given(st.text(max_size=300))
def test_any_files_name_stays_within_its_folder(name: str) -> None:
    kept = file_name(name)
    assert kept == Path(kept).name
    assert kept not in {"", ".", ".."}


@given(st.text(max_size=60))
def test_signing_in_never_leads_to_another_site(address: str) -> None:
    kept = inside(address)
    assert kept.startswith("/")
    assert not kept.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_an_address_elsewhere_becomes_the_home_page(address: str) -> None:
    assert inside(address) == "/"


def test_fields_of_a_sheet_lie_over_its_text_and_an_emptied_one_goes() -> None:
    sheet = _sheet(form(sheet="brand: Old\nholder: H\nsynonyms: [a]", brand="New", holder="", inn_fr="cardo"))
    assert sheet == {
        "brand": "New",
        "synonyms": ["a"],
        "inn": {"fr": "cardo"},
        "additional_monitoring": False,
    }


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "a: &x [1]\nb: *x", "just words"])
def test_a_sheet_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _sheet(form(sheet=text))
    assert refused.value.params["field"] == "sheet"


def test_pages_begin_after_the_head_that_they_share() -> None:
    pages = ["Velmora label 1. NAME of it", "Velmora label 4.2 Posology", "Velmora label 4.8 Effects"]
    assert beginnings(pages) == ["1. NAME of it", "4.2 Posology", "4.8 Effects"]
    assert beginnings(["same", "same"]) == ["same", "same"]
    assert beginnings([]) == []


def test_warnings_and_reasons_are_sentences() -> None:
    assert warnings_text(["hidden_slides:3,7"], "en") == ["Hidden slides were left out: 3,7"]
    assert reasons_text(["no_text"], "fr") == ["elle ne contient pas de texte, peut-être une image"]
    assert warnings_text(["something_new:2"], "fr") == ["something new: 2"]
