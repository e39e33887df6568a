"""The paper, the deck and the webinar: rebuilt byte for byte, complete, and the same figures in both languages."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from eval.sample import deck, paper, transcript
from eval.sample.deck import content as deck_content
from eval.sample.paper import content as paper_content
from eval.sample.transcript import content as transcript_content
from eval.sample.transcript import webvtt
from eval.sample.typography import LANGUAGES, NO_BREAK, polish

COMMITTED = Path(paper.__file__).parents[1] / "files"
BUILDERS = {"paper.pdf": paper.make, "deck.pptx": deck.make, "webinar.vtt": transcript.make}
ARM_SIZES = (1207, 1205)

# Figures of the fictitious dossier that every document states, in English and in French.
KEY_FIGURES = (
    ("2,412", "2 412"),
    ("23.4%", "23,4 %"),
    ("29.5%", "29,5 %"),
    ("0.77", "0,77"),
    ("0.66 to 0.90", "0,66 à 0,90"),
    ("6.2 percentage points", "6,2 points de pourcentage"),
    ("26.4 months", "26,4 mois"),
    ("0.60 to 0.86", "0,60 à 0,86"),
    ("0.58 to 0.87", "0,58 à 0,87"),
    ("1.2 to 3.4", "1,2 à 3,4"),
    ("0.71 to 1.10", "0,71 à 1,10"),
    ("0.75 to 1.11", "0,75 à 1,11"),
    ("0.65 to 0.99", "0,65 à 0,99"),
    ("0.59 to 0.93", "0,59 à 0,93"),
    ("0.61 to 1.07", "0,61 à 1,07"),
    ("0.52 to 2.17", "0,52 à 2,17"),
    ("11.8%", "11,8 %"),
    ("6.1%", "6,1 %"),
)


def plain(text: str) -> str:
    """Put one ordinary space for every run of white space, the unbreakable kinds included."""
    return re.sub(r"\s+", " ", text)


def numbers(text: str, language: str) -> Counter[str]:
    """Count the numbers of a text, written alike in both languages: 1207, 0.77."""
    text = re.sub(r"\[(\d+),(\d+)\]", r"[\1] [\2]", text)
    thousands = "," if language == "en" else NO_BREAK
    text = re.sub(rf"(?<=\d){thousands}(?=\d{{3}}(?!\d))", "", text)
    if language == "fr":
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return Counter(re.findall(r"\d+(?:\.\d+)?", text))


def differences(texts: dict[str, dict[str, str]]) -> dict[str, tuple[list[str], list[str]]]:
    """Return, for each part whose figures differ, those in English only and those in French only."""
    english, french = texts["en"], texts["fr"]
    assert list(english) == list(french)
    found = {}
    for part, text in english.items():
        left, right = numbers(text, "en"), numbers(french[part], "fr")
        if left != right:
            found[part] = (sorted((left - right).elements()), sorted((right - left).elements()))
    return found


def pdf_pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def shapes_of(shapes: Any) -> list[Any]:
    """Return all shapes with those inside groups, in their order."""
    found: list[Any] = []
    for shape in shapes:
        found.append(shape)
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            found += shapes_of(shape.shapes)
    return found


def deck_text(path: Path) -> str:
    parts = []
    for slide in Presentation(str(path)).slides:
        for shape in shapes_of(slide.shapes):
            if shape.has_text_frame:
                parts.append(shape.text_frame.text)
            elif shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


def spoken(path: Path) -> str:
    """Return what is said in a WebVTT file, without its times, numbers, notes and speakers."""
    cues = [block.split("\n", 2)[2] for block in path.read_text("utf-8").split("\n\n") if "-->" in block]
    return re.sub(r"<v [^>]+>", "", " ".join(cues))


READERS = {
    "paper.pdf": lambda path: "\n".join(pdf_pages(path)),
    "deck.pptx": deck_text,
    "webinar.vtt": spoken,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a folder per language with the three documents just built."""
    folders = {language: tmp_path_factory.mktemp(language) for language in LANGUAGES}
    for language, folder in folders.items():
        for make in BUILDERS.values():
            make(language, folder)
    return folders


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUILDERS)
def test_two_builds_give_the_same_bytes_which_are_the_committed_ones(
    name: str, language: str, built: dict[str, Path], tmp_path: Path
) -> None:
    again = BUILDERS[name](language, tmp_path)
    assert again == tmp_path / name
    assert again.read_bytes() == (built[language] / name).read_bytes()
    assert again.read_bytes() == (COMMITTED / language / name).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUILDERS)
