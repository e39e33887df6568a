"""Signs whose font does not say what they mean: read where the file proves it, else shown as lost, and never left out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ingestion.formats import read
from ingestion.model import Reading
from ingestion.symbol_font import SYMBOL_FONT, is_symbol_font
from tests.builders.signs_pdf import signs_pdf

CODED = {
    "Subtype": "TrueType",
    "BaseFont": "ABCDEF+TT1o00",
    "Names": ("Gb3", "G61", "Gb0"),
    "Widths": (546, 628, 399),
}


def said(reading: Reading) -> str:
    return reading.sentences[0].text


def test_glyphs_that_bear_only_codes_are_read_where_their_widths_prove_the_font(tmp_path: Path) -> None:
    reading = read(signs_pdf(tmp_path / "a.pdf", "01", CODED))
    assert said(reading) == "Adults of ≥ 70 kg take the higher dose."
    assert reading.warnings == ()
    assert "α 70" in said(read(signs_pdf(tmp_path / "a.pdf", "02", CODED)))


def test_a_glyph_that_paints_nothing_is_a_space_where_the_file_has_its_font(tmp_path: Path) -> None:
    nameless = CODED | {"Names": ("g1", "g2", "g3"), "Widths": (250, 250, 250)}
    reading = read(signs_pdf(tmp_path / "a.pdf", "01", nameless, blank=1))
    assert said(reading) == "Adults of 70 kg take the higher dose."
    assert "\ufffd" in said(read(signs_pdf(tmp_path / "b.pdf", "02", nameless, blank=1)))


@pytest.mark.parametrize(
    "font",
    [
        pytest.param(CODED | {"Widths": (333, 444, 400)}, id="the widths are another font's"),
        pytest.param(
            CODED | {"Names": ("G62",), "Widths": (549,)}, id="the width could be a letter's of a text"
        ),
        pytest.param(CODED | {"Names": ("g1", "g2", "g3")}, id="the names are mere numbers"),
        pytest.param(
            {"Subtype": "TrueType", "BaseFont": "ABCDEF+Velmora", "Names": ("sign1",)}, id="unknown names"
        ),
    ],
)
def test_what_no_font_tells_is_shown_as_lost_and_reported(tmp_path: Path, font: Mapping[str, Any]) -> None:
    reading = read(signs_pdf(tmp_path / "a.pdf", "01", font))
    assert said(reading) == "Adults of \ufffd 70 kg take the higher dose."
    assert "unmapped_glyphs:1" in reading.warnings


@pytest.mark.parametrize(
    ("code", "sign"),
    [("B3", "≥"), ("A3", "≤"), ("6D", "µ"), ("62", "β"), ("B4", "×"), ("B0", "°"), ("B1", "±")],
)
@pytest.mark.parametrize(
    ("kind", "program"),
    [("Type1", None), ("Type1", "mac"), ("TrueType", None), ("TrueType", "mac"), ("TrueType", "windows")],
)
def test_a_symbol_fonts_codes_are_its_signs(
    tmp_path: Path, code: str, sign: str, kind: str, program: str | None
) -> None:
    font = {"Subtype": kind, "BaseFont": "Symbol" if kind == "Type1" else "SymbolMT"}
    made = signs_pdf(tmp_path / "a.pdf", code, font, mac=program == "mac", embedded=program is not None)
    assert said(read(made)) == f"Adults of {sign} 70 kg take the higher dose."


@pytest.mark.parametrize(("code", "sign"), [("02", "≥"), ("03", "≤"), ("04", "−")])
@pytest.mark.parametrize("kind", ["Type1", "TrueType"])
def test_a_sign_that_the_stand_in_of_a_font_lacks_is_read_by_its_name(
    tmp_path: Path, kind: str, code: str, sign: str
) -> None:
    names = ("sign1", "greaterequal", "lessequal", "minus", "space")
    font = {"Subtype": kind, "BaseFont": "Velmora", "Names": names}
    made = signs_pdf(tmp_path / "a.pdf", code, font, embedded=False)
    assert said(read(made)) == f"Adults of {sign} 70 kg take the higher dose."
    nameless = read(signs_pdf(tmp_path / "b.pdf", "01", font, embedded=False))
    assert said(nameless) == "Adults of \ufffd 70 kg take the higher dose."
    assert "unmapped_glyphs:1" in nameless.warnings
    for blank in ("05", "20"):
        made = signs_pdf(tmp_path / "c.pdf", blank, font, embedded=False)
        assert said(read(made)) == "Adults of 70 kg take the higher dose."


def test_only_the_symbol_font_has_its_encoding() -> None:
    assert all(map(is_symbol_font, ("Symbol", "ABCDEF+SymbolMT", "Symbol,Bold", "symbolps")))
    assert not any(map(is_symbol_font, ("OpenSymbol", "Segoe UI Symbol", "SymbolNeu", "Helvetica", "")))


def test_the_table_of_signs_is_the_standards() -> None:
    wanted = {
        0x3C: "<",
        0x44: "Δ",
        0x62: "β",
        0x6D: "µ",
        0xA3: "≤",
        0xB0: "°",
        0xB3: "≥",
        0xB9: "≠",
        0xBB: "≈",
    }
    assert {code: SYMBOL_FONT[code] for code in wanted} == wanted
    assert {0xAE: "→", 0xD6: "√", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫"}.items() <= SYMBOL_FONT.items()
