"""One member's page for a phone: one HTML file that lists and maps the zone and records visits, and asks nobody.

The page is opened from a file, without a network. Everything of people is in one block of JSON and reaches the screen
as text nodes; a content security policy allows the scripts written here, by their hashes, and nothing else.
"""

import json
import re
import zipfile
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import get_coordinates, get_parts

from exports.inlined import policy, script, styles
from exports.text import clean, clean_texts
from exports.writing import written_whole
from words import TEXTS, Lang, say

SCRIPTS = ("vendor/leaflet/leaflet.js", "phone_records.js", "phone_map.js", "phone.js")
STYLES = ("vendor/leaflet/leaflet.css", "phone.css")
PREFIX = "phone_"
# Of degrees, about 10 cm: what a phone can show.
DECIMALS = 6
TABS = ("list", "map", "send")
NAME_REFUSES = re.compile(r"[^\w.-]+")
VIEWPORT = (
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePage:
    """What one member takes along.

    `households` has, in walking order, `household_id, stop, head, phone, address, neighbourhood`, the goals that
    concern it (`goals`) and those not reached (`open_goals`) as lists of ids, and of earlier visits `note, noted_at`
    and `last_outcome, last_at`; its geometry may be missing. `zone`, `others` (the neighbours' zones) and `streets` are
    the ground; `goals` has goal_id and name. Frames are in EPSG:4326.
    """

    plan_id: str
    plan_name: str
    member_id: str
    member_name: str
    households: GeoDataFrame
    zone: GeoDataFrame
    others: GeoDataFrame
    streets: GeoDataFrame
    goals: DataFrame
    made_up: bool
    on: date


def write_phone(page: PhonePage, path: Path, *, lang: str = Lang.VI) -> None:
    """Write the page; raise `InputError` where the file cannot be written."""
    with written_whole(path) as part:
        part.write_text(phone_html(page, lang=lang), encoding="utf-8")


def write_phones(pages: Sequence[PhonePage], path: Path, *, lang: str = Lang.VI) -> None:
    """Write one page as HTML, or each as a file of its member in a `.zip`; errors as in `write_phone`."""
    if path.suffix.lower() != ".zip":
        write_phone(pages[0], path, lang=lang)
        return
    with written_whole(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in pages:
            name = NAME_REFUSES.sub("-", f"{page.member_id} {page.member_name}")
            archive.writestr(f"{name}.html", phone_html(page, lang=lang))


def phone_html(page: PhonePage, *, lang: str = Lang.VI) -> str:
    """Return the page."""
    scripts = [f"\n{script(name)}\n" for name in SCRIPTS]
    told = json.dumps(told_to_page(page, lang), ensure_ascii=False, allow_nan=False)
    data = (
        f'<script type="application/json" id="told">{told.replace("<", chr(92) + "u003c")}</script>'
    )
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8" />',
            policy(scripts),
            VIEWPORT,
            '<meta name="format-detection" content="telephone=no" />',
            f"<title>{_text(page.plan_name)} · {_text(page.member_name)}</title>",
            f"<style>\n{styles(STYLES)}\n</style>\n</head>\n<body>",
            _body(page, lang),
            data,
            *(f"<script>{one}</script>" for one in scripts),
            "</body>\n</html>\n",
        ]
    )


def told_to_page(page: PhonePage, lang: str) -> dict[str, Any]:
    """Return what the page's scripts are told."""
    return {
        "plan": page.plan_id,
        "member": page.member_id,
        "file": NAME_REFUSES.sub("-", f"{say('phone_file', lang)}-{page.plan_id}-{page.member_id}"),
        "words": _words(lang),
        "goals": [
            {"id": str(one.goal_id), "name": clean(str(one.name))}
            for one in page.goals[["goal_id", "name"]].itertuples(index=False)
        ],
        "homes": _homes(page.households, lang),
        "ground": {
            "zone": _rings(page.zone),
            "others": _rings(page.others),
            "streets": [_corners(line) for line in get_parts(page.streets.geometry.to_numpy())],
        },
    }


