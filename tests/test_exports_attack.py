"""Public exports attacked by somebody who has everything else: 20 made-up wards, every format, linked with all data.

The reader knows the whole plan but who is where: he searches each file for every name, phone and address in the ward,
for every home among its corners, and concludes from all counts of all files together what a hidden one can be.
"""

import base64
import io
import re
import zipfile
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from pypdf import PdfReader
from scipy.spatial import cKDTree

from exports.sheets import write_csv
from geo.crs import to_metric
from tests.attack_counts import (
    SMALL,
    Slides,
    counts_of_minutes,
    puzzle_of,
    shown_counts,
)
from tests.attack_wards import a_plan_of, public_files

pytestmark = pytest.mark.slow

SEEDS = range(20)
# Wards whose wall map is read too: it takes longest.
ON_PAPER = range(2)
A_CENTIMETRE = 0.01
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


class Attacked(NamedTuple):
    """A ward, its plan, its coverage, and its public files by ending."""

    ward: object
    content: object
    counted: object
    files: dict


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """Every ward with its plan and its public files."""
    told = []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp(f"ward{seed}")
        ward, content = a_plan_of(seed)
        told.append(
            Attacked(ward, content, *public_files(ward, content, folder, on_paper=seed in ON_PAPER))
        )
    return told


def unpacked(content):
    """All text in a file and in the archives inside it."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(unpacked(archive.read(name)) for name in archive.namelist())


def words_of(path):
    """All text that is in a file: unpacked, decoded, read from the page."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    text = unpacked(content)
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
    for ward, _, _, files in attacked:
        private = private_words(ward)
        assert len(private) > 100
        for ending, path in files.items():
            text = words_of(path)
            found = [one for one in private if one in text]
            assert not found, (ending, len(found))


def test_no_public_file_tells_of_poverty_age_or_how_a_visit_ended(attacked):
    for _, _, _, files in attacked:
        for ending, path in files.items():
            text = words_of(path).casefold()
            assert not [word for word in STATUS if word in text], ending


def test_the_words_that_are_searched_for_are_found_in_a_full_file(attacked, tmp_path):
    ward, content, *_ = attacked[0]
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
    for ward, content, _, files in attacked:
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
    for _, _, _, files in attacked:
        page = files["html"].read_text(encoding="utf-8")
        blob = base64.b64decode(re.search(r'diabanHandout\(\w+, "([^"]+)"', page)[1])
        head = blob[: blob.index(b"}]") + 2].decode("utf-8", "ignore")
        assert "polygons" in head
        assert '"points"' not in head


# --- counts ---


def test_no_suppressed_count_can_be_told_by_all_files_together(attacked):
    hidden = 0
    for ward, content, counted, files in attacked:
        ids = ward.neighbourhoods.set_index("name")["neighbourhood_id"].to_dict()
        shown = shown_counts(files)
        puzzle = puzzle_of(shown, slides := Slides(files["pptx"], ids))
        for cell in small_ones(content):
            assert not shown[cell].isdigit()
            least, most = puzzle.least_and_most(cell)
            assert least <= 1, cell
            assert most >= SMALL - 1, cell
            hidden += 1
        standing = counted.rows[counted.rows["goal"].isna()].set_index("area")
        for place, row in slides.rows.items():
            households, *counts = standing.loc[place, ["households", "reached", "unreached"]]
            for what, count in zip(("reached", "unreached"), counts, strict=True):
                if 1 <= count < SMALL:
                    assert row is None
                    least, most = puzzle.least_and_most((place, what))
                    # Either it may as well be many, or nothing is told of all its few households.
                    assert most >= SMALL or (least == 0 and most >= households), (place, what)
                    hidden += 1
    assert hidden > 5 * len(SEEDS)


def test_minutes_tell_everybody_what_slides_do_and_no_more(attacked):
    for ward, _, _, files in attacked:
        ids = ward.neighbourhoods.set_index("name")["neighbourhood_id"].to_dict()
        slides = Slides(files["pptx"], ids)

        told, assigned = counts_of_minutes(files["docx"])

        assert told == {name: counts for name, (counts, _) in slides.rows_by_name.items()}
        assert assigned == slides.assigned


def small_ones(content):
    """The zones `(place, number)` and the places of a plan that have one to four households."""
    zones = content.zones.sort_values("neighbourhood_id", kind="stable")
    number = zones.groupby("neighbourhood_id").cumcount() + 1
    for place, at, count in zip(
        zones["neighbourhood_id"], number, zones["households"], strict=True
    ):
        if 1 <= count < SMALL:
            yield place, at
    sizes = zones.groupby("neighbourhood_id")["households"].sum()
    yield from sizes.index[sizes.between(1, SMALL - 1)]
