"""A PDF with one sign from a font of its own: what programs embed when they write "≥" with a symbol font."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

_WINDOWS_SYMBOLS, _MAC = (3, 0), (1, 0)


def signs_pdf(
    path: Path,
    shown: str,
    font: Mapping[str, Any],
    *,
    mac: bool = False,
    embedded: bool = True,
    blank: int = 0,
) -> Path:
    """A page that says "Adults of [shown] 70 kg take the higher dose.", where what is shown is a code in hexadecimal.

    `font` has the font's Subtype, BaseFont, and where they are told the Names (from code 1 on) and Widths of its glyphs.
    Its program, all boxes but for the code `blank`, is found by Windows' private codes and with `mac` by plain ones.
    """
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    own = _font(font)
    if embedded:
        program = DecodedStreamObject()
        program.set_data(boxes_font(mac=mac, blank=blank))
        own["/FontDescriptor"][NameObject("/FontFile2")] = writer._add_object(program)
    fonts = DictionaryObject(
        {
            NameObject("/T"): _named(
                Type="Font", Subtype="Type1", BaseFont="Helvetica", Encoding="WinAnsiEncoding"
            ),
            NameObject("/S"): own,
        }
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(
        (
            f"BT /T 11 Tf 60 700 Td (Adults of ) Tj /S 11 Tf <{shown}> Tj /T 11 Tf"
            " ( 70 kg take the higher dose.) Tj ET"
        ).encode()
    )
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(path)
    return path


def _font(font: Mapping[str, Any]) -> DictionaryObject:
    made = _named(Type="Font", Subtype=font["Subtype"], BaseFont=font["BaseFont"])
    described = _named(Type="FontDescriptor", FontName=font["BaseFont"])
    described[NameObject("/Flags")] = NumberObject(4)
    made[NameObject("/FontDescriptor")] = described
    if "Names" in font:
        encoding = _named(Type="Encoding")
        listed = (NameObject(f"/{name}") for name in font["Names"])
        encoding[NameObject("/Differences")] = ArrayObject([NumberObject(1), *listed])
        made[NameObject("/Encoding")] = encoding
    if "Widths" in font:
        made[NameObject("/FirstChar")] = NumberObject(1)
        made[NameObject("/LastChar")] = NumberObject(len(font["Widths"]))
        made[NameObject("/Widths")] = ArrayObject([NumberObject(width) for width in font["Widths"]])
    return made


def _named(**entries: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in entries.items()}
    )


def boxes_font(*, mac: bool = False, blank: int = 0) -> bytes:
    """A TrueType program that draws a box for each code from 1 to 254, and nothing for the code `blank`."""
    count = 255
    box = struct.pack(">5h", 1, 50, 0, 450, 700) + struct.pack(">HH", 3, 0) + bytes([1] * 4)
    box += struct.pack(">4h", 50, 400, 0, -400) + struct.pack(">4h", 0, 0, 700, 0)
    box += bytes(-len(box) % 4)
    drawn = [0, *(int(code != blank) for code in range(1, count))]
    places = [len(box) * sum(drawn[:number]) for number in range(count + 1)]
    tables = {
        b"cmap": _cmap(mac=mac),
        b"glyf": box * (count - 1),
        b"head": struct.pack(
            ">IIIIHHQQ4hHHhhh",
            0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 500, 700, 0, 8, 2, 1, 0,
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, 800, -200, 0, 500, *[0] * 11, count),
        b"hmtx": struct.pack(">Hh", 500, 50) * count,
        b"loca": struct.pack(f">{count + 1}I", *places),
        b"maxp": struct.pack(">IH13H", 0x10000, count, 4, 1, 0, 0, 1, *[0] * 8),
    }  # fmt: skip
    return _file(tables)


def _cmap(*, mac: bool) -> bytes:
    """Glyph n for the code n: under Windows' private codes, and with `mac` under plain ones."""
    private = struct.pack(">14H", 4, 32, 0, 4, 4, 1, 0, 0xF0FE, 0xFFFF, 0, 0xF001, 0xFFFF, 0x1000, 1)
    private += struct.pack(">2H", 0, 0)
    plain = struct.pack(">3H", 0, 262, 0) + bytes([*range(255), 0])
    maps: Sequence[tuple[tuple[int, int], bytes]] = [(_WINDOWS_SYMBOLS, private)]
    maps = [(_MAC, plain), *maps] if mac else maps
    heads, at = b"", 4 + 8 * len(maps)
    for place, table in maps:
        heads += struct.pack(">HHI", *place, at)
        at += len(table)
    return struct.pack(">HH", 0, len(maps)) + heads + b"".join(table for _, table in maps)


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    heads, bodies = b"", b""
    at = 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        heads += struct.pack(">4sIII", tag, 0, at + len(bodies), len(table))
        bodies += table + bytes(-len(table) % 4)
    return struct.pack(">IHHHH", 0x10000, len(tables), 0, 0, 0) + heads + bodies
