"""Made-up wards cut at random into neighbourhoods of many and of few households, and all their public files."""

import io
from dataclasses import replace
from datetime import date
from functools import lru_cache
from unittest import mock

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from PIL import Image

import exports.slides
from data.samples.ward import make_ward
from exports.content import PlanExport
from exports.gis import write_geojson, write_gpkg
from exports.kml import write_kml
from exports.minutes import write_minutes
from exports.report import Report
from exports.sheets import write_csv, write_xlsx
from exports.slides import write_slides
from exports.wall import write_wall
from planning.coverage import coverage
from planning.outline import outline
from steps.exporting import WRITERS
from steps.reporting import COUNTS_OF_TEAMS
from steps.showing import shown_of, with_shares

DAY = date(2026, 11, 21)
PLACES_AT_LEAST, PLACES_AT_MOST, MEMBERS_AT_MOST = 3, 7, 6
WRITTEN = {
    "gpkg": write_gpkg,
    "geojson": write_geojson,
    "xlsx": write_xlsx,
    "csv": write_csv,
    "kml": write_kml,
    "html": WRITERS[".html"],
    "pdf": write_wall,
}


@lru_cache(maxsize=1)
def _made(seed):
    """A ward of 55 to 130 households, from which two are cut."""
    households = int(np.random.default_rng(seed).integers(55, 130))
    return make_ward(households=households, seed=seed, until=DAY)


def a_ward(seed):
    """A ward of 55 to 130 households, each in the neighbourhood of the nearest of three to seven of them."""
    rng, ward = np.random.default_rng(seed), _made(seed // 2)
    homes = ward.households
    middles = homes.geometry.sample(
        int(rng.integers(PLACES_AT_LEAST, PLACES_AT_MOST + 1)), random_state=rng
    )
    whole = ward.neighbourhoods.union_all()
    cells = gpd.GeoSeries(
        shapely.get_parts(
            shapely.voronoi_polygons(middles.union_all(), extend_to=whole, only_edges=False)
        ),
        crs=homes.crs,
    ).intersection(whole)
    names = [f"Tổ thử {n}" for n in range(1, len(cells) + 1)]
    places = gpd.GeoDataFrame(
        {
            "neighbourhood_id": [f"99999-{n:02}" for n in range(1, len(cells) + 1)],
            "ward_code": "99999",
            "name": names,
        },
        geometry=cells.to_numpy(),
        crs=homes.crs,
    )
    lie = places.sindex.nearest(homes.geometry, return_all=False)[1]
    homes = homes.assign(neighbourhood_id=places["neighbourhood_id"].to_numpy()[lie])
    return replace(ward, neighbourhoods=places, households=homes), rng


def a_plan_of(seed):
    """A ward and a plan of it that shares households at random, so that many a member has few."""
    ward, rng = a_ward(seed)
    homes, zones = [], []
    for place in ward.neighbourhoods.itertuples(index=False):
        own = ward.households[ward.households["neighbourhood_id"] == place.neighbourhood_id]
        people = ward.members["member_id"].sample(
            int(rng.integers(1, MEMBERS_AT_MOST + 1)), random_state=rng
        )
        people = [f"{one}@{place.neighbourhood_id}" for one in people]
        own = own.assign(
            member_id=rng.choice(people, len(own), p=rng.dirichlet(np.full(len(people), 0.6)))
        )
        drawn = outline(
            own[["household_id", "geometry"]],
            own[["household_id", "member_id"]],
            gpd.GeoSeries([place.geometry], crs=own.crs),
        )
        zones.append(drawn.assign(neighbourhood_id=place.neighbourhood_id))
        homes.append(own)
    names = ward.members.set_index("member_id")["name"]
    households = pd.concat(homes, ignore_index=True)
    households = households.assign(
        member_name=households["member_id"].str.partition("@")[0].map(names),
        load_min=30.0,
        walk_m=50.0,
    )
    loads = households.groupby("member_id", as_index=False).agg(
        households=("household_id", "size"), member_name=("member_name", "first")
    )
    drawn = pd.concat(zones, ignore_index=True).drop(columns=["households"], errors="ignore")
    drawn = drawn.merge(loads, on="member_id").assign(load_min=1.0, walk_m=1.0)
    figures = {"mean": 30.0}
    content = PlanExport(
        plan={
            "plan": "P1",
            "name": "Phương án",
            "areas": [],
            "total": {
                "households": len(households),
                "assigned": len(households),
                "unassigned": 0,
                "members": len(loads),
                "load_min": figures,
                "walk_m": figures,
            },
        },
        zones=gpd.GeoDataFrame(drawn, crs=households.crs),
        households=households,
        members=ward.members,
        neighbourhoods=ward.neighbourhoods,
        streets=ward.streets,
        made_up=True,
        on=DAY,
    )
    return ward, content


def a_report_of(ward, content):
    """What slides tell everybody of the ward."""
    places = ward.neighbourhoods.rename(columns={"neighbourhood_id": "area"})
    counted = coverage(
        ward.households,
        ward.visits,
        ward.goals,
        areas=places[["area", "name"]],
        area_of=ward.households.set_index("household_id")["neighbourhood_id"],
        on=DAY,
    )
    shown = shown_of(counted, None, lang="vi")
    return counted, Report(
        plan=content,
        ward="Phường Thử",
        status="draft",
        public=True,
        total=shown.total,
        rows=shown.rows,
        shares=with_shares(ward.neighbourhoods, shown),
        staffing=pd.DataFrame(columns=COUNTS_OF_TEAMS),
        weeks=pd.DataFrame(columns=["week_begins", "share_reached"]),
        lines=(),
        before=None,
    )


def public_files(ward, content, folder, *, on_paper):
    """Every public file by its ending, and the ward's coverage; `on_paper`: the wall map and the slides' maps too."""
    files = {}
    for ending, write in WRITTEN.items():
        if ending != "pdf" or on_paper:
            files[ending] = folder / f"public.{ending}"
            write(content, files[ending], public=True, lang="vi")
    counted, report = a_report_of(ward, content)
    files["pptx"] = folder / "public.pptx"
    drawn = exports.slides.map_picture if on_paper else _no_picture
    with mock.patch.object(exports.slides, "map_picture", drawn):
        write_slides(report, files["pptx"], lang="vi")
        files["docx"] = folder / "public.docx"
        write_minutes(report, files["docx"], lang="vi")
    return counted, files


def _no_picture(*layers, **how):
    """Maps hold no numbers, and take the most time."""
    made = io.BytesIO()
    Image.new("L", (2, 2)).save(made, "PNG")
    return made.getvalue()
