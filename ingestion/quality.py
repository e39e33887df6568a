"""How far the text of a page can be trusted."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re

from ingestion.model import Quality

_REPLACED = re.compile(r"[\ufffd\ue000-\uf8ff\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
_BULLET_GLYPHS = re.compile(r"[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf02d\uf06f\uf0e0]")
"""Symbol-font bullets and arrows: private use, but everybody reads them."""
_LEADERS = re.compile(r"[.…_·\-–]{3,}")
"""Dots and lines that fill tables of contents and forms."""
_SIGN = re.compile(r"[\W_]+")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{4,}")
_VOWEL = re.compile(r"[aeiouyAEIOUYÀ-Æà-æÈ-Ïè-ïÒ-Öò-öÙ-Ýù-ýÿ]")
_MIXED = re.compile(r"\b\w*(?:[A-Za-z][\u0370-\u052f]|[\u0400-\u052f][A-Za-z])\w*\b")

_FEW = 12
"""Characters: a page with fewer says nothing that could be quoted, but may be rightly empty."""


def assess(text: str, *, extra: tuple[str, ...] = (), prose: bool = True) -> tuple[Quality, tuple[str, ...]]:
    """The quality of a page's visible text, with the codes of the reasons.

    `no_text`, `garbled` (signs without meaning, or words without vowels), `unmapped_glyphs`, `mixed_scripts`, and what
    the reader adds in `extra` (`ocr_layer`, `rotated`, `hidden_text`…), which makes a page doubtful at best. Without
    `prose` a text of mere numbers, signs and codes is not suspect.
    """
    visible = "".join(text.split())
    if not visible:
        return "unreadable", ("no_text", *extra)
    reasons = list(extra)
    unmapped = len(_REPLACED.findall(_BULLET_GLYPHS.sub("", visible))) / len(visible)
    words = _LATIN_WORD.findall(text)
    dumb = sum(1 for word in words if not _VOWEL.search(word) and not word.isupper())
    written = _LEADERS.sub("", visible)
    letters = len(_SIGN.sub("", written)) / max(len(written), 1)
    garbled = (
        unmapped > 0.2
        or (len(words) >= _FEW and dumb > (0.3 if prose else 0.6) * len(words))
        or (prose and len(written) > 10 * _FEW and letters < 0.4)
    )
    if garbled:
        return "unreadable", ("garbled", *reasons)
    if unmapped > 0.01 or (prose and len(words) >= _FEW and dumb > 0.1 * len(words)):
        reasons.append("unmapped_glyphs" if unmapped > 0.01 else "garbled")
    if len(_MIXED.findall(text)) > max(2, 0.02 * len(words)):
        reasons.append("mixed_scripts")
    return ("doubtful", tuple(reasons)) if reasons else ("good", ())
