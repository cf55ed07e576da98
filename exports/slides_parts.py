"""What stands on the pages of a deck: charts and tables of the program's own, which people can edit, and maps."""

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from exports.slides_page import BLUE, INK
from exports.text import clean

Room = tuple[float, float, float, float]

CELL_PT, HEADING_PT = 12, 12
ROW_HEIGHT = 0.36
SHARE = "0.0%"
# Of a workbook inside a chart: python-pptx refers to it by this name.
CHART_SHEET = "Sheet1"
DPI = 200


def bars(
    slide: Any, names: Sequence[str], values: Sequence[float | None], *, title: str, room: Room
) -> Any:
    """Add a bar for each name, the first on top; None is no bar. Shares from 0 to 1."""
    return _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, names, values, title=title, room=room)


def course(
    slide: Any, names: Sequence[str], values: Sequence[float | None], *, title: str, room: Room
) -> Any:
    """Add a line over names in their order. Shares from 0 to 1."""
    return _chart(slide, XL_CHART_TYPE.LINE, names, values, title=title, room=room)


def _chart(
    slide: Any,
    kind: Any,
    names: Sequence[str],
    values: Sequence[float | None],
    *,
    title: str,
    room: Room,
) -> Any:
    labels = [clean(name) for name in names]
    make: Any = CategoryChartData
    data = make(number_format=SHARE)
    # Placeholders: the library would write some names into the chart's workbook as formulas or links.
    data.categories = [f"{at}" for at in range(len(labels))]
    data.add_series(title, list(values))
    chart = slide.shapes.add_chart(kind, *map(Inches, room), data).chart
    _name_categories(chart, labels)
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(labels, values, title))
    _dress(chart, bars=kind == XL_CHART_TYPE.BAR_CLUSTERED)
    return chart


def _name_categories(chart: Any, labels: list[str]) -> None:
    for at, value in enumerate(chart._chartSpace.xpath(".//c:cat//c:pt/c:v")):
        value.text = labels[at]


def _workbook(labels: list[str], values: Sequence[float | None], title: str) -> bytes:
    """Return the workbook that the chart opens for editing; every text in it is a text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  a new workbook has a sheet
    sheet.title = CHART_SHEET
    sheet.cell(1, 2).value = title
    for row, (label, value) in enumerate(zip(labels, values, strict=True), start=2):
        name, share = sheet.cell(row, 1), sheet.cell(row, 2)
        name.value = label
        name.data_type, name.quotePrefix = "s", True
        share.value, share.number_format = value, SHARE
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _dress(chart: Any, *, bars: bool) -> None:
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(CELL_PT)
    chart.font.color.rgb = INK
    scale = chart.value_axis
    scale.minimum_scale, scale.maximum_scale = 0, 1
    scale.has_major_gridlines = not bars
    scale.tick_labels.number_format, scale.tick_labels.number_format_is_linked = "0%", False
    series = chart.plots[0].series[0]
    if not bars:
        series.smooth = False
        series.format.line.color.rgb = BLUE
        return
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = BLUE
    chart.category_axis.reverse_order = True
    scale.visible = False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 40, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = SHARE, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.data_labels.font.size = Pt(CELL_PT)


def table(
    slide: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    room: Room,
    *,
    words: Sequence[int] = (0,),
) -> Any:
    """Add a table of columns of these widths in inches; `words` begin at the left, figures end at the right."""
    left, top, *_ = room
    height = ROW_HEIGHT * (len(rows) + 1)
    shape = slide.shapes.add_table(
        len(rows) + 1, len(headings), *map(Inches, (left, top, sum(widths), height))
    )
    made = shape.table
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Inches(width)
    for at, row in enumerate([headings, *rows]):
        for place, text in enumerate(row):
            _cell(made.cell(at, place), text, heading=at == 0, words=place in words)
    return made


def _cell(cell: Any, text: str, *, heading: bool, words: bool) -> None:
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.08)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if words else PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.text = clean(text).replace("\n", " ")
    run.font.size, run.font.bold = Pt(HEADING_PT if heading else CELL_PT), heading


def picture(slide: Any, png: bytes, room: Room, *, told: str) -> Any:
    """Add a picture that fills a room; `told` says what is on it to who cannot see it."""
    shape = slide.shapes.add_picture(io.BytesIO(png), *map(Inches, room))
    shape._element.nvPicPr.cNvPr.set("descr", clean(told))
    return shape


def pixels(room: Room) -> tuple[int, int]:
    """Return how many pixels a sharp picture of a room has."""
    return round(room[2] * DPI), round(room[3] * DPI)


def known(value: object) -> float | None:
    """Return a figure, None where it may not be told or there is none."""
    return None if pd.isna(value) else float(str(value))  # type: ignore[call-overload]