def test_every_key_figure_stands_in_every_document(name: str, language: str, built: dict[str, Path]) -> None:
    text = plain(READERS[name](built[language] / name))
    expected = [pair[LANGUAGES.index(language)] for pair in KEY_FIGURES]
    assert [figure for figure in expected if figure not in text] == []


def test_figures_are_read_as_each_language_writes_them() -> None:
    assert numbers("1,207 patients [1,2], 23.4% and 5, 10", "en") == Counter(
        ["1207", "1", "2", "23.4", "5", "10"]
    )
    french = polish("1 207 patients [1,2], 23,4 % et 5, 10", "fr")
    assert numbers(french, "fr") == Counter(["1207", "1", "2", "23.4", "5", "10"])


def test_a_figure_that_differs_between_the_languages_is_named() -> None:
    texts = {"en": {"7": "0.77 and 0.90"}, "fr": {"7": "0,77 et 0,91"}}
    assert differences(texts) == {"7": (["0.90"], ["0.91"])}


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("p = 0,001 ; 2 412 patients", "p\u00a0=\u00a00,001\u00a0; 2\u00a0412 patients"),
        ("« 5 mg » l'essai : 23 %", "«\u00a05\u00a0mg\u00a0» l\u2019essai\u00a0: 23\u00a0%"),
    ],
)
def test_french_spaces_do_not_break(written: str, printed: str) -> None:
    assert polish(written, "fr") == printed


def test_the_paper_has_the_same_figures_in_both_languages_part_by_part() -> None:
    texts = {language: paper_content.sections(paper_content.load(language)) for language in LANGUAGES}
    assert differences(texts) == {}


def test_the_deck_has_the_same_figures_in_both_languages_slide_by_slide() -> None:
    texts = {
        language: {
            str(number): deck_content.slide_text(slide)
            for number, slide in enumerate(deck_content.load(language).slides, start=1)
        }
        for language in LANGUAGES
    }
    assert differences(texts) == {}


def test_the_webinar_has_the_same_figures_in_both_languages_chapter_by_chapter() -> None:
    texts = {
        language: {
            str(number): " ".join(turn.text for turn in chapter.turns)
            for number, chapter in enumerate(transcript_content.load(language).chapters)
        }
        for language in LANGUAGES
    }
    assert differences(texts) == {}


def test_the_percentages_of_the_paper_follow_from_its_counts() -> None:
    front = paper_content.load("en").front
    for name in ("baseline", "results", "safety"):
        for label, *arms in front["tables"][name]["rows"]:
            for cell, patients in zip(arms[:2], ARM_SIZES, strict=True):
                if share := re.fullmatch(r"([\d,]+) \((\d+\.\d)\)", cell):
                    count = int(share[1].replace(",", ""))
                    assert f"{100 * count / patients:.1f}" == share[2], (label, cell)


