"""Walking orders for phones and receivers: GPX 1.1, one route a member, every household a waypoint.

GPX 1.1 schema, Topografix 2004: metadata, then waypoints, then routes; a point has its name, comment and description in
this order. A file of homes is never public.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from geopandas import GeoDataFrame

from exports.xml_text import add, write_xml
from words import Lang, say

NAMESPACE = "http://www.topografix.com/GPX/1/1"
DECIMALS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Households in walking order, member after member.

    `households`: `member_id, member_name, stop, household_id, head, address, note`; those without a place are told in
    the description of the route alone.
    """

    plan_name: str
    households: GeoDataFrame
    made_up: bool
    on: date


def write_gpx(routes: Routes, path: Path, *, lang: str = Lang.VI) -> None:
    """Write the routes of a plan's members, or of one; raise `InputError` where the file cannot be written."""
    root = Element("gpx", {"xmlns": NAMESPACE, "version": "1.1", "creator": say("app_name", lang)})
    about = add(root, "metadata")
    add(about, "name", routes.plan_name)
    add(about, "desc", _about(routes, lang))
    add(about, "time", f"{routes.on.isoformat()}T00:00:00Z")
    located = ~(routes.households.geometry.isna() | routes.households.geometry.is_empty)
    for row in _rows(routes.households[located]):
        _point(root, "wpt", row, lang)
    by_member = routes.households.groupby("member_id", sort=True)
    for number, (member, rows) in enumerate(by_member, start=1):
        _route(root, number, str(member), rows, located, lang)
    write_xml(root, path)


def _about(routes: Routes, lang: str) -> str:
    told = [say("export_source", lang), say("export_for_staff", lang)]
    return " · ".join([say("made_up_data", lang), *told] if routes.made_up else told)


def _route(  # noqa: PLR0917 - the parts of a route, in order
    root: Element, number: int, member: str, rows: GeoDataFrame, located: Any, lang: str
) -> None:
    """Add one member's route."""
    route = add(root, "rte")
    add(route, "name", rows["member_name"].fillna(member).iloc[0])
    left = rows[~located[rows.index]]
    told = say("gpx_route", lang, count=len(rows))
    if len(left):
        names = ", ".join(str(one) for one in left["head"].fillna(left["household_id"]))
        told = f"{told} {say('gpx_without_place', lang, names=names)}"
    add(route, "desc", told)
    add(route, "number", number)
    for row in _rows(rows[located[rows.index]]):
        _point(route, "rtept", row, lang)


def _point(parent: Element, tag: str, row: Any, lang: str) -> None:
    lat, lon = (f"{value:.{DECIMALS}f}" for value in (row.geometry.y, row.geometry.x))
    point = add(parent, tag, lat=lat, lon=lon)
    add(point, "name", f"{row.stop:03d} {_text(row.head) or row.household_id}")
    add(point, "cmt", _text(row.address) or say("phone_no_address", lang))
    add(point, "desc", " · ".join(one for one in (row.household_id, _text(row.note)) if one))


def _rows(frame: GeoDataFrame) -> Any:
    return frame.sort_values(["member_id", "stop"]).itertuples(index=False)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""
