"""Writes the webinar as WebVTT: cues of two short lines at most, timed at the pace of speech."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from eval.sample.transcript.content import Webinar

_WORDS_PER_MINUTE = {"en": 143, "fr": 153}
"""The pace of a talk; French needs more and shorter words for the same contents."""
_FIGURE_WORDS = 2
"""A word with figures takes about twice the time of another one to say."""
_OPENING, _NEW_SLIDE, _NEW_TURN = 4.0, 3.0, 0.7
"""Silences in seconds: before the first word, at each change of slide, between two turns."""
_LINE, _LINES = 46, 2
"""The most characters on a line of a cue, and the most lines."""
_ENDS = {".": 25, "?": 25, "!": 25, ",": 50, ";": 50, ":": 50}
"""Signs after which a cue may end, with the characters that it must have by then."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption, with its start and end in seconds from the beginning."""

    start: float
    end: float
    speaker: str
    text: str


def render(webinar: Webinar) -> str:
    """Return the WebVTT file; chapters stand before their first cue as NOTE blocks that name the slide."""
    blocks = [f"WEBVTT - {webinar.title}", f"NOTE {webinar.remark}"]
    number = 0
    for title, cues in timed(webinar):
        blocks.append(f"NOTE {title}")
        for cue in cues:
            number += 1
            lines = escape("\n".join(_lines(cue.text)), quote=False)
            times = f"{_clock(cue.start)} --> {_clock(cue.end)}"
            blocks.append(f"{number}\n{times}\n<v {cue.speaker}>{lines}")
    return "\n\n".join(blocks) + "\n"


def timed(webinar: Webinar) -> Iterator[tuple[str, list[Cue]]]:
    """Yield each chapter's title with its cues."""
    now = _OPENING
    for chapter in webinar.chapters:
        cues = []
        for turn in chapter.turns:
            for text in _pieces(turn.text):
                end = now + 60 * _weight(text) / _WORDS_PER_MINUTE[webinar.language]
                cues.append(Cue(now, end, turn.speaker, text))
                now = end
            now += _NEW_TURN
        yield chapter.title, cues
        now += _NEW_SLIDE


def _pieces(text: str) -> Iterator[str]:
    """Split what is said into cues, at the end of a clause where the length allows it."""
    piece = ""
    for word in text.split(" "):
        if piece and len(_lines(f"{piece} {word}")) > _LINES:
            yield piece
            piece = ""
        piece = f"{piece} {word}".strip(" ")
        if len(piece) >= _ENDS.get(piece[-1], len(piece) + 1):
            yield piece
            piece = ""
    if piece:
        yield piece


def _lines(text: str) -> list[str]:
    return wrap(text, _LINE, break_on_hyphens=False)


def _weight(text: str) -> int:
    """Return how long a text takes to say, in words."""
    words = [word for word in text.split() if any(character.isalnum() for character in word)]
    return sum(_FIGURE_WORDS if any(map(str.isdigit, word)) else 1 for word in words)


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
