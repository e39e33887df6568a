"""Tables of PDFs: with rules and without, heads of two levels, several values in one ruled row, and honest doubt."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read
from ingestion.model import Table
from ingestion.tables import find_cell

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]
PROSE = (
    "Patients were enrolled in twelve secondary care sites and two primary care",
    "sites of one country, and were followed for one year after their first visit",
    "to the clinic. All of them gave their written consent before any procedure.",
)


def drawn(
    rows: Sequence[tuple[float, Sequence[tuple[float, str]]]],
    rules: Sequence[tuple[float, float, float]] = (),
    bars: Sequence[tuple[float, float, float]] = (),
) -> Draw:
    """Rows as (height, [(place, text)]), rules as (left, right, height), bars as (lower, upper, place)."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(PROSE):
            canvas.drawString(70, 780 - 13.5 * number, line)
        for y, cells in rows:
            for x, text in cells:
                canvas.drawString(x, y, text)
        for x0, x1, y in rules:
            canvas.line(x0, y, x1, y)
        for y0, y1, x in bars:
            canvas.line(x, y0, x, y1)

    return draw


def tables(path: Path) -> tuple[Table, ...]:
    reading = read(path)
    for page in reading.pages:
        for table in page.tables:
            assert all(page.text[c.start : c.end] == c.text for c in table.cells)
            assert all(c.rectangle is not None for c in table.cells)
    return tuple(table for page in reading.pages for table in page.tables)


def value(table: Table, row: str, column: str) -> tuple[str, ...]:
    answer = find_cell([table], row, column)
    assert not answer.doubtful
    return answer.values


def test_rows_of_values_stay_apart_whatever_the_space_between_them(make_pdf: MakePdf) -> None:
    weights = ("< 60", "60 to < 70", "70 to < 80", "80 to < 90", "90 and above")
    heights = (640, 614, 600.5, 587, 561)
    rows = [
        (668, [(72, "Body weight"), (220, "Medicine"), (340, "Volume")]),
        (654.5, [(72, "(kg)"), (220, "(mg)"), (340, "(ml)")]),
    ]
    rows += [(y, [(72, w), (220, str(30 + 5 * n)), (340, str(6 + n))]) for n, (y, w) in enumerate(zip(heights, weights, strict=True))]  # fmt: skip
    (table,) = tables(make_pdf(drawn(rows, rules=[(70, 420, 682), (70, 420, 651), (70, 420, 555)])))
    assert [head.texts for head in table.heads] == [
        ("Body weight (kg)",),
        ("Medicine (mg)",),
        ("Volume (ml)",),
    ]
    assert value(table, "70 to < 80", "Medicine (mg)") == ("40",)
    assert value(table, "< 60", "Volume (ml)") == ("6",)


def test_a_head_with_a_rule_below_it_stands_over_the_columns_of_the_rule(make_pdf: MakePdf) -> None:
    rows = [
        (680, [(72, "Variable"), (215, "Active (n=43)"), (345, "Placebo (n=39)"), (440, "P value")]),
        (664, [(205, "Baseline"), (265, "Week 26"), (330, "Baseline"), (390, "Week 26")]),
        (646, [(72, "Marker A"), (205, "4.91"), (265, "4.21"), (330, "5.19"), (390, "5.22"), (440, "0.006")]),
        (632, [(72, "Marker B"), (205, "1.25"), (265, "1.02"), (330, "1.19"), (390, "1.22"), (440, "0.5")]),
        (618, [(72, "Marker C"), (205, "7.91"), (265, "7.21"), (330, "7.19"), (390, "7.22"), (440, "0.04")]),
    ]
    rules = [(70, 480, 694), (203, 310, 676), (328, 435, 676), (70, 480, 658), (70, 480, 612)]
    (table,) = tables(make_pdf(drawn(rows, rules)))
    assert [head.texts for head in table.heads] == [
        ("Variable",),
        ("Active (n=43)", "Baseline"),
        ("Active (n=43)", "Week 26"),
        ("Placebo (n=39)", "Baseline"),
        ("Placebo (n=39)", "Week 26"),
        ("P value",),
    ]
    assert value(table, "Marker A", "Placebo (n=39) Week 26") == ("5.22",)


