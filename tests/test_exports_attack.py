"""Public exports attacked by somebody who has everything else: 20 made-up wards, every format, linked with all data.

The reader knows the whole plan but who is where: he searches each file for every name, phone and address in the ward,
for every home among its corners, and concludes from all counts of all files together what a hidden one can be.
"""

import base64
import json
import re
import zipfile
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from pypdf import PdfReader
from scipy.optimize import LinearConstraint, milp
from scipy.spatial import cKDTree

from data.samples.ward import make_ward
from exports.content import PlanExport
from exports.gis import write_geojson, write_gpkg
from exports.kml import write_kml
from exports.sheets import write_csv, write_xlsx
from exports.wall import write_wall
from geo.crs import to_metric
from planning.outline import outline
from steps.exporting import WRITERS

SEEDS = range(20)
# Wards whose wall map is read too: it takes longest.
ON_PAPER = range(2)
DAY = date(2026, 11, 21)
SMALL = 5
A_CENTIMETRE = 0.01
WRITTEN = {
    "gpkg": write_gpkg,
    "geojson": write_geojson,
    "xlsx": write_xlsx,
    "csv": write_csv,
    "kml": write_kml,
    "html": WRITERS[".html"],
    "pdf": write_wall,
}
STATUS = (
    "near_poor",
    "elderly",
    "khuyết tật",
    "hộ nghèo",
    "cận nghèo",
    "người cao tuổi",
    "từ chối",
    "refused",
)


def a_plan_of(seed):
    """A ward of 55 to 130 households shared at random, so that many a member has few; and its export."""
    rng = np.random.default_rng(seed)
    ward = make_ward(households=int(rng.integers(55, 130)), seed=seed, until=DAY)
    homes, zones = [], []
    for place in ward.neighbourhoods.itertuples(index=False):
        own = ward.households[ward.households["neighbourhood_id"] == place.neighbourhood_id]
        people = ward.members.loc[
            ward.members["neighbourhood_id"] == place.neighbourhood_id, "member_id"
        ]
        if own.empty or people.empty:
            continue
        weights = rng.dirichlet(np.full(len(people), 0.6))
        own = own.assign(member_id=rng.choice(people, len(own), p=weights))
        drawn = outline(
            own[["household_id", "geometry"]],
            own[["household_id", "member_id"]],
            gpd.GeoSeries([place.geometry], crs=own.crs),
        )
        zones.append(drawn.assign(neighbourhood_id=place.neighbourhood_id))
        homes.append(own)
    households = pd.concat(homes, ignore_index=True)
    names = ward.members.set_index("member_id")["name"]
    households = households.assign(
        member_name=households["member_id"].map(names), load_min=30.0, walk_m=50.0
    )
    loads = households.groupby("member_id", as_index=False).agg(households=("household_id", "size"))
    outlined = pd.concat(zones, ignore_index=True).drop(columns=["households"], errors="ignore")
    outlined = outlined.merge(loads, on="member_id").assign(load_min=1.0, walk_m=1.0)
    content = PlanExport(
        plan={
            "plan": "P1",
            "name": "Phương án",
            "areas": [],
            "total": {"households": len(households), "assigned": len(households), "unassigned": 0},
        },
        zones=gpd.GeoDataFrame(
            outlined.assign(member_name=outlined["member_id"].map(names)), crs=households.crs
        ),
        households=households,
        members=ward.members,
        neighbourhoods=ward.neighbourhoods,
        streets=ward.streets,
        made_up=True,
        on=DAY,
    )
    return ward, content


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """Every ward with its plan and its public files by ending."""
    told = []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp(f"ward{seed}")
        ward, content = a_plan_of(seed)
        files = {}
        for ending, write in WRITTEN.items():
            if ending != "pdf" or seed in ON_PAPER:
                files[ending] = folder / f"public.{ending}"
                write(content, files[ending], public=True, lang="vi")
        told.append((ward, content, files))
    return told


