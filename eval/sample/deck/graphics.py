"""The native objects of the deck: tables, the bar chart, and the drawing of the mechanism as a group in a group."""

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.shapes.shapetree import GroupShapes
from pptx.slide import Slide as NativeSlide
from pptx.util import Inches, Length, Pt

from eval.sample.deck.content import Chart, Diagram, Slide


def colour(code: str) -> RGBColor:
    """Return the colour of six hexadecimal digits."""
    return RGBColor.from_string(code)  # type: ignore[no-untyped-call, no-any-return]


_ROW_HEIGHT, _LINE_HEIGHT = Inches(0.4), Inches(0.25)
_CHARACTERS_ACROSS = 118
"""About how many characters of a table's 15 points fit across the whole table."""
_ARM_COLOURS = (colour("0B5C8A"), colour("B0532A"))
_BOX_FILL = colour("E6EEF3")
_BOX_TEXT = colour("0B3C5D")


def table_height(slide: Slide) -> Length:
    """Return the height that `add_table` takes."""
    return Length(sum(_row_heights(slide)))


def add_table(native: NativeSlide, slide: Slide, left: Length, top: Length, width: Length) -> None:
    """Add the slide's rows as a native table with a header row."""
    shape = native.shapes.add_table(len(slide.rows), len(slide.widths), left, top, width, table_height(slide))
    table = shape.table
    for column, share in enumerate(slide.widths):
        table.columns[column].width = Length(width * share // 100)
    for number, (row, height) in enumerate(zip(slide.rows, _row_heights(slide), strict=True)):
        table.rows[number].height = height
        for column, text in enumerate(row):
            run = table.cell(number, column).text_frame.paragraphs[0].add_run()
            run.text, run.font.size = text, Pt(15)


def _row_heights(slide: Slide) -> list[Length]:
    """Return each row's height: one line, or more where a cell is too long for its column."""
    heights = []
    for row in slide.rows:
        fits = [max(1, _CHARACTERS_ACROSS * share // 100) for share in slide.widths]
        lines = max(-(-len(text) // fit) for text, fit in zip(row, fits, strict=True))
        heights.append(Length(_ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT))
    return heights


def add_chart(
    native: NativeSlide, chart: Chart, left: Length, top: Length, width: Length, height: Length
) -> None:
    """Add a native clustered bar chart with its values as data labels."""
    data: Any = CategoryChartData(number_format=chart.format)  # type: ignore[no-untyped-call]
    data.categories = chart.categories
    for name, values in chart.series:
        data.add_series(name, values)
    frame: Any = native.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, left, top, width, height, data)
    drawn = frame.chart
    drawn.has_title = True
    drawn.chart_title.text_frame.text = chart.title
    drawn.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
    drawn.has_legend = True
    drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout = False
    drawn.font.size = Pt(12)
    drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = 0, 35
    plot = drawn.plots[0]
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = chart.format, False
    for series, colour in zip(plot.series, _ARM_COLOURS, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour


def add_diagram(
    native: NativeSlide, diagram: Diagram, left: Length, top: Length, width: Length, height: Length
) -> None:
    """Add the drawing: a group that holds two boxes, two arrows and the inner group of the organs."""
    group = native.shapes.add_group_shape().shapes
    side, arrow = Inches(2.6), Inches(0.6)
    middle = Length(width - 2 * (side + arrow))
    low = Length(top + height // 4)
    _add_box(group, diagram.left, left, low, side, Length(height // 2))
    _add_arrow(group, Length(left + side), low, arrow, Length(height // 2))
    inner = group.add_group_shape().shapes
    inner_left = Length(left + side + arrow)
    row = Length(height // 3)
    _add_box(inner, diagram.outer, inner_left, top, middle, row)
    _add_box(inner, diagram.inner, inner_left, Length(top + row), middle, row)
    share = Length(middle // len(diagram.items))
    for position, item in enumerate(diagram.items):
        _add_box(inner, item, Length(inner_left + position * share), Length(top + 2 * row), share, row)
    _add_arrow(group, Length(inner_left + middle), low, arrow, Length(height // 2))
    _add_box(group, diagram.right, Length(inner_left + middle + arrow), low, side, Length(height // 2))


def _add_box(
    shapes: GroupShapes, text: str, left: Length, top: Length, width: Length, height: Length
) -> None:
    box = shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    box.fill.solid()
    box.fill.fore_color.rgb = _BOX_FILL
    box.line.color.rgb = _BOX_TEXT
    box.text_frame.word_wrap = True
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.color.rgb = text, Pt(13), _BOX_TEXT


def _add_arrow(shapes: GroupShapes, left: Length, top: Length, width: Length, height: Length) -> None:
    arrow = shapes.add_shape(MSO_SHAPE.RIGHT_ARROW, left, top, width, height)
    arrow.fill.solid()
    arrow.fill.fore_color.rgb = _BOX_TEXT