def test_an_organ_class_names_every_reaction_of_its_ruled_row(make_pdf: MakePdf) -> None:
    rows = [
        (680, [(72, "Organ class"), (200, "Reaction"), (320, "Active (%)"), (400, "Placebo (%)")]),
        (662, [(72, "Nervous system"), (200, "Headache"), (320, "9.7"), (400, "6.6")]),
        (648, [(72, "disorders"), (200, "Dizziness"), (320, "9.5"), (400, "2.6")]),
        (634, [(200, "Tremor"), (320, "2.7"), (400, "0.0")]),
        (616, [(72, "Skin disorders"), (200, "Sweating"), (320, "4.5"), (400, "0.8")]),
    ]
    rules = [(70, 460, y) for y in (694, 674, 628, 610)]
    bars = [(610, 694, x) for x in (70, 195, 315, 395, 460)]
    (table,) = tables(make_pdf(drawn(rows, rules, bars)))
    assert value(table, "Nervous system disorders Dizziness", "Placebo (%)") == ("2.6",)
    assert value(table, "Tremor", "Active (%)") == ("2.7",)
    assert [(c.text, c.row_span) for c in table.cells if c.column == 0][1:] == [
        ("Nervous system disorders", 3),
        ("Skin disorders", 1),
    ]


def test_a_value_under_two_arms_belongs_to_both(make_pdf: MakePdf) -> None:
    rows = [
        (680, [(220, "Active"), (320, "Placebo")]),
        (664, [(72, "Deaths (%)"), (220, "308 (38.5)"), (320, "212 (53.1)")]),
        (648, [(72, "Hazard ratio"), (252, "0.63 (0.53, 0.75)")]),
        (632, [(72, "Withdrawals"), (220, "12 (1.5)"), (320, "9 (2.3)")]),
    ]
    rules = [(70, 420, y) for y in (694, 676, 660, 644, 626)]
    bars = [(626, 694, x) for x in (70, 200, 420)] + [(660, 694, 300), (626, 644, 300)]
    (table,) = tables(make_pdf(drawn(rows, rules, bars)))
    assert (
        value(table, "Hazard ratio", "Placebo")
        == value(table, "Hazard ratio", "Active")
        == ("0.63 (0.53, 0.75)",)
    )
    assert value(table, "Withdrawals", "Placebo") == ("9 (2.3)",)


def test_a_group_between_rows_is_no_level_of_the_head(make_pdf: MakePdf) -> None:
    rows = [
        (680, [(72, "Class"), (220, "Difference"), (340, "P value")]),
        (664, [(225, "Resistance")]),
        (648, [(72, "II"), (220, "-124"), (340, "0.032")]),
        (632, [(72, "III"), (220, "-241"), (340, "0.001")]),
        (616, [(225, "Index")]),
        (600, [(72, "II"), (220, "0.5"), (340, "0.003")]),
    ]
    rules = [(70, 420, y) for y in (694, 676, 660, 644, 628, 612, 596)]
    (table,) = tables(make_pdf(drawn(rows, rules)))
    assert value(table, "Index II", "Difference") == ("0.5",)
    assert value(table, "Resistance II", "Difference") == ("-124",)


def test_a_table_without_a_head_gives_no_sure_answer(make_pdf: MakePdf) -> None:
    rows = [(680 - 14 * n, [(72, f"Row {n}"), (220, f"{n}.5"), (320, f"{n}.9")]) for n in range(4)]
    (table,) = tables(make_pdf(drawn(rows)))
    assert table.reasons == ("no_header",)


def test_a_column_of_values_without_a_head_is_doubtful(make_pdf: MakePdf) -> None:
    rows = [(694, [(72, "Name"), (220, "Active")])]
    rows += [(680 - 14 * n, [(72, f"Row {n}"), (220, f"{n}.5"), (320, f"{n}.9")]) for n in range(4)]
    (table,) = tables(make_pdf(drawn(rows)))
    assert table.reasons == ("headless_column",)


