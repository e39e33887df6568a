"""Damage that needs no knowledge of the format: what a bad disk, a broken transfer or a careless tool does."""

from random import Random

_EXTENSIONS = (".pdf", ".pptx", ".docx", ".xlsx", ".csv", ".vtt", ".srt", ".txt", ".exe", "", ".PDF.pptx")
_ODD_NAMES = (
    "a name with spaces and 'quotes'",
    "-rf",
    "..hidden",
    "été ☃ 資料",
    "e\u0301te\u0301",
    "new\nline",
    "tab\there",
    "a" * 200,
    "%2e%2e%2f",
    "$(x)`y`;z",
    "\u202egnp",
)


def truncated(data: bytes, random: Random) -> bytes:
    """The beginning alone."""
    return data[: random.randrange(len(data))]


def beheaded(data: bytes, random: Random) -> bytes:
    """Without its beginning."""
    return data[random.randrange(len(data)) :]


def bits_flipped(data: bytes, random: Random) -> bytes:
    """From one bit to one in some thousand."""
    spoilt = bytearray(data)
    for _ in range(random.choice((1, 2, 8, 64, max(1, len(data) // 2000)))):
        spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
    return bytes(spoilt)


def zeroed(data: bytes, random: Random) -> bytes:
    """A stretch of zero bytes, as a disk leaves them."""
    start = random.randrange(len(data))
    length = min(len(data) - start, random.choice((1, 64, 4096, 65536)))
    return data[:start] + b"\x00" * length + data[start + length :]


def cut_out(data: bytes, random: Random) -> bytes:
    """A stretch is missing, so that every offset behind it is wrong."""
    start = random.randrange(len(data))
    return data[:start] + data[start + random.choice((1, 16, 512, 8192)) :]


def repeated(data: bytes, random: Random) -> bytes:
    """A stretch stands there several times."""
    start = random.randrange(len(data))
    part = data[start : start + random.choice((8, 256, 4096))]
    return data[:start] + part * random.choice((2, 10, 200)) + data[start:]


def noise_inserted(data: bytes, random: Random) -> bytes:
    """Random bytes in the middle."""
    start = random.randrange(len(data))
    return data[:start] + random.randbytes(random.choice((1, 16, 1024))) + data[start:]


def spliced(data: bytes, other: bytes, random: Random) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: random.randrange(len(data))] + other[random.randrange(len(other)) :]


def figures_changed(data: bytes, random: Random) -> bytes:
    """Numbers in the file become absurd: counts, sizes, offsets."""
    at = [i for i in random.sample(range(len(data)), min(len(data), 4000)) if 48 <= data[i] <= 57]  # noqa: PLR2004  digits
    spoilt = bytearray(data)
    for i in at[: random.choice((1, 5, 50))]:
        spoilt[i] = random.choice(b"0123456789-.")
    if at and random.random() < 0.5:  # noqa: PLR2004  one file in two
        spoilt[at[0] : at[0] + 1] = random.choice((b"99999999999", b"-1", b"1e308", b"4294967296", b"NaN"))
    return bytes(spoilt)


def renamed(name: str, random: Random) -> str:
    """Another extension, or a name that is legal and odd."""
    stem, dot, suffix = name.rpartition(".")
    if random.random() < 0.5:  # noqa: PLR2004  one file in two
        return stem + random.choice(_EXTENSIONS)
    return random.choice(_ODD_NAMES) + dot + suffix
