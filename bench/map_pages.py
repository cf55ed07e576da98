"""The pages that `bench.map` opens: the same households on our map and on st_folium, one script each.

Made-up households in a square of 4 by 4 km, with 1 member for 50 and five goals. The peer's scripts come from the
same folder as ours, since without internet it would show nothing at all; it gets no tiles, no popups, no layers but
its CircleMarkers, which are Leaflet's own.
"""

from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import box

from layers.coverage import coverage_layers
from layers.layer import Layer

WEST, SOUTH, SIDE = 107.50, 16.40, 0.036
STATUSES = ("reached", "due_again", "unreached")
SHARES = (0.7, 0.05, 0.25)
GOALS = 5
PER_MEMBER, PER_PLACE = 50, 350
TRAITS = ("", "poor", "elderly", "poor,elderly", "business")

OURS = """
import streamlit as st
from bench.map_pages import made_up_layers
from views.live_map import live_map

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"runs {st.session_state['runs']}")
live_map(made_up_layers(int(st.query_params["n"])), key="map", height=440)
"""

PEER = """
import folium
import streamlit as st
from streamlit_folium import st_folium
from bench.map_pages import COLORS, made_up_homes

vendored = "/app/static/vendor/leaflet/leaflet"
folium.Map.default_js = [("leaflet", vendored + ".js")]
folium.Map.default_css = [("leaflet_css", vendored + ".css")]
homes = made_up_homes(int(st.query_params["n"]))
drawn = folium.Map(location=[16.418, 107.518], zoom_start=14, tiles=None)
for x, y, status in zip(homes.geometry.x, homes.geometry.y, homes["status"]):
    folium.CircleMarker([y, x], radius=3, color=COLORS[status], fill=True).add_to(drawn)
st_folium(drawn, width=700, height=440, returned_objects=[])
"""

EMPTY = """
import streamlit as st
from bench.map_pages import made_up_homes

made_up_homes(int(st.query_params["n"]))
st.text("nothing")
"""

COLORS = {"reached": "#0072B2", "due_again": "#CC79A7", "unreached": "#D55E00"}


@cache
def made_up_homes(count: int) -> gpd.GeoDataFrame:
    """Return so many households with everything they can be filtered by."""
    rng = np.random.default_rng(count)
    members = max(count // PER_MEMBER, 1)
    x, y = rng.uniform(0, SIDE, (2, count))
    member = rng.integers(0, members, count)
    status = rng.choice(STATUSES, count, p=SHARES)
    return gpd.GeoDataFrame(
        {
            "household_id": [f"H{n:06d}" for n in range(count)],
            "status": status,
            "cause": pd.Series("absent", index=range(count)).where(status == "unreached"),
            "head": [f"Nguyễn Thị Mẫu {n}" for n in range(count)],
            "address": [f"{n % 300}/{n % 7} đường Thử {n % 40}" for n in range(count)],
            "member_id": [f"M{n:04d}" for n in member],
            "member_name": [f"Lê Văn Thử {n}" for n in member],
            "neighbourhood_id": [f"N{n * PER_MEMBER // PER_PLACE:03d}" for n in member],
            "traits": rng.choice(TRAITS, count),
        },
        geometry=gpd.points_from_xy(WEST + x, SOUTH + y),
        crs="EPSG:4326",
    )


def made_up_layers(count: int) -> list[Layer]:
    """Return their drawing, as the page of coverage makes it."""
    homes = made_up_homes(count)
    rng = np.random.default_rng(count + 1)
    goals = [f"g{n}" for n in range(GOALS)]
    standing = rng.choice(STATUSES, (count, GOALS), p=SHARES)
    by_goal = pd.DataFrame(standing, index=homes.index, columns=goals)
    ground = gpd.GeoDataFrame(
        {"neighbourhood_id": ["N000"], "name": ["Tổ 1"]},
        geometry=[box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE)],
        crs="EPSG:4326",
    )
    names = {goal: f"Chỉ tiêu {goal}" for goal in goals}
    return coverage_layers(homes, ground, by_goal=by_goal, goal_names=names)
