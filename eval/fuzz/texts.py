"""Transcripts and tables that are too long, too wide, in another encoding, or no text at all."""

from collections.abc import Callable
from random import Random

_ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "utf-8-sig")
_ODD_TIMES = (
    b"99999:59:59.999",
    b"00:00:00.0",
    b"-1:00:00.000",
    b"00:99:99.999",
    b"\xd9\xa3\xd9\xa3:00.000",
    b"::.",
)


def spoilt_text(data: bytes, random: Random) -> bytes:
    """One change to a transcript or a table."""
    return random.choice(_CHANGES)(data, random)


def _many_cues(data: bytes, random: Random) -> bytes:
    del data
    cue = b"00:00:01.000 --> 00:00:02.000\nThe dose is ten.\n\n"
    return b"WEBVTT\n\n" + cue * random.choice((1_000, 50_000, 1_000_000))


def _many_speakers(data: bytes, random: Random) -> bytes:
    del data
    count = random.choice((500, 5_000, 200_000))
    return b"WEBVTT\n\n" + b"".join(
        b"00:00:01.000 --> 00:00:02.000\n<v Speaker %d>The dose is ten.\n\n" % number
        for number in range(count)
    )


def _many_rows(data: bytes, random: Random) -> bytes:
    del data
    return b"id;claim\n" + b"C-1;The dose is 10 mg once daily.\n" * random.choice((2_999, 3_001, 1_000_000))


def _many_columns(data: bytes, random: Random) -> bytes:
    del data
    width = random.choice((1_000, 200_000))
    return b"id;claim" + b";x" * width + b"\n" + b"C-1;The dose is 10 mg once daily." + b";y" * width + b"\n"


def _long_line(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    long = random.choice(
        (b"a", b"word ", b"<", b"&lt;", b"\xc3\xa9", b": ", b'"', b"-->", b"1. ", b"\x85", b"\xe2\x80\xa8")
    )
    return data[:at] + long * random.choice((1_000, 300_000)) + data[at:]


def _other_encoding(data: bytes, random: Random) -> bytes:
    return data.decode("utf-8", "replace").encode(random.choice(_ENCODINGS), "replace")


def _no_text(data: bytes, random: Random) -> bytes:
    """Bytes of no encoding, zeros, and halves of surrogate pairs."""
    for _ in range(random.choice((1, 20))):
        at = random.randrange(len(data))
        data = (
            data[:at]
            + random.choice((b"\x00", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b", b"\x0c"))
            + data[at:]
        )
    return data


def _odd_times(data: bytes, random: Random) -> bytes:
    import re

    return re.sub(rb"\d\d:\d\d\.\d{3}", lambda m: random.choice((*_ODD_TIMES, m[0])), data)


def _open_quotes(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + b'"' * random.choice((1, 3, 1001)) + data[at:]


def _line_ends(data: bytes, random: Random) -> bytes:
    return data.replace(b"\n", random.choice((b"\r", b"\r\n", b"\n\r", b"\x0b", b"\xe2\x80\xa8", b"")))


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _many_cues, _many_speakers, _many_rows, _many_columns, _long_line, _long_line, _other_encoding, _no_text, _no_text,
    _odd_times, _open_quotes, _line_ends,
)  # fmt: skip
