"""Folding of text for comparison, and the finding of a quote: meaning stays, typography goes."""

import hashlib
import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
"""Soft hyphen and characters of no width."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_QUOTES = dict.fromkeys("‘’‚‛ʼ‹›", "'") | dict.fromkeys("“”„‟«»", '"')
_DASHES = frozenset("‐‑‒–—―")
_SPACE_BEFORE_DROPPED, _SPACE_AFTER_DROPPED = "»›", "«‹"
"""French sets spaces inside its quotation marks; other quotation marks have none there."""

_PLAIN = re.compile(r"(?:[!-~]| (?! ))*\Z")
_SIGNS = frozenset("+-−±–‐‑‒<>≤≥=~≈^/×")
_HYPHENS = frozenset("-‐‑")
_ELIDED = frozenset({"l", "d", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu"})
"""A quote may begin after these; not after "n'", which carries a negation."""

_SUPERSCRIPTS = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_SYMBOLS = str.maketrans(
    "\uf020\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf0e0\uf0e8\uf0df\uf0f0\uf0ae",
    "\u00a0•▪➢✓❖□■→→←→→",
)
"""Private codes that mean the same in all symbol fonts; others stay, and make the page doubtful."""
_RAISED = re.compile(r"[0-9+\-−=()–,.*†‡§]*(?:[a-z](?:[,;] ?[a-z])*)?[0-9+\-−=()–,.*†‡§]*\Z")
"""Raised text that has signs of its own: numbers, and single letters that mark footnotes ("a", "a,b")."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the half-open span of the original that it stands for."""

    text: str
    starts: "array[int]"
    ends: "array[int]"

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """The original's span behind each character."""
        return list(zip(self.starts, self.ends, strict=True))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original under the folded span `start:end`, which must not be empty."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of text on its way, with the original span behind it."""

    text: str
    start: int
    end: int


def fold(text: str) -> Folded:
    """Fold what is only typography.

    Folded: NFC, runs of any white space to one space, quotation marks, dashes between letters, soft hyphens and
    characters of no width, f-ligatures. Untouched: digits, signs, minus, dashes near a digit, superscripts, case.
    Folding is idempotent.
    """
    return _folded_before(text) if len(text) <= _KEPT_UP_TO else _fold(text)


def _fold(text: str) -> Folded:
    if _PLAIN.match(text):
        return Folded(text, array("L", range(len(text))), array("L", range(1, len(text) + 1)))
    composed = _compose(_expand(text))
    units = _collapse_spaces(_fold_marks(composed))
    return Folded(
        "".join(unit.text for unit in units),
        array("L", (unit.start for unit in units for _ in unit.text)),
        array("L", (unit.end for unit in units for _ in unit.text)),
    )


_KEPT_UP_TO = 4000
"""Characters: a passage or a statement, not a page. The checks of one document ask for each of them dozens of times."""
_folded_before = lru_cache(maxsize=512)(_fold)


