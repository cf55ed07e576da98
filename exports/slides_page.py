"""The pages of a deck: 16:9, one title each, and below what it is, from when and from where."""

import re
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

from exports.content import PlanExport
from exports.text import clean
from exports.writing import written_whole
from words import say

FONT = "Be Vietnam Pro"
# Inches.
WIDTH, HEIGHT = 13.333, 7.5
EDGE, TOP, BOTTOM = 0.6, 1.45, 6.75
INNER = WIDTH - 2 * EDGE
TITLE_PT, TEXT_PT, SMALL_PT = 30, 18, 11
TITLE_ONLY = "Title Only"
ENGLISH, VIETNAMESE = "en-US", "vi-VN"


def colour(code: str) -> Any:
    """Return a colour such as `#0B5A8A` as python-pptx takes it."""
    make: Any = RGBColor
    return make.from_string(code.lstrip("#"))


INK, BLUE, GREY, RED = (colour(one) for one in ("#1F2933", "#0B5A8A", "#52606D", "#B33A00"))


class Deck:
    """A deck of pages that are alike."""

    def __init__(self, plan: PlanExport, marks: dict[str, str], lang: str) -> None:
        self.lang, self.marks = lang, marks
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self.layout = _only_layout(self.file)
        _theme(self.file)
        about = self.file.core_properties
        about.title, about.subject = clean(str(plan.plan["name"])), marks["audience"]
        about.author = about.last_modified_by = say("app_name", lang)
        about.language = VIETNAMESE if lang == "vi" else ENGLISH

    def page(self, title: str, said: list[str] | None = None) -> Any:
        """Add a page under a title, what there is to say of it in its notes."""
        slide = self.file.slides.add_slide(self.layout)
        slide.shapes.title.text = clean(title)
        parts = [self.marks[name] for name in ("day", "source", "audience")]
        foot = self.text(slide, " · ".join(parts), (EDGE, 6.95, INNER - 2.6, 0.35), size=SMALL_PT)
        foot.name = "date and source"
        if "notice" in self.marks:
            room = (WIDTH - EDGE - 2.6, 6.95, 1.9, 0.35)
            self.text(slide, self.marks["notice"], room, size=SMALL_PT, color=RED, bold=True)
        _number(
            self.text(slide, "", (WIDTH - EDGE - 0.6, 6.95, 0.6, 0.35), size=SMALL_PT, right=True)
        )
        if said:
            slide.notes_slide.notes_text_frame.text = clean("\n".join(said))
        return slide

    def text(
        self,
        slide: Any,
        text: str,
        room: tuple[float, float, float, float],
        *,
        size: float = TEXT_PT,
        color: RGBColor = GREY,
        bold: bool = False,
        right: bool = False,
        middle: bool = False,
    ) -> Any:
        """Write text into a room (left, top, width, height in inches); each line is a paragraph."""
        shape = slide.shapes.add_textbox(*map(Inches, room))
        frame = shape.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for at, line in enumerate(clean(text).split("\n")):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if right else None
            paragraph.space_after = Pt(size / 3)
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, color
        return shape

    def sentences(
        self, slide: Any, lines: list[str], room: tuple[float, float, float, float]
    ) -> None:
        """Write sentences below each other, smaller where there are many."""
        size = TEXT_PT if sum(map(len, lines)) < 60 * room[2] * room[3] / 4 else TEXT_PT * 0.7
        self.text(slide, "\n".join(lines), room, size=size, color=INK)

    def save(self, path: Path) -> None:
        """Write the deck; raise `InputError` where that cannot be."""
        with written_whole(path) as part:
            self.file.save(str(part))


def _only_layout(file: Any) -> Any:
    """Keep one layout, its title where ours is, and nothing else on it."""
    for layout in list(file.slide_layouts):
        if layout.name != TITLE_ONLY:
            file.slide_layouts.remove(layout)
    [layout] = file.slide_layouts
    for holder in (*layout.placeholders, *file.slide_master.placeholders):
        if holder.placeholder_format.type is None or holder.placeholder_format.idx != 0:
            holder._element.getparent().remove(holder._element)
            continue
        holder.left, holder.top = Inches(EDGE), Inches(0.45)
        holder.width, holder.height = Inches(INNER), Inches(0.85)
        holder.text_frame.margin_left = 0
    return layout


def _theme(file: Any) -> None:
    """Set letters and colours once, so that everything that is added later fits."""
    part = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    theme = re.sub(r'(<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", theme)
    theme = re.sub(r"(<a:accent1>\s*<a:srgbClr val=\")\w{6}", rf"\g<1>{BLUE}", theme)
    part._blob = theme.encode("utf-8")
    style = file.slide_master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    letters = style.find(qn("a:defRPr"))
    letters.set("sz", str(TITLE_PT * 100))
    letters.set("b", "1")


def _number(shape: Any) -> None:
    """Make the text of a shape the number of its page, which the program counts."""
    paragraph = shape.text_frame.paragraphs[0]
    run = paragraph.runs[0]._r
    field: Any = OxmlElement("a:fld")
    paragraph._p.append(field)
    field.set("id", "{6E8B1B5E-3C0C-4C2E-9D0E-0A6D1B6F0A11}")
    field.set("type", "slidenum")
    letters = run.find(qn("a:rPr"))
    if letters is not None:
        field.append(letters)
    text: Any = OxmlElement("a:t")
    text.text = "‹#›"
    field.append(text)
    paragraph._p.remove(run)
