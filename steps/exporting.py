"""Which writer makes which file."""

from collections.abc import Callable
from pathlib import Path

from exports.content import PlanExport
from exports.gis import write_geojson, write_gpkg
from exports.html import html_map
from exports.kml import write_kml
from exports.minutes import write_minutes
from exports.public import public_plan
from exports.sheets import write_csv, write_xlsx
from exports.slides import write_slides
from exports.writing import written_whole
from layers.plan import plan_layers as draw_plan
from words import say


def _write_html(content: PlanExport, to: Path, *, public: bool, lang: str) -> None:
    """One page with the map; public, it shows zones and counts only."""
    zones = public_plan(content.zones, content.neighbourhoods).zones if public else content.zones
    layers = draw_plan(
        zones,
        households=None if public else content.households,
        members=None if public else content.members,
        neighbourhoods=content.neighbourhoods,
        streets=content.streets,
        public=public,
        lang=lang,
    )
    page = html_map(
        layers,
        title=str(content.plan["name"]),
        subtitle=say("html_subtitle", lang, on=content.on),
        made_up=content.made_up,
        lang=lang,
        notes=[say("html_public" if public else "html_full", lang)],
    )
    with written_whole(to) as part:
        part.write_text(page, encoding="utf-8")


WRITERS: dict[str, Callable[..., None]] = {
    ".gpkg": write_gpkg,
    ".geojson": write_geojson,
    ".xlsx": write_xlsx,
    ".csv": write_csv,
    ".html": _write_html,
    ".kml": write_kml,
}
# Files that tell of the ward too, for meetings; their writers take a `Report`.
REPORT_WRITERS: dict[str, Callable[..., None]] = {
    ".pptx": write_slides,
    ".docx": write_minutes,
}