def test_an_empty_place_keeps_its_bars(make_pdf: MakePdf) -> None:
    rows = [(694, [(72, "Name"), (220, "Active"), (320, "Placebo")])]
    rows += [(680, [(72, "First"), (320, "7.9")]), (666, [(72, "Second"), (220, "6.1"), (320, "6.9")])]
    rows += [(652, [(72, "Third"), (220, "5.1")])]
    (table,) = tables(make_pdf(drawn(rows)))
    assert value(table, "First", "Placebo") == ("7.9",)
    assert value(table, "First", "Active") == ()
    path = make_pdf(drawn(rows))
    assert [s.text for s in read(path).sentences if s.kind == "row"][1:] == [
        "First |  | 7.9",
        "Second | 6.1 | 6.9",
        "Third | 5.1",
    ]


def test_a_word_too_long_for_its_cell_is_one_where_the_document_has_it_elsewhere(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(70, 700, "A case of hyperbilirubinaemia was seen in the group of the trial.")
        cells = (
            (650, 70, "Reaction"), (650, 150, "Active"), (650, 250, "Placebo"),
            (630, 70, "Hyperbilirubin"), (630, 150, "7.4"), (630, 250, "1.2"), (618, 70, "aemia†"),
            (598, 70, "Increased"), (598, 150, "2.2"), (598, 250, "0.9"), (586, 70, "sweating"),
        )  # fmt: skip
        for y, x, text in cells:
            canvas.drawString(x, y, text)

    (table,) = read(make_pdf(draw)).pages[0].tables
    assert [cell.text for cell in table.cells if not cell.column] == [
        "Reaction",
        "Hyperbilirubinaemia†",
        "Increased sweating",
    ]


def test_a_single_row_of_totals_below_the_frame_is_a_row_of_the_table(make_pdf: MakePdf) -> None:
    rows = [
        (650, ((70, "Event"), (250, "Velmora"), (400, "Placebo"))),
        (630, ((70, "Rash"), (250, "12"), (400, "8"))),
        (610, ((70, "Nausea"), (250, "30"), (400, "21"))),
        (590, ((70, "Total"), (250, "42"), (400, "29"))),
    ]
    rules = [(60, 500, y) for y in (664, 643, 623, 603)]
    bars = [(603, 664, x) for x in (60, 240, 390, 500)]
    (table,) = read(make_pdf(drawn(rows, rules, bars))).pages[0].tables
    assert find_cell([table], "Total", "Placebo").values == ("29",)
    two = [
        (y, cells[:2])
        for y, cells in (*rows[:3], (590, rows[3][1]), (576, ((70, "Usual dose"), (250, "20 mg"))))
    ]
    first, *_ = read(make_pdf(drawn(two, rules, bars[:3]))).pages[0].tables
    assert find_cell([first], "Usual dose", "Velmora").values == ()


def test_lines_below_a_framed_table_are_no_rows_of_it(make_pdf: MakePdf) -> None:
    rows = [
        (650, ((70, "Clearance"), (250, "Adults"), (400, "Children"))),
        (630, ((70, "Above 60"), (250, "20 mg"), (400, "10 mg"))),
        (610, ((70, "30 to 59"), (250, "10 mg"), (400, "5 mg"))),
        (590, ((70, "First dose"), (250, "5 mg"))),
        (576, ((70, "Highest dose"), (250, "40 mg"))),
        (562, ((70, "Usual dose"), (250, "20 mg"))),
    ]
    rules = [(60, 500, y) for y in (664, 643, 623, 603)]
    bars = [(603, 664, x) for x in (60, 240, 390, 500)]
    first, second = read(make_pdf(drawn(rows, rules, bars))).pages[0].tables
    assert (first.rows, first.columns, second.columns) == (3, 3, 2)
    assert find_cell([first], "First dose", "Adults").values == ()