def _words(lang: str) -> dict[str, str]:
    own = [code for code in TEXTS if code.startswith(PREFIX)]
    told = {code.removeprefix(PREFIX): TEXTS[code][list(Lang).index(Lang(lang))] for code in own}
    return told | {name: say(f"map_{name}", lang) for name in ("zoom_in", "zoom_out")}


def _homes(households: GeoDataFrame, lang: str) -> list[dict[str, Any]]:
    plain = clean_texts(DataFrame(households.drop(columns=households.geometry.name)))
    plain = plain.astype(object).where(plain.notna(), None)
    points = households.geometry
    return [
        {
            "id": str(row["household_id"]),
            "stop": int(row["stop"]),
            **{
                name: row[name] or ""
                for name in ("head", "phone", "address", "neighbourhood", "note")
            },
            "noted_on": _day(row["noted_at"], lang),
            "last": _last(row, lang),
            "goals": list(row["goals"]),
            "open": list(row["open_goals"]),
            "lat": None if point is None or point.is_empty else round(point.y, DECIMALS),
            "lon": None if point is None or point.is_empty else round(point.x, DECIMALS),
        }
        for row, point in zip(plain.to_dict("records"), points, strict=True)
    ]


def _last(row: Mapping[Hashable, Any], lang: str) -> str:
    if row["last_outcome"] is None:
        return ""
    return f"{say(PREFIX + row['last_outcome'], lang)}, {_day(row['last_at'], lang)}"


def _day(moment: Any, lang: str) -> str:
    if moment is None or pd.isna(moment):
        return ""
    return say("phone_day", lang, on=pd.Timestamp(moment).tz_convert("Asia/Ho_Chi_Minh").date())


def _rings(frame: GeoDataFrame) -> list[list[list[list[float]]]]:
    """Return polygons as Leaflet takes them: rings of corners."""
    parts = get_parts(frame.geometry.dropna().to_numpy())
    polygons = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    return [
        [_corners(part.exterior), *(_corners(ring) for ring in part.interiors)] for part in polygons
    ]


def _corners(line: shapely.Geometry) -> list[list[float]]:
    corners: list[list[float]] = get_coordinates(line)[:, ::-1].round(DECIMALS).tolist()
    return corners


def _body(page: PhonePage, lang: str) -> str:
    def told(code: str, **facts: Any) -> str:
        return _text(say(PREFIX + code, lang, **facts))

    banner = f'<p class="made-up">{_text(say("made_up_data", lang))}</p>' if page.made_up else ""
    tabs = "".join(
        f'<button type="button" role="tab" id="go-{tab}" aria-controls="tab-{tab}">{told("tab_" + tab)}</button>'
        for tab in TABS
    )
    return f"""<header>{banner}<h1>{_text(page.member_name)}</h1>
<p class="faint">{_text(page.plan_name)} · {told("made_on", on=page.on)}</p>
<p id="progress" aria-live="polite"></p>
<p id="forgetful" class="warning" hidden>{told("forgetful")}</p></header>
<main>
<div class="tab" id="tab-list" role="tabpanel"><div id="homes"></div><p class="faint">{told("private")}</p></div>
<div class="tab" id="tab-map" role="tabpanel" hidden><div id="map" aria-label="{told("tab_map")}"></div></div>
<div class="tab" id="tab-send" role="tabpanel" hidden>
<h2>{told("send_title")}</h2><p>{told("send_how")}</p><p id="nothing">{told("nothing_yet")}</p>
<button type="button" class="wide main" id="share" hidden>{told("share")}</button>
<div id="parts"></div>
<button type="button" class="wide" id="file">{told("save_file")}</button>
<button type="button" class="wide" id="csv">{told("save_csv")}</button>
<h2>{told("take_title")}</h2><p>{told("take_how")}</p>
<textarea id="pasted" aria-label="{told("take_title")}"></textarea>
<button type="button" class="wide" id="take">{told("take")}</button>
<label class="file">{told("take_file")}
<input type="file" id="take-file" accept=".json,.txt,text/plain,application/json" /></label>
</div>
</main>
<nav role="tablist">{tabs}</nav>
<div id="sheet" role="dialog" aria-modal="true" aria-label="{told("sheet")}" hidden></div>
<div id="said" role="status" hidden></div>"""


def _text(words: str) -> str:
    return escape(clean(words))
