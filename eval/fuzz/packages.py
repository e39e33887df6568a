"""Office files taken apart, spoilt inside and packed again, so that the damage reaches the readers of XML."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Members = dict[str, bytes]
_ENTITIES = (
    b'<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)
_EXTREMES = (b"-1", b"0", b"99999999999999", b"1e308", b"NaN", b"", b"2147483648", b"&#x10FFFF;", b"a")
_ODD_TEXT = (
    "_x0000_",
    "_xD800_",
    "\u202e\u2066",
    "&#x1F600;" * 50,
    "&#9;&#10;",
    "e" + "\u0301" * 500,
    "\ufffe",
    "m" * 100_000,
)


def repacked(data: bytes, random: Random) -> bytes:
    """One or two parts of the package changed. Bytes that are no package stay as they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {info.filename: package.read(info) for info in package.infolist()}
    # NotImplementedError is what zipfile raises for a compression that it does not know.
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError):
        return data
    for _ in range(random.choice((1, 1, 2))):
        random.choice(_CHANGES)(members, random)
    return pack(members)


def pack(members: Members, *, encrypted: bool = False) -> bytes:
    """A package of these parts; `encrypted` sets the flag that says so in each entry."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    packed = bytearray(buffer.getvalue())
    if encrypted:
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            for found in re.finditer(re.escape(mark), bytes(packed)):
                packed[found.start() + at] |= 1
    return bytes(packed)


def _some_xml(members: Members, random: Random) -> str:
    names = [name for name in members if name.endswith((".xml", ".rels"))] or list(members)
    # The parts with the words first: half of the damage goes there.
    told = [n for n in names if re.search(r"slide\d|document\.xml|sheet\d|sharedStrings|chart|notes", n)]
    return random.choice(told if told and random.random() < 0.7 else names)  # noqa: PLR2004  share of the damage


def _bits(members: Members, random: Random) -> None:
    name = _some_xml(members, random)
    data = bytearray(members[name])
    for _ in range(random.choice((1, 4, 30))):
        if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(7)
    members[name] = bytes(data)


def _cut(members: Members, random: Random) -> None:
    name = _some_xml(members, random)
    members[name] = members[name][: random.randrange(len(members[name]) + 1)]


def _deep(members: Members, random: Random) -> None:
    name = _some_xml(members, random)
    tags = re.findall(rb"<([A-Za-z:]+)[ >]", members[name]) or [b"a"]
    tag, depth = random.choice(tags), random.choice((50, 300, 3_000, 60_000))
    at = members[name].find(b"<" + tag)
    nest = b"<" + tag + b">"
    members[name] = (
        members[name][:at] + nest * depth + (b"</" + tag + b">") * depth + members[name][max(at, 0) :]
    )


def _wide(members: Members, random: Random) -> None:
    """One element many times: rows, shapes, cells, paragraphs."""
    name = _some_xml(members, random)
    found = list(
        re.finditer(
            rb"<((?:\w+:)?(?:tr|tc|p|r|sp|row|c|si|pt|ser))\b[^>]*>.*?</\1>", members[name], re.DOTALL
        )
    )
    if found:
        chosen = random.choice(found)
        times = min(random.choice((100, 5_000, 100_000)), 40_000_000 // max(1, len(chosen[0])))
        members[name] = members[name][: chosen.end()] + chosen[0] * times + members[name][chosen.end() :]


def _extreme(members: Members, random: Random) -> None:
    name = _some_xml(members, random)
    values = list(re.finditer(rb'="([^"]*)"', members[name]))
    for chosen in sorted(
        random.sample(values, min(len(values), random.choice((1, 5, 40)))), key=lambda m: -m.start()
    ):
        members[name] = (
            members[name][: chosen.start(1)] + random.choice(_EXTREMES) + members[name][chosen.end(1) :]
        )


def _odd_text(members: Members, random: Random) -> None:
    name = _some_xml(members, random)
    texts = list(re.finditer(rb">([^<>]+)<", members[name]))
    if texts:
        chosen = random.choice(texts)
        members[name] = (
            members[name][: chosen.start(1)]
            + random.choice(_ODD_TEXT).encode()
            + members[name][chosen.end(1) :]
        )


def _entities(members: Members, random: Random) -> None:
    name = _some_xml(members, random)
    members[name] = re.sub(rb"(<\?xml[^>]*\?>)?", lambda m: m[0] + _ENTITIES, members[name], count=1)


def _circles(members: Members, random: Random) -> None:
    """Every relationship of one part leads to the same part, or to itself."""
    names = [name for name in members if name.endswith(".rels")]
    if names:
        name = random.choice(names)
        targets = re.findall(rb'Target="([^"]*)"', members[name]) or [b"x"]
        target = random.choice([*targets, name.encode(), b"../../../../etc/passwd", b"file:///etc/passwd"])
        members[name] = re.sub(rb'Target="[^"]*"', lambda _: b'Target="' + target + b'"', members[name])


def _lost(members: Members, random: Random) -> None:
    del members[random.choice(list(members))]
    members.setdefault("empty", b"")


def _swapped(members: Members, random: Random) -> None:
    one, other = _some_xml(members, random), _some_xml(members, random)
    members[one], members[other] = members[other], members[one]


def _bomb(members: Members, random: Random) -> None:
    """A part that packs very small."""
    members[_some_xml(members, random)] = b"<a>" + b" " * random.choice((10_000_000, 70_000_000)) + b"</a>"


def _huge_picture(members: Members, random: Random) -> None:
    """A picture of a few bytes that says it is 60,000 pixels wide and high."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    crc = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    picture = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + header + crc
    names = [name for name in members if re.search(r"\.(png|jpe?g|emf)$", name)] or ["ppt/media/image1.png"]
    members[random.choice(names)] = picture


def _many(members: Members, random: Random) -> None:
    name = _some_xml(members, random)
    for number in range(random.choice((1_000, 25_000))):
        members[f"{name}.{number}"] = b""


_CHANGES: tuple[Callable[[Members, Random], None], ...] = (
    _bits, _bits, _cut, _deep, _wide, _extreme, _extreme, _odd_text, _entities, _circles, _lost, _swapped, _bomb,
    _huge_picture, _many,
)  # fmt: skip
