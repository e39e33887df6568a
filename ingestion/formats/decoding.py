"""Text files of unknown encoding: UTF-8 and UTF-16 as they say or show themselves, else the Windows code page."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 400
_SHARE = 0.3
"""Of the bytes of a sample that are zero, from which on text of Western languages is UTF-16."""


def decoded(data: bytes) -> str:
    """The text of the file, or of its beginning, without a byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    sample = data[:_SAMPLE]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 1 and sample[first::2].count(0) > _SHARE * len(sample):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # a beginning may end within a letter
            return data.decode("utf-8", "replace")
        return data.decode("cp1252", "replace")
