"""PDF files that are well formed enough to be opened, and hostile inside."""

import re
import zlib
from collections.abc import Callable
from random import Random

from eval.fuzz.octets import bits_flipped

_BOXES = (
    b"[0 0 1e38 1e38]",
    b"[0 0 0 0]",
    b"[-1 -1 -1 -1]",
    b"[0 0 99999999 1]",
    b"[]",
    b"[0 0 (a) 5]",
    b"[9 9 1 1]",
)
_SHOWN = (
    b"BT /F1 12 Tf 72 700 Td (The dose is 10 mg once daily in adults with heart failure.) Tj ET",
    b"BT /F1 0 Tf 72 700 Td (The dose is 10 mg once daily.) Tj ET",
    b"BT /F1 99999999 Tf 72 700 Td (The dose is 10 mg once daily.) Tj ET",
    b"BT /F1 12 Tf 1e30 -1e30 Td (Far away from the page it says that the dose is 10 mg.) Tj ET",
    b"BT /F1 12 Tf 0 0 0 0 0 0 Tm (On one point stands that the dose is 10 mg.) Tj ET",
    b"BT /F1 12 Tf 72 700 Td " + b"(word ) Tj " * 20_000 + b"ET",
    b"BT /F1 12 Tf 72 700 Td (" + b"a" * 200_000 + b") Tj ET",
    b"BT /F1 4 Tf " + b"1 0 0 1 72 700 Tm (The same words twice and more.) Tj " * 3_000 + b"ET",
    b"q " * 200_000,
    b"[" * 100_000 + b"]" * 100_000,
    b"(" * 100_000,
    b"/X1 Do " * 1_000,
    b"0 0 m " + b"100 100 l " * 100_000 + b"S",
    b"72 700 400 0.1 re f " * 20_000,
)


def rewritten(data: bytes, random: Random) -> bytes:
    """One structural lie in a sound file."""
    return random.choice(_LIES)(data, random)


def _absurd_count(data: bytes, random: Random) -> bytes:
    count = random.choice((b"0", b"-5", b"999999999", b"4294967297"))
    return re.sub(rb"/Count\s+\d+", b"/Count " + count, data)


def _own_child(data: bytes, random: Random) -> bytes:
    """The page tree holds itself."""
    found = re.search(rb"/Kids\s*\[\s*(\d+ \d+ R)", data)
    parent = re.search(rb"/Parent\s+(\d+ \d+ R)", data)
    if not found or not parent:
        return bits_flipped(data, random)
    return data[: found.start(1)] + parent[1] + b" " + data[found.start(1) :]


def _absurd_box(data: bytes, random: Random) -> bytes:
    return re.sub(rb"/MediaBox\s*\[[^\]]*\]", lambda _: b"/MediaBox " + random.choice(_BOXES), data)


def _odd_rotation(data: bytes, random: Random) -> bytes:
    turn = random.choice((b"45", b"-90", b"99999999999", b"90"))
    return re.sub(rb"/MediaBox", lambda _: b"/Rotate " + turn + b" /UserUnit 1e20 /MediaBox", data)


def _wrong_references(data: bytes, random: Random) -> bytes:
    """Objects refer to others than they should, to themselves too."""
    numbers = re.findall(rb"(\d+) 0 R", data)
    if not numbers:
        return bits_flipped(data, random)
    chosen = set(random.sample(range(len(numbers)), min(len(numbers), random.choice((1, 3, 20)))))
    seen = iter(range(len(numbers)))
    return re.sub(
        rb"(\d+) 0 R",
        lambda m: random.choice(numbers) + b" 0 R" if next(seen) in chosen else m[0],
        data,
    )


def _made(data: bytes, random: Random) -> bytes:
    """A small file of its own: content that no program writes."""
    del data
    pages = random.choice((1, 1, 3, 200, 6_000))
    content = random.choice(_SHOWN[:5] if pages > 3 else _SHOWN)  # noqa: PLR2004  long content on few pages alone
    if random.random() < 0.1:  # noqa: PLR2004  now and then
        content = b" " * 120_000_000
    return made_pdf(content, pages, random.choice(_TABLES))


def _encrypted(data: bytes, random: Random) -> bytes:
    """Says that it is encrypted, with a dictionary that cannot be."""
    lie = random.choice(
        (b"<< /Filter /Standard /V 4 /R 4 /O (a) /U (b) /P -1 >>", b"<< /Filter /Custom >>", b"9999 0 R")
    )
    return (
        data.replace(b"trailer\n<<", b"trailer\n<< /Encrypt " + lie, 1)
        if b"trailer\n<<" in data
        else _made(data, random)
    )


_LIES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _absurd_count, _own_child, _absurd_box, _odd_rotation, _wrong_references, _wrong_references, _made, _made, _made,
    _encrypted,
)  # fmt: skip

_TABLES = (
    None,
    b"<0041> <D800>",
    b"<41> <0000>",
    b"<41> <FFFE>",
    b"<61> <DC00D800>",
    b"<65> <" + b"0065" * 200 + b">",
)
"""What a font says its letters mean: lone surrogates, zeros, no characters, two hundred for one."""


def made_pdf(content: bytes, pages: int = 1, table: bytes | None = None) -> bytes:
    """A file of `pages` pages that all show the same content; `table` maps a code of the font to characters."""
    stream = zlib.compress(content)
    kids = b" ".join(b"%d 0 R" % (10 + number) for number in range(pages))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
    font += b" /ToUnicode 6 0 R >>" if table else b" >>"
    cmap = (
        b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar " + (table or b"") + b" endbfchar"
    )
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        3: font,
        4: b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(stream), stream),
        5: b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 5 0 R >> >> /Length 6 >> "
        b"stream\n/X1 Do\nendstream",
        6: b"<< /Length %d >> stream\n%s\nendstream" % (len(cmap), cmap),
    }
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 3 0 R >> /XObject << /X1 5 0 R >> >> >>"
    )
    objects |= {10 + number: page for number in range(pages)}
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, at))
