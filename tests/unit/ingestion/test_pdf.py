"""PDFs as a careful reader reads them: order, layers, headings, hidden text, refusals."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingestion.assembly import own_title
from ingestion.chunk import passages
from ingestion.errors import EmptyFile, EncryptedFile, UnreadableFile
from ingestion.formats import read
from ingestion.formats.pdf_structure import read_structure
from ingestion.model import Reading

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]
Lines = Callable[..., Draw]

PROSE = (
    "Patients were enrolled in twelve secondary care sites and two primary care",
    "sites of one country, and were followed for one year after their first visit",
    "to the clinic. All of them gave their written consent before any procedure.",
)
LEFT = (
    "The first column begins here and runs",
    "down the page with lines that fill its",
    "width, as prose does in most journals,",
    "until it comes to the end of the page",
    "where the reader goes on at the head",
)
RIGHT = (
    "of the second column, which stands to",
    "the right of it and has lines of about",
    "the same width. Nothing of the second",
    "column may be read before the first is",
    "at its end. The order is what counts.",
)


def texts(reading: Reading, layer: str | None = None) -> list[str]:
    return [s.text for s in reading.sentences if layer is None or s.layer == layer]


def sections(reading: Reading, text: str) -> tuple[str, ...]:
    return next(s.section for s in reading.sentences if s.text == text)


def test_lines_become_sentences_that_stand_verbatim_on_their_page(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(make_pdf(lines(*PROSE)))
    assert texts(reading) == [
        (
            "Patients were enrolled in twelve secondary care sites and two primary care sites of one country, "
            "and were followed for one year after their first visit to the clinic."
        ),
        "All of them gave their written consent before any procedure.",
    ]
    for sentence in reading.sentences:
        (span,) = sentence.parts
        assert reading.pages[0].text[span.start : span.end].replace("\n", " ") == sentence.text


def test_every_word_has_its_rectangle_counted_from_the_top(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(make_pdf(lines("Dose reduction was needed in five patients of the group.")))
    page = reading.pages[0]
    assert [page.text[b.start : b.end] for b in page.boxes][:2] == ["Dose", "reduction"]
    first = page.boxes[0].rectangle
    assert (first.x0, first.y1) == (pytest.approx(70, abs=1), pytest.approx(842 - 760 + 3, abs=3))


def test_two_columns_are_read_one_after_the_other(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(60, 700 - 12 * number, left)
            canvas.drawString(310, 700 - 12 * number, right)

    assert texts(read(make_pdf(draw))) == [
        " ".join((*LEFT, *RIGHT[:3])).removesuffix(" Nothing of the second"),
        "Nothing of the second column may be read before the first is at its end.",
        "The order is what counts.",
    ]


def test_table_rows_stay_rows_and_keep_their_cells_apart(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        for number, row in enumerate(
            (
                ("Endpoint", "Active", "Placebo"),
                ("Deaths", "12 (3%)", "25 (6%)"),
                ("Strokes", "3 (1%)", "9 (2%)"),
            )
        ):
            for cell, x in zip(row, (70, 250, 400), strict=True):
                canvas.drawString(x, 650 - 20 * number, cell)

    assert texts(read(make_pdf(draw)), "table") == [
        "Endpoint | Active | Placebo",
        "Deaths | 12 (3%) | 25 (6%)",
        "Strokes | 3 (1%) | 9 (2%)",
    ]


def test_a_table_of_worded_cells_is_no_pair_of_columns(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        for number, row in enumerate(
            (
                ("Kidney function", "First dose"),
                ("Above or equal to 60", "10 mg once every day"),
                ("From 30 to below 60", "5 mg once every day"),
                ("Below 30 with caution", "5 mg every other day"),
            )
        ):
            for cell, x in zip(row, (70, 320), strict=True):
                canvas.drawString(x, 650 - 18 * number, cell)

    assert texts(read(make_pdf(draw)), "table")[1:3] == [
        "Above or equal to 60 | 10 mg once every day",
        "From 30 to below 60 | 5 mg once every day",
    ]


def test_a_table_beside_a_column_of_prose_keeps_apart_from_it(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number in range(4):
            for cell, x in zip(
                (f"Outcome {number}", f"{number}.5", f"{number}.7"), (60, 160, 220), strict=True
            ):
                canvas.drawString(x, 700 - 16 * number, cell)
        for number, line in enumerate(("The results are given here at length", *RIGHT)):
            canvas.drawString(310, 705 - 12 * number, line)

    reading = read(make_pdf(draw))
    assert texts(reading, "table") == [f"Outcome {n} | {n}.5 | {n}.7" for n in range(4)]
    assert texts(reading, "body")[0].startswith(
        "The results are given here at length of the second column, which stands"
    )


def test_lines_of_a_cell_stay_together_between_rules(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        y = 660
        for row in (
            (("Class",), ("Reaction",)),
            (
                ("Blood and lymphatic", "system disorders"),
                ("Uncommon: leucopenia", "Not known: thrombopenia"),
            ),
            (("Nervous system", "disorders"), ("Common: headache", "Rare: seizure")),
        ):
            canvas.line(65, y + 11, 500, y + 11)
            for cell, x in zip(row, (70, 280), strict=True):
                for number, line in enumerate(cell):
                    canvas.drawString(x, y - 13 * number, line)
            y -= 13 * len(row[0]) + 4
        canvas.line(65, y + 11, 500, y + 11)

    assert texts(read(make_pdf(draw)), "table") == [
        "Class | Reaction",
        "Blood and lymphatic system disorders | Uncommon: leucopenia Not known: thrombopenia",
        "Nervous system disorders | Common: headache Rare: seizure",
    ]


def test_a_label_of_a_structured_abstract_is_no_part_of_the_sentence(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(70, 790, "Background")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(70 + canvas.stringWidth("Background ", "Helvetica-Bold", 11), 790, PROSE[0])
        lines(*PROSE[1:], top=776.5)(canvas)

    reading = read(make_pdf(draw))
    assert [s.text.split()[0] for s in reading.sentences] == ["Background", "Patients", "All"]
    assert reading.sentences[1].section == ("Background",)


def test_the_table_of_contents_is_in_no_sentence(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(
        make_pdf(
            lines("1. Introduction .................. 4", "2. Methods ........................ 9", "", *PROSE)
        )
    )
    assert len(texts(reading)) == 2


def test_words_printed_twice_at_one_place_are_read_once(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        lines(*PROSE, x=70.4, top=760.3)(canvas)

    assert len(texts(read(make_pdf(draw)))) == 2


def test_numbered_bold_lines_are_headings_and_make_the_section(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for y, bold, text in (
            (760, True, "4. CLINICAL PARTICULARS"),
            (735, True, "4.2 Posology and method of administration"),
            (710, False, "The recommended dose is 160 mg once daily in adults with the disease."),
            (685, True, "4.3 Contraindications"),
            (660, False, "Hypersensitivity to the active substance or to any of its excipients."),
        ):
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 11)
            canvas.drawString(70, y, text)

    reading = read(make_pdf(draw))
    dose = "The recommended dose is 160 mg once daily in adults with the disease."
    assert sections(reading, dose) == ("4. CLINICAL PARTICULARS", "4.2 Posology and method of administration")
    contra = "Hypersensitivity to the active substance or to any of its excipients."
    assert sections(reading, contra) == ("4. CLINICAL PARTICULARS", "4.3 Contraindications")
    assert [s.text for s in reading.sentences if s.kind == "heading"] == [
        "4. CLINICAL PARTICULARS",
        "4.2 Posology and method of administration",
        "4.3 Contraindications",
    ]


def test_an_unnumbered_heading_in_the_type_of_numbered_ones_does_not_stand_above_them(
    make_pdf: MakePdf,
) -> None:
    def draw(canvas: Canvas) -> None:
        for y, size, text in (
            (800, 24, "Assessment of an example for adults"),
            (770, 14, "List of abbreviations"),
            (750, 11, "A list of all the words that are shortened in the text that follows."),
            (720, 14, "1. Background of the procedure"),
            (700, 11, "The example was assessed in one year and by one group of assessors."),
            (670, 14, "2. Scientific discussion of the file"),
            (650, 11, "The dose was the same in both groups and in all of the visits there."),
        ):
            canvas.setFont("Helvetica-Bold" if size > 11 else "Helvetica", size)
            canvas.drawString(70, y, text)

    reading = read(make_pdf(draw))
    dose = "The dose was the same in both groups and in all of the visits there."
    assert sections(reading, dose) == (
        "Assessment of an example for adults",
        "2. Scientific discussion of the file",
    )


def test_an_underlined_line_is_a_heading(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(70, 790, "Risk of seizure")
        canvas.line(70, 788.5, 70 + canvas.stringWidth("Risk of seizure", "Helvetica", 11), 788.5)
        lines(*PROSE)(canvas)

    reading = read(make_pdf(draw))
    assert reading.sentences[0].kind == "heading"
    assert reading.sentences[1].section == ("Risk of seizure",)


def test_running_heads_and_page_numbers_are_in_no_sentence(make_pdf: MakePdf, lines: Lines) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(70, 815, "Journal of Examples 2024; 12: 100")
            canvas.drawString(290, 30, f"{number}")
            lines(*PROSE)(canvas)

        return draw

    reading = read(make_pdf(*(page(n) for n in range(1, 5))))
    assert all("Journal" not in text and text not in {"1", "2", "3", "4"} for text in texts(reading))
    assert "Journal of Examples" in reading.pages[0].text
    assert {r.layer for r in reading.pages[0].regions} == {"body", "furniture"}


def test_a_sentence_that_crosses_pages_has_two_spans(make_pdf: MakePdf, lines: Lines) -> None:
    first = (*PROSE[:2], "to the clinic. The result of the first visit was noted by a nurse who")
    reading = read(make_pdf(lines(*first), lines("did not know the treatment. It was kept.")))
    crossing = reading.sentences[1]
    assert (
        crossing.text == "The result of the first visit was noted by a nurse who did not know the treatment."
    )
    assert [part.page for part in crossing.parts] == [1, 2]


def test_a_hyphen_at_a_lines_end_goes_where_the_document_writes_the_word_without_it(
    make_pdf: MakePdf, lines: Lines
) -> None:
    reading = read(
        make_pdf(
            lines(
                "Hypertension is treated first. Among those with resistant hyper-",
                "tension the double-blind phase was followed by another double-",
                "blind phase of 12-",
                "15 weeks in all of the remaining patients.",
            )
        )
    )
    text = " ".join(texts(reading))
    assert "resistant hypertension the" in text
    assert "another double-blind phase" in text
    assert "12-15 weeks" in text  # never dropped next to a digit


def test_a_lines_end_behind_a_dash_or_a_slash_is_no_space(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(
        make_pdf(
            lines(
                "The change was measured in all of the patients as a fall of 7 mL/",
                "m² in a 24-",
                "hour collection (95% CI 26–",
                "598) of the short-",
                "and long-term programme, with a 2-",
                "to 3-fold rise of the ratio in all of those with more than 5 -",
                "7 points.",
            )
        )
    )
    text = " ".join(texts(reading))
    assert "7 mL/m² in a 24-hour collection (95% CI 26–598)" in text
    assert "the short- and long-term programme" in text  # stands for the word told later
    assert "a 2- to 3-fold rise" in text
    assert "more than 5 - 7 points" in text


def test_a_raised_mark_that_opens_a_note_is_the_mark_in_the_table(make_pdf: MakePdf) -> None:
    def raised(canvas: Canvas, x: float, y: float, *parts: tuple[str, float]) -> None:
        text = canvas.beginText(x, y)
        for part, rise in parts:
            text.setFont("Helvetica", 6.5 if rise else 11)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    def draw(canvas: Canvas) -> None:
        for y, row in ((650, ("Event", "Active", "Placebo")), (632, ("Pain", "9", "8"))):
            for cell, x in zip(row, (70, 250, 400), strict=True):
                canvas.drawString(x, y, cell)
        canvas.drawString(70, 614, "Rash")
        raised(canvas, 250, 614, ("7.4", 0), ("a,b", 4))
        canvas.drawString(400, 614, "3.1")
        raised(canvas, 70, 560, ("a", 4), (" Of grade 3 or 4 in one patient.", 0))

    (table,) = read(make_pdf(draw)).pages[0].tables
    assert [note.mark for note in table.notes] == ["ᵃ"]
    assert [(cell.text, cell.marks) for cell in table.cells if cell.marks] == [("7.4ᵃ,ᵇ", ("ᵃ",))]


def test_a_raised_number_is_written_raised(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(70, 700)
        text.textOut("Platelets fell below 100 x 10")
        text.setFont("Helvetica", 7)
        text.setRise(4)
        text.textOut("9")
        text.setFont("Helvetica", 11)
        text.setRise(0)
        text.textOut("/L in two patients.")
        canvas.drawText(text)

    assert texts(read(make_pdf(draw))) == ["Platelets fell below 100 x 10⁹/L in two patients."]


def test_text_that_nobody_sees_is_in_no_sentence_and_is_reported(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        invisible = canvas.beginText(70, 600)
        invisible.setTextRenderMode(3)
        invisible.textOut("Invisible words cure everything.")
        canvas.drawText(invisible)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 560, "White words cure everything.")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(900, 560, "Words beside the page cure everything.")

    reading = read(make_pdf(draw))
    assert not any("cure" in text for text in texts(reading))
    assert reading.warnings == ("hidden_text:1",)


def test_a_file_whose_whole_text_is_hidden_is_refused_with_the_reason(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 560, "White words cure everything.")

    with pytest.raises(EmptyFile, match="its text is hidden") as refusal:
        read(make_pdf(draw))
    assert "hidden" in refusal.value.help


def test_a_lone_heading_can_be_quoted(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(70, 760, "Recommended dose of Velmora")

    reading = read(make_pdf(draw))
    assert [(s.kind, s.text) for s in reading.sentences] == [("sentence", "Recommended dose of Velmora")]
    assert [passage.text for passage in passages(reading)] == ["Recommended dose of Velmora"]


def test_white_text_on_a_dark_ground_is_read(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(60, 550, 480, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 560, "The white sentence can be seen by every reader.")

    assert "The white sentence can be seen by every reader." in texts(read(make_pdf(draw)))


def test_sideways_text_is_read_upright_and_shown_where_it_stands(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(100, -200, "This landscape sentence was printed sideways on the page.")

    reading = read(make_pdf(draw))
    assert texts(reading) == ["This landscape sentence was printed sideways on the page."]
    assert reading.pages[0].reasons == ("rotated",)
    box = reading.pages[0].boxes[1].rectangle
    assert box.y1 - box.y0 > box.x1 - box.x0


def test_list_items_lose_their_mark(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(
        make_pdf(
            lines(
                "The treatment is indicated for the following adult patients:",
                "•  those with high-risk disease;",
                "•  those whose disease has progressed.",
            )
        )
    )
    assert [s.text for s in reading.sentences if s.kind == "bullet"] == [
        "those with high-risk disease;",
        "those whose disease has progressed.",
    ]


def test_the_same_bytes_give_the_same_reading(make_pdf: MakePdf, lines: Lines) -> None:
    path = make_pdf(lines(*PROSE))
    assert read(path) == read(path)


def test_a_password_is_a_refusal_that_says_so(make_pdf: MakePdf, lines: Lines) -> None:
    path = make_pdf(lines(*PROSE), encrypt=StandardEncryption("secret word", ownerPassword="owner word"))
    with pytest.raises(EncryptedFile) as refusal:
        read(path)
    assert "password" in refusal.value.message


def test_a_file_without_a_user_password_is_read_though_it_is_encrypted(
    make_pdf: MakePdf, lines: Lines
) -> None:
    path = make_pdf(lines(*PROSE), encrypt=StandardEncryption("", ownerPassword="owner word"))
    assert len(texts(read(path))) == 2


@pytest.mark.parametrize("algorithm", ["AES-128", "AES-256"])
def test_the_outline_of_a_file_without_a_user_password_is_read_though_aes_encrypts_it(
    make_pdf: MakePdf, lines: Lines, tmp_path: Path, algorithm: str
) -> None:
    writer = pypdf.PdfWriter(clone_from=make_pdf(lines("Posology", "", *PROSE)))
    writer.add_outline_item(title="Posology", page_number=0)
    writer.encrypt("", "owner word", algorithm=algorithm)
    path = tmp_path / "encrypted.pdf"
    writer.write(path)
    reading = read(path)
    assert [s.text for s in reading.sentences if s.kind == "heading"] == ["Posology"]
    assert reading.warnings == ()
    assert read_structure(path).outline == {"posology"}


def test_pages_without_text_are_no_text(make_pdf: MakePdf) -> None:
    with pytest.raises(EmptyFile) as refusal:
        read(make_pdf(lambda canvas: canvas.rect(100, 100, 200, 200)))
    assert refusal.value.params["reasons"] == ["no_text"]


def test_one_page_without_text_is_stated_and_the_others_are_read(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(make_pdf(lines(*PROSE), lambda canvas: canvas.rect(100, 100, 200, 200)))
    assert [page.quality for page in reading.pages] == ["good", "unreadable"]


def test_a_damaged_file_is_a_typed_refusal(tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\x00nonsense" * 50)
    with pytest.raises(UnreadableFile):
        read(path)


@pytest.mark.parametrize(
    "title", ["Leaflet_final.ai", "Poster.psd", "Notes.odt", "Cover.eps", "(anonymous)", "(unspecified)"]
)
def test_the_name_of_a_file_that_a_program_took_for_a_title_is_none(title: str) -> None:
    assert own_title(title) is None
    assert own_title("What is a drug?") == "What is a drug?"


def test_the_title_is_the_files_own_or_else_the_printed_one(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Microsoft Word - final_v2.doc")
        for y, size, text in (
            (810, 24, "The Journal"),
            (785, 18, "Effect of an example on a small number of adults"),
        ):
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(70, y, text)
        canvas.setFont("Helvetica", 11)
        lines(*PROSE, top=740)(canvas)

    assert read(make_pdf(draw)).title == "Effect of an example on a small number of adults"
    assert (
        read(make_pdf(lambda canvas: (canvas.setTitle("A label"), lines(*PROSE)(canvas)))).title == "A label"
    )


def test_a_single_word_in_the_properties_gives_way_to_a_printed_title(
    make_pdf: MakePdf, lines: Lines
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("paper-fr")
        canvas.setFont("Helvetica-Bold", 24)
        canvas.drawString(70, 810, "The Journal")
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(70, 785, "Effect of an example on a small number of adults")
        canvas.setFont("Helvetica", 11)
        lines(*PROSE, top=740)(canvas)

    assert read(make_pdf(draw)).title == "Effect of an example on a small number of adults"
    named = make_pdf(lambda canvas: (canvas.setTitle("Velmora"), lines(*PROSE)(canvas)))
    assert read(named).title == "Velmora"
