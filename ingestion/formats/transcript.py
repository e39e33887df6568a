"""Transcripts: WebVTT and SubRip. A page is one speaker's turn, so that a sentence never changes mouths."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ingestion.assembly import Block, PageDraft
from ingestion.errors import FileTooLarge, UnreadableFile
from ingestion.formats.questions import live_questions
from ingestion.formats.rolling import new_words
from ingestion.model import Layer

_TIMING = re.compile(
    r"(?P<start>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*(?P<end>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})(?:\s.*)?\Z"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>|<\d[\d:.]*>")
_PREFIX = re.compile(r"(?:>>\s*)?(?P<name>[A-ZÀ-Þ][\w.’' -]{0,40}?)\s?:\s+(?=\S)")
"""A speaker written in the text, "Dr Martin: …": believed only where several cues do so."""
MAX_CUES = 50_000
"""A day of speech has about 25,000."""
_TURN_SECONDS = 60.0
"""Without speakers, a turn ends at the first sentence's end after this."""
_PAUSE_SECONDS = 30.0
_CHAPTER = re.compile(
    r"(?:slides?|diapos?|diapositives?|chapters?|chapitres?|sections?|parts?|parties?|topics?|sujets?|agenda|sommaire|"
    r"introduction|(?:live |audience |your |vos )?questions?|réponses?|answers?|q\s?(?:&|and|et)\s?[ar]|discussions?|débat|conclusions?)\b",
    re.IGNORECASE,
)
"""How a WebVTT note begins that names what follows; other notes are remarks: "Confidence: 0.9", a copyright."""
_LONGEST_CHAPTER = 200
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\Z")


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    speaker: str | None
    text: str
    chapter: str | None = None
    """The slide or chapter named by the last note that names one."""


def is_transcript(head: str) -> bool:
    """Whether the file's beginning is that of WebVTT or SubRip."""
    text = head.lstrip("\ufeff")
    if re.match(r"WEBVTT(?:[ \t\r\n]|\Z)", text):
        return True
    return re.match(r"\s*\d+\s*\r?\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->", text) is not None


def read_transcript(text: str, name: str) -> list[PageDraft]:
    """One page per turn. Raises UnreadableFile if there is no cue, FileTooLarge if there are too many."""
    found = list(islice(_cues(text), MAX_CUES + 1))
    if len(found) > MAX_CUES:
        raise FileTooLarge(
            f"{name} has more than {MAX_CUES} cues.", help="Split the transcript by session.", file=name
        )
    cues = _unrolled(_speakers_from_prefixes(sorted(found, key=lambda cue: cue.start)))
    if not cues:
        raise UnreadableFile(
            f"{name} has no cue with a time.",
            help="Export the transcript as WebVTT again.",
            file=name,
        )
    turns = list(_turns(cues))
    live = live_questions([(turn[0].speaker, turn[0].chapter, _words(turn)) for turn in turns])
    return [
        _page(number, turn, "questions" if asked else "body")
        for number, (turn, asked) in enumerate(zip(turns, live, strict=True), start=1)
    ]


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in order. Identifiers, remarks, styles and regions are left out; a nameless cue keeps no speaker."""
    chapter: str | None = None
    for block in re.split(r"\n[ \t]*\n+", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if at is None:
            chapter = _chapter(lines) or chapter
            continue
        timing = _TIMING.match(lines[at].strip())
        if timing is None:
            continue
        payload = "\n".join(lines[at + 1 :])
        for cue in _voices(_seconds(timing["start"]), _seconds(timing["end"]), payload):
            yield replace(cue, chapter=chapter)


def _chapter(lines: list[str]) -> str | None:
    """What a note names, in one line: "NOTE Slide 12: Dose", or the same with the line after NOTE."""
    first, *more = lines
    if not re.match(r"NOTE(?:[ \t]|\Z)", first):
        return None
    said = [" ".join(line.split()) for line in (first[4:], *more) if line.strip()]
    if len(said) != 1 or len(said[0]) > _LONGEST_CHAPTER or not _CHAPTER.match(said[0]):
        return None
    return said[0]


def _voices(start: float, end: float, payload: str) -> Iterator[_Cue]:
    """Cut a cue where a voice begins; each part keeps the cue's times."""
    marks = list(_VOICE.finditer(payload))
    edges = [*(mark.start() for mark in marks), len(payload)]
    before = _plain(payload[: edges[0]])
    if before:
        yield _Cue(start, end, None, before)
    for mark, stop in zip(marks, edges[1:], strict=True):
        spoken = _plain(payload[mark.end() : stop])
        if spoken:
            yield _Cue(start, end, html.unescape(mark["name"]).strip(), spoken)


def _plain(payload: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", payload)).split())


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def _speakers_from_prefixes(cues: list[_Cue]) -> list[_Cue]:
    """Believe "Name: words" where no voice is marked and such names come back."""
    if any(cue.speaker for cue in cues):
        return cues
    names = [match["name"] for cue in cues if (match := _PREFIX.match(cue.text))]
    repeated = {name for name, count in Counter(names).items() if count > 1}
    if not repeated:
        return cues
    found = []
    for cue in cues:
        match = _PREFIX.match(cue.text)
        if match and match["name"] in repeated:
            found.append(replace(cue, speaker=match["name"], text=cue.text[match.end() :]))
        else:
            found.append(cue)
    return found


def _unrolled(cues: list[_Cue]) -> list[_Cue]:
    """The cues without what each repeats of the one before; one that says nothing new only makes that one longer."""
    said = new_words([cue.text for cue in cues])
    kept: list[_Cue] = []
    for cue, text in zip(cues, said, strict=True):
        if text:
            kept.append(replace(cue, text=text))
        elif kept:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, cue.end))
    return kept


def _turns(cues: list[_Cue]) -> Iterator[list[_Cue]]:
    """Consecutive cues of one speaker; a cue without a name goes on with the one before.

    Long turns, and recordings without speakers, are cut at a sentence's end after about a minute. A new chapter begins
    a turn; where its note stands within a sentence, that sentence's next cue still belongs to the chapter before.
    """
    turn: list[_Cue] = []
    speaker: str | None = None
    for cue in cues:
        changes = cue.speaker is not None and cue.speaker != speaker
        if turn:
            ended = _SENTENCE_END.search(turn[-1].text) is not None
            long = cue.start - turn[0].start >= _TURN_SECONDS and ended
            begins = cue.chapter != turn[0].chapter and (ended or cue.chapter == turn[-1].chapter)
            paused = cue.start - turn[-1].end >= _PAUSE_SECONDS
            if changes or long or paused or begins:
                yield turn
                turn = []
        speaker = cue.speaker or speaker
        turn.append(replace(cue, speaker=speaker))
    if turn:
        yield turn


def _words(turn: list[_Cue]) -> str:
    return " ".join(cue.text for cue in turn)


def _page(number: int, turn: list[_Cue], layer: Layer) -> PageDraft:
    text = "\n".join(cue.text for cue in turn)
    return PageDraft(
        number,
        [Block(text, layer)],
        title=turn[0].speaker,
        starts=turn[0].start,
        ends=max(cue.end for cue in turn),
        crosses=False,
        section=(turn[0].chapter,) if turn[0].chapter else (),
    )