def quote_sha256(quote: str) -> str:
    """SHA-256, in hexadecimal, of the folded quote without white space at its ends."""
    return hashlib.sha256(fold(quote).text.strip().encode("utf-8", "surrogatepass")).hexdigest()


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Find the quote in the text, exactly after folding, and return its half-open span in the original text.

    A quote that begins or ends in the middle of a word, a number or a range is not found there.
    """
    wanted = fold(quote).text.strip()
    if not wanted:
        return None
    folded = fold(text)
    at = folded.text.find(wanted)
    while at != -1:
        end = at + len(wanted)
        if _starts_a_token(folded.text, at) and _ends_a_token(folded.text, end):
            return folded.original(at, end)
        at = folded.text.find(wanted, at + 1)
    return None


def _expand(text: str) -> list[_Unit]:
    return [
        _Unit(part, at, at + 1)
        for at, character in enumerate(text)
        if character not in UNSEEN
        for part in _LIGATURES.get(character, character)
    ]


def _compose(units: list[_Unit]) -> list[_Unit]:
    """Compose each base with the marks that follow it. A unit may then hold several characters (no such
    composition exists as one character).
    """
    clusters: list[list[_Unit]] = []
    for unit in units:
        if clusters and _may_join(unit.text):
            clusters[-1].append(unit)
        else:
            clusters.append([unit])
    return [
        _Unit(character, cluster[0].start, cluster[-1].end)
        for cluster in clusters
        for character in unicodedata.normalize("NFC", "".join(unit.text for unit in cluster))
    ]


def _may_join(character: str) -> bool:
    """Whether normalization can join it to what stands before: combining marks, and Hangul vowels and finals."""
    return character > "\u02ff" and (
        unicodedata.category(character)[0] == "M"
        or "\u1161" <= character <= "\u1175"
        or "\u11a8" <= character <= "\u11c2"
    )


def _fold_marks(units: list[_Unit]) -> list[_Unit]:
    folded: list[_Unit] = []
    for at, unit in enumerate(units):
        mark = unit.text
        if mark in _DASHES and _letter_near(units, at, -1) and _letter_near(units, at, 1):
            folded.append(_Unit("-", unit.start, unit.end))
            continue
        if mark in _SPACE_BEFORE_DROPPED:
            while folded and folded[-1].text.isspace():
                folded.pop()
        elif mark.isspace() and at and units[at - 1].text in _SPACE_AFTER_DROPPED:
            units[at] = units[at - 1]  # so that a run of spaces goes as a whole
            continue
        folded.append(_Unit(_QUOTES.get(mark, mark), unit.start, unit.end))
    return folded


def _letter_near(units: list[_Unit], at: int, step: int) -> bool:
    """Whether the next character that is no white space, that way, is a letter."""
    at += step
    while 0 <= at < len(units) and units[at].text.isspace():
        at += step
    return 0 <= at < len(units) and units[at].text.isalpha()


def _collapse_spaces(units: list[_Unit]) -> list[_Unit]:
    collapsed: list[_Unit] = []
    for unit in units:
        if not unit.text.isspace():
            collapsed.append(unit)
        elif collapsed and collapsed[-1].text == " ":
            collapsed[-1] = _Unit(" ", collapsed[-1].start, unit.end)
        else:
            collapsed.append(_Unit(" ", unit.start, unit.end))
    return collapsed


def _starts_a_token(text: str, at: int) -> bool:
    """Whether no word, number, range or negation begins before `at` and goes on behind it."""
    if at == 0:
        return True
    before, first = text[at - 1], text[at]
    further = text[at - 2] if at > 1 else " "
    if not first.isalnum():
        return not (before.isalnum() and _is_sign_of_number(text, at))
    inside_word = before.isalnum() or _is_mark(before) or (before in _HYPHENS and further.isalnum())
    inside_number = first.isdigit() and (
        before in _SIGNS
        or (before in ".,'" and further.isdigit())
        or (before == " " and _is_thousands(text, at))
    )
    return not (inside_word or inside_number or (before == "'" and not _is_elided(text, at - 1)))


def _ends_a_token(text: str, end: int) -> bool:
    """Whether no word, number or range goes on at `end`."""
    if end == len(text):
        return True
    last, after = text[end - 1], text[end]
    following = text[end + 1] if end + 1 < len(text) else " "
    if not last.isalnum():
        sign_follows = last in _SIGNS or (last in ".,'" and _digits_around(text, end - 1))
        return not (_is_mark(after) or (after.isalnum() and sign_follows))
    inside_word = (
        after.isalnum() or _is_mark(after) or ((after in _HYPHENS or after == "'") and following.isalnum())
    )
    inside_number = last.isdigit() and (
        ((after in _SIGNS or after in ".,") and following.isdigit())
        or (after == " " and _is_thousands(text, end + 1))
    )
    return not (inside_word or inside_number)


def _is_elided(text: str, apostrophe: int) -> bool:
    """Whether the apostrophe ends a French elision that a quote may leave out ("l'|effet"), or opens a quotation."""
    word = re.search(r"\w+\Z", text[:apostrophe])
    return word is None or word[0].lower() in _ELIDED


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _is_sign_of_number(text: str, at: int) -> bool:
    """Whether the sign at `at` joins what stands before to a number or word: "10|–20", "12|,5"."""
    following = text[at + 1] if at + 1 < len(text) else " "
    return following.isalnum() and (text[at] in _SIGNS or _digits_around(text, at))


def _digits_around(text: str, at: int) -> bool:
    """Whether the point or comma at `at` stands inside a number."""
    return text[at] in ".," and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _is_thousands(text: str, at: int) -> bool:
    """Whether the digits from `at` on are a group of three that goes on the number before the space: "12 000"."""
    group = re.match(r"\d{3}(?!\d)", text[at:])
    head = re.search(r"(?<![\d.,])\d{1,3}(?: \d{3})* \Z", text[:at])
    return group is not None and head is not None


def name_symbols(text: str) -> str:
    """Write the arrows, bullets and signs of symbol fonts, which have only private codes, as what they show."""
    return text.translate(_SYMBOLS)


def raise_text(text: str) -> str:
    """Write digits, signs and single letters as superscripts, so that 10⁹ never reads 109.

    Longer words stay as they are: "1st", "2e", "TM".
    """
    return text.translate(_SUPERSCRIPTS) if _RAISED.match(text) else text