def test_the_subgroups_of_the_paper_add_up_to_the_trial() -> None:
    rows = paper_content.load("en").front["tables"]["subgroups"]["rows"]
    counts = [[tuple(map(int, cell.split("/"))) for cell in row[1:3]] for row in rows]
    for first in (0, 2, 4):  # renal function, diabetes, SGLT2 inhibitor: two complementary rows each
        for arm, whole in enumerate(((282, ARM_SIZES[0]), (356, ARM_SIZES[1]))):
            both = zip(counts[first][arm], counts[first + 1][arm], strict=True)
            assert tuple(map(sum, both)) == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_has_seven_to_nine_pages_with_running_head_and_page_number(
    language: str, built: dict[str, Path]
) -> None:
    pages = [plain(page) for page in pdf_pages(built[language] / "paper.pdf")]
    head = plain(paper_content.load(language).front["running_head"])
    assert 7 <= len(pages) <= 9
    for number, page in enumerate(pages, start=1):
        assert head in page
        assert re.search(rf"(^|\s){number}(\s|$)", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_the_figure_of_the_paper_are_printed_once_with_their_captions(
    language: str, built: dict[str, Path]
) -> None:
    front = paper_content.load(language).front
    text = plain(" ".join(pdf_pages(built[language] / "paper.pdf")))
    captions = [table["caption"] for table in front["tables"].values()] + [front["figure"]["caption"]]
    assert [text.count(plain(caption)) for caption in captions] == [1] * 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_the_paper_are_not_wider_than_half_the_page(
    language: str, built: dict[str, Path]
) -> None:
    document = pypdfium2.PdfDocument(built[language] / "paper.pdf")
    page = document[1]
    width = page.get_width()
    text_page = page.get_textpage()
    lines = [text_page.get_rect(index) for index in range(text_page.count_rects())]
    body = [(left, right) for left, _, right, top in lines if 60 < top < 780]
    document.close()
    assert len(body) > 50
    assert all(right < width / 2 or left > width / 2 for left, right in body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deck_has_twenty_titled_slides_and_one_is_hidden(language: str, built: dict[str, Path]) -> None:
    slides = list(Presentation(str(built[language] / "deck.pptx")).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title is not None]
    assert len(titles) == len(slides) == 20
    assert all(titles)
    assert [number for number, slide in enumerate(slides, start=1) if slide.element.get("show") == "0"] == [
        16
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deck_uses_native_objects(language: str, built: dict[str, Path]) -> None:
    slides = list(Presentation(str(built[language] / "deck.pptx")).slides)
    shapes = [shape for slide in slides for shape in shapes_of(slide.shapes)]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    groups = [shape for shape in shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert sum(shape.has_table for shape in shapes) == 4
    assert [list(series.values) for series in charts[0].plots[0].series] == [
        [23.4, 14.2, 12.3],
        [29.5, 19.3, 13.9],
    ]
    assert len(charts) == 1
    assert len(groups) == 2  # one group, and one group inside it
    assert sum(slide.has_notes_slide for slide in slides) >= 15
    raised = [
        shape
        for shape in shapes
        if shape.has_text_frame and 'baseline="30000"' in shape.text_frame._txBody.xml
    ]
    assert len(raised) == sum("^" in " ".join(slide.bullets) for slide in deck_content.load(language).slides)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reference_number_on_a_slide_has_its_footnote(language: str) -> None:
    for slide in deck_content.load(language).slides:
        cited = {
            number
            for found in re.findall(r"\^([\d,]+)\^", " ".join(slide.bullets))
            for number in found.split(",")
        }
        noted = {note.split(".")[0] for note in slide.footnotes}
        assert cited == noted, slide.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_webinar_has_the_length_of_half_an_hour_of_speech(language: str, built: dict[str, Path]) -> None:
    words = spoken(built[language] / "webinar.vtt").split()
    assert len([word for word in words if any(map(str.isalnum, word))]) >= 3600
    cues = [cue for _, cues in webvtt.timed(transcript_content.load(language)) for cue in cues]
    assert 28 * 60 <= cues[-1].end <= 33 * 60
    assert all(cue.start < cue.end for cue in cues)
    assert all(before.end <= after.start for before, after in pairwise(cues))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_names_its_speaker_and_fits_two_lines(language: str, built: dict[str, Path]) -> None:
    text = (built[language] / "webinar.vtt").read_text("utf-8")
    assert text.startswith("WEBVTT")
    cues = [block.split("\n") for block in text.strip().split("\n\n") if "-->" in block]
    times = re.compile(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})")
    for number, (identifier, clock, *lines) in enumerate(cues, start=1):
        assert identifier == str(number)
        assert times.fullmatch(clock)
        assert re.match(
            r"<v (Prof\. Odile Kervran|Pr Odile Kervran|Dr Matteo Lindqvist|Dr Aïssa Bonnefoy)>\S", lines[0]
        )
        assert 1 <= len(lines) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_webinar_covers_every_shown_slide_in_order_and_eight_questions(language: str) -> None:
    chapters = transcript_content.load(language).chapters
    shown = [number for number in range(1, 21) if number != 16]
    questions = [chapter for chapter in chapters if chapter.slide is None]
    assert [chapter.slide for chapter in chapters if chapter.slide is not None] == shown
    assert len(questions) == 1
    assert sum("“" in turn.text or '"' in turn.text or "«" in turn.text for turn in questions[0].turns) == 8
