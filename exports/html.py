"""The handout: one HTML file with everything in it, which asks no server for anything.

folium makes the page and its map; the drawing is that of the live map, from the same blob and the
same script, so that both look alike. A content security policy allows the scripts written here,
by their hashes, and nothing else.
"""

import base64
import json
import re
from html import escape
from typing import cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from exports.inlined import policy, script, styles
from layers.layer import Layer, LayerKind
from layers.packed import packed
from layers.scripts import CORE_SCRIPTS
from words import Lang, say

SCRIPTS = ("vendor/leaflet/leaflet.js", *CORE_SCRIPTS, "handout.js")
# Vendored first, so that ours win.
STYLES = ("vendor/leaflet/leaflet.css", "map.css", "handout.css")
WORDS = ("zoom_in", "zoom_out", "whole", "north", "north_up", "close")
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'


def html_map(
    layers: list[Layer],
    *,
    title: str,
    subtitle: str = "",
    made_up: bool,
    lang: str = Lang.VI,
    notes: list[str] | None = None,
) -> str:
    """Return a page with `layers` on a map, to be saved and opened anywhere.

    Parameters
    ----------
    layers
        Lowest first. Whatever is in them can be read by whoever has the file.
    title, subtitle
        Plain text.
    made_up
        Say on the page that its data are made up.
    lang
        The language of legend and buttons.
    notes
        Lines below the map: source, date.
    """
    page = folium.Map(
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        prefer_canvas=True,
        zoom_snap=0.25,
        min_zoom=4,
        max_zoom=20,
    )
    # Ids are random otherwise, and equal input would not make equal files.
    page._id = "ward"
    page.default_js, page.default_css = [], []
    figure = cast(Figure, page.get_root())
    figure.header.add_child(_as_is(_head(title)), name="assets")
    figure.html.add_child(_as_is(_above(title, subtitle, made_up, lang)), name="above", index=0)
    page.add_child(
        _AfterMap(_below(layers, notes or [], lang), _call(layers, page.get_name(), lang))
    )
    return _sealed(figure, lang)


class _AfterMap(MacroElement):
    """What comes after the map on the page, and the call that draws on it."""

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.below }}{% endmacro %}"
        "{% macro script(this, kwargs) %}{{ this.call }}{% endmacro %}"
    )

    def __init__(self, below: str, call: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.below = below
        self.call = call


def _as_is(text: str) -> Element:
    """An element whose text is no template."""
    return Element("{% raw %}" + text.replace("{% endraw %}", "") + "{% endraw %}")


def _head(title: str) -> str:
    scripts = "\n".join(f"<script>\n{script(name)}\n</script>" for name in SCRIPTS)
    return f"<title>{escape(title)}</title>\n<style>\n{styles(STYLES)}\n</style>\n{scripts}"


def _above(title: str, subtitle: str, made_up: bool, lang: str) -> str:
    banner = f'<p class="made-up">{escape(say("made_up_data", lang))}</p>' if made_up else ""
    below = f"<p>{escape(subtitle)}</p>" if subtitle else ""
    return (
        f"<header>{banner}<h1>{escape(title)}</h1>{below}</header>"
        '<div class="diaban-map" data-testid="diaban-map" data-ready="0">'
    )


def _below(layers: list[Layer], notes: list[str], lang: str) -> str:
    lines = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return f'<div class="diaban-legend"></div></div><footer>{_list(layers, lang)}{lines}</footer>'


def _list(layers: list[Layer], lang: str) -> str:
    """What the uppermost areas say, for readers without a pointer, and for paper."""
    areas = [layer.column("label") for layer in layers if layer.kind == LayerKind.POLYGONS]
    told = [column[column != ""] for column in areas]
    labels = next((column for column in reversed(told) if len(column)), None)
    if labels is None:
        return ""
    items = "".join(f"<li>{escape(label).replace(chr(10), ' · ')}</li>" for label in labels)
    summary = escape(say("handout_list", lang, count=len(labels)))
    return f"<details><summary>{summary}</summary><ol>{items}</ol></details>"


def _call(layers: list[Layer], map_name: str, lang: str) -> str:
    blob = base64.b64encode(packed(layers, lang=lang, deflate=False)).decode()
    words = {name: say(f"map_{name}", lang) for name in WORDS}
    told = json.dumps(words).replace("<", "\\u003c")
    return f'diabanHandout({map_name}, "{blob}", {told});'


def _sealed(figure: Figure, lang: str) -> str:
    """Render the page, and forbid it everything but its own scripts, styles and fonts."""
    page = figure.render()
    page = re.sub(r'<meta name="viewport".*?/>', VIEWPORT, page, count=1, flags=re.DOTALL)
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    return page.replace("<html>\n<head>", f'<html lang="{lang}">\n<head>\n{policy(scripts)}', 1)
