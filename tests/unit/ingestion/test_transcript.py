"""Transcripts: turns, times, speakers."""

from pathlib import Path

import pytest

from ingestion.errors import UnreadableFile
from ingestion.formats import read
from ingestion.model import Reading


def transcript(tmp_path: Path, text: str, name: str = "talk.vtt") -> Reading:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


TALK = """WEBVTT - a talk

NOTE nobody
reads this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v.loud Dr Martin>Welcome to this talk. The study
<b>enrolled</b> 335 patients &amp; lasted

00:04.500 --> 00:06.000
one year.

00:00:07.000 --> 00:00:09.000
<v Prof Petit>Was it blinded?
"""


def test_a_page_is_a_speakers_turn_with_its_times(tmp_path: Path) -> None:
    reading = transcript(tmp_path, TALK)
    assert [(p.title, p.starts, p.ends) for p in reading.pages] == [
        ("Dr Martin", 1.0, 6.0),
        ("Prof Petit", 7.0, 9.0),
    ]


def test_sentences_run_over_cues_and_never_over_turns(tmp_path: Path) -> None:
    reading = transcript(tmp_path, TALK)
    assert [s.text for s in reading.sentences] == [
        "Welcome to this talk.",
        "The study enrolled 335 patients & lasted one year.",
        "Was it blinded?",
    ]
    assert all("nobody" not in page.text and "intro" not in page.text for page in reading.pages)


def test_without_speakers_a_turn_is_about_a_minute_and_ends_with_a_sentence(tmp_path: Path) -> None:
    cues = "\n".join(
        f"00:{n // 6:02}:{n % 6 * 10:02}.000 --> 00:{n // 6:02}:{n % 6 * 10 + 9:02}.000\nSentence number {n}.\n"
        for n in range(18)
    )
    reading = transcript(tmp_path, f"WEBVTT\n\n{cues}")
    assert [page.starts for page in reading.pages] == [0.0, 60.0, 120.0]


def test_subrip_is_read_too_and_names_before_colons_are_speakers(tmp_path: Path) -> None:
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nMarie: Bonjour à tous.\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\nPaul: Merci.\r\n\r\n"
        "3\r\n00:00:05,000 --> 00:00:06,000\r\nMarie: Une remarque: elle est brève.\r\n\r\n"
        "4\r\n00:00:07,000 --> 00:00:08,000\r\nPaul: Oui.\r\n"
    )
    reading = transcript(tmp_path, text, "talk.srt")
    assert [(p.title, p.text) for p in reading.pages] == [
        ("Marie", "Bonjour à tous."),
        ("Paul", "Merci."),
        ("Marie", "Une remarque: elle est brève."),
        ("Paul", "Oui."),
    ]


def test_a_transcript_without_a_cue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        transcript(tmp_path, "WEBVTT\n\nno times here\n")


CHAPTERS = """WEBVTT

NOTE This talk is an example.

NOTE Slide 1: Welcome

00:01.000 --> 00:04.000
<v Dr Martin>Welcome to this talk. The study has

NOTE Confidence: 0.89

NOTE
Slide 2: The study

00:04.500 --> 00:06.000
<v Dr Martin>one arm. It was short.

00:06.500 --> 00:08.000
<v Dr Martin>It was blinded.

NOTE Questions and answers

00:08.500 --> 00:09.000
<v Dr Martin>Any question?

00:09.500 --> 00:10.000
<v Prof Petit>No.
"""


def test_a_note_that_names_a_slide_is_the_section_of_what_is_said_from_there(tmp_path: Path) -> None:
    reading = transcript(tmp_path, CHAPTERS)
    assert [(s.text, s.section, s.page_title) for s in reading.sentences] == [
        ("Welcome to this talk.", ("Slide 1: Welcome",), "Dr Martin"),
        ("The study has one arm.", ("Slide 1: Welcome",), "Dr Martin"),
        ("It was short.", ("Slide 1: Welcome",), "Dr Martin"),
        ("It was blinded.", ("Slide 2: The study",), "Dr Martin"),
        ("Any question?", ("Questions and answers",), "Dr Martin"),
        ("No.", ("Questions and answers",), "Prof Petit"),
    ]
    assert all("Slide" not in page.text for page in reading.pages)


def test_remarks_name_no_chapter(tmp_path: Path) -> None:
    assert all(sentence.section == () for sentence in transcript(tmp_path, TALK).sentences)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
     ("utf-16-le", b"")],
)  # fmt: skip
def test_a_transcript_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str, mark: bytes) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\nL’étude a inclus 335 patients âgés.\n"
    (tmp_path / "talk.vtt").write_bytes(mark + text.encode(encoding))
    assert [s.text for s in read(tmp_path / "talk.vtt").sentences] == ["L’étude a inclus 335 patients âgés."]


def test_captions_that_roll_say_each_line_once(tmp_path: Path) -> None:
    lines = [
        "the study enrolled many",
        "patients with heart failure",
        "and lasted one year",
        "in all countries.",
        "Deaths fell much.",
    ]
    cues = [f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{before}\n{now}\n"
            for n, (before, now) in enumerate(zip(["", *lines], lines, strict=False))]  # fmt: skip
    reading = transcript(tmp_path, "WEBVTT\n\n" + "\n".join(c.replace("\n\n", "\n") for c in cues))
    assert [s.text for s in reading.sentences] == [
        "the study enrolled many patients with heart failure and lasted one year in all countries.",
        "Deaths fell much.",
    ]


def test_a_word_said_twice_stays_said_twice(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n\n00:02.000 --> 00:03.000\nYes.\n\n00:03.000 --> 00:04.000\nIt fell.\n"
    assert transcript(tmp_path, text).pages[0].text == "Yes.\nYes.\nIt fell."


def test_cues_out_of_order_are_read_in_the_order_of_their_times(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nThen it fell.\n\n00:01.000 --> 00:02.000\nFirst it rose.\n"
    assert transcript(tmp_path, text).pages[0].text == "First it rose.\nThen it fell."


def test_live_questions_are_a_layer_of_their_own(tmp_path: Path) -> None:
    reading = transcript(tmp_path, CHAPTERS)
    assert [(s.text, s.layer) for s in reading.sentences][-3:] == [
        ("It was blinded.", "body"),
        ("Any question?", "questions"),
        ("No.", "questions"),
    ]