def words_of(path):
    """All text that is in a file: unpacked, decoded, read from the page."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    text = content.decode("utf-8", "ignore")
    if path.suffix == ".html":
        packed = re.findall(r'diabanHandout\(\w+, "([^"]+)"', text)
        assert packed
        text += "".join(base64.b64decode(one).decode("utf-8", "ignore") for one in packed)
    return text


def private_words(ward):
    """Every name, phone, id and address of people in a ward, but for names that streets and places bear too."""
    homes, members = ward.households, ward.members
    plain = (
        homes["house_number"].fillna("")
        + " "
        + homes["alley"].fillna("")
        + " "
        + homes["street"].fillna("")
    )
    lines = plain.str.split().str.join(" ")[homes["house_number"].notna()]
    columns = [homes["head"], homes["phone"], homes["household_id"], homes["address_raw"], lines]
    columns += [members["name"], members["phone"], members["member_id"]]
    named = {str(cell) for column in columns for cell in column.dropna() if len(str(cell)) > 4}
    common = " | ".join([*ward.streets["name"].dropna(), *ward.neighbourhoods["name"].dropna()])
    return {one for one in named if one not in common}


def test_no_name_phone_id_or_address_is_in_a_public_file(attacked):
    for ward, _, files in attacked:
        private = private_words(ward)
        assert len(private) > 100
        for ending, path in files.items():
            text = words_of(path)
            found = [one for one in private if one in text]
            assert not found, (ending, len(found))


def test_no_public_file_tells_of_poverty_age_or_how_a_visit_ended(attacked):
    for _, _, files in attacked:
        for ending, path in files.items():
            text = words_of(path).casefold()
            assert not [word for word in STATUS if word in text], ending


def test_the_words_that_are_searched_for_are_found_in_a_full_file(attacked, tmp_path):
    ward, content, _ = attacked[0]
    path = tmp_path / "full.csv"
    write_csv(content, path, public=False)

    found = [one for one in private_words(ward) if one in words_of(path)]
    assert len(found) > len(content.households)


def corners_of(path):
    """Every corner of every layer of a file, in degrees."""
    parts = []
    for layer, kind in pyogrio.list_layers(path):
        if kind is None:
            continue
        rows = pyogrio.read_dataframe(path, layer=layer)
        assert not rows.geometry.dropna().geom_type.eq("Point").any(), layer
        parts.append(rows.geometry.get_coordinates())
    return pd.concat(parts, ignore_index=True)


def test_no_home_is_a_point_or_a_corner_of_a_public_file(attacked):
    for ward, content, files in attacked:
        homes = pd.concat([content.households.geometry, ward.members.geometry.dropna()])
        places = to_metric(gpd.GeoDataFrame(geometry=homes)).geometry
        known = pd.concat([ward.streets.geometry, ward.neighbourhoods.geometry]).get_coordinates()
        for ending in ("gpkg", "geojson", "kml"):
            corners = corners_of(files[ending]).round(7)
            corners = corners[~corners.isin(known.round(7).to_dict("list")).all(axis=1)]
            if corners.empty:
                continue
            spots = gpd.GeoSeries.from_xy(corners["x"], corners["y"], crs="EPSG:4326").to_crs(
                places.crs
            )
            away, _ = cKDTree(np.c_[places.x, places.y]).query(np.c_[spots.x, spots.y])
            assert away.min() > A_CENTIMETRE, ending


def test_the_handout_draws_no_points(attacked):
    for _, _, files in attacked:
        page = files["html"].read_text(encoding="utf-8")
        blob = base64.b64decode(re.search(r'diabanHandout\(\w+, "([^"]+)"', page)[1])
        head = blob[: blob.index(b"}]") + 2].decode("utf-8", "ignore")
        assert "polygons" in head
        assert '"points"' not in head


# --- counts ---


def shown_counts(files):
    """Return what all files together show of zones, neighbourhoods and the whole: text by cell."""
    shown: dict[str, set[str]] = {}

    def see(cell, text):
        shown.setdefault(cell, set()).add(str(text))

    zones = pyogrio.read_dataframe(files["gpkg"], layer="zones")
    places = pyogrio.read_dataframe(files["gpkg"], layer="neighbourhoods")
    figures = pyogrio.read_dataframe(files["gpkg"], layer="figures")
    document = json.loads(files["geojson"].read_text(encoding="utf-8"))
    table = pd.read_csv(files["csv"], dtype=str)
    for rows in (zones, pd.DataFrame([one["properties"] for one in document["features"]]), table):
        for row in rows.itertuples(index=False):
            see(f"{row.neighbourhood_id} {row.zone}", str(row.households_shown).lstrip("'"))
    for row in places.itertuples(index=False):
        see(row.neighbourhood_id, row.households_shown)
    for row in figures.itertuples(index=False):
        see("all" if pd.isna(row.area) else row.area, row.households_shown)
    assert all(len(texts) == 1 for texts in shown.values())
    return {cell: texts.pop() for cell, texts in shown.items()}


def concluded(shown):
    """Return the least and most that each hidden small count can be, given all that is shown: by integer programs."""
    cells = list(shown)
    at = {cell: i for i, cell in enumerate(cells)}
    low, high = np.zeros(len(cells)), np.full(len(cells), 10_000.0)
    for cell, text in shown.items():
        known = (
            (1, SMALL - 1)
            if text.startswith("<")
            else (SMALL, 10_000)
            if text.startswith("≥")
            else (int(text),) * 2
        )
        low[at[cell]], high[at[cell]] = known
    totals = {"all": [c for c in cells if c != "all" and " " not in c]}
    totals |= {
        c: [z for z in cells if z.startswith(f"{c} ")] for c in cells if " " not in c and c != "all"
    }
    sums = np.zeros((len(totals), len(cells)))
    for row, (total, parts) in enumerate(totals.items()):
        sums[row, [at[part] for part in parts]] = 1
        sums[row, at[total]] = -1
    rules = LinearConstraint(sums, 0, 0)

    def extreme(cell, sign):
        aim = np.zeros(len(cells))
        aim[at[cell]] = sign
        done = milp(aim, constraints=rules, integrality=np.ones(len(cells)), bounds=(low, high))
        return round(sign * done.fun)

    return {c: (extreme(c, 1), extreme(c, -1)) for c, text in shown.items() if text.startswith("<")}


def test_no_suppressed_count_can_be_told_by_all_files_together(attacked):
    hidden = 0
    for _, content, files in attacked:
        counts = content.zones.groupby("neighbourhood_id")["households"]
        small = counts.apply(lambda own: int(own.between(1, SMALL - 1).sum())).sum()
        found = concluded(shown_counts(files))
        zones = {cell: told for cell, told in found.items() if " " in cell}
        assert len(zones) == small
        assert all(told == (1, SMALL - 1) for told in found.values())
        hidden += len(found)
    assert hidden > len(SEEDS)
