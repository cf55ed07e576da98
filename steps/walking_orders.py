"""The households of a plan's members in walking order."""

from functools import cache

import geopandas as gpd
import pandas as pd

from data.store import Store
from planning.whole_way import STOPS, whole_way
from steps.progress import Progress, told
from steps.walking_networks import walking_network


def walking_orders(
    store: Store,
    households: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    *,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return all households of each member, one member after the other: member_id and what `whole_way` returns.

    `households` are those of a plan (`member_id`, `ward_code`); who has no member is left out. A zone that reaches into
    two wards is walked in the ward that holds most of it. `progress` is told each member's id.
    """
    network = cache(lambda ward: walking_network(store, ward))
    work = list(households.dropna(subset="member_id").groupby("member_id", sort=True))
    parts = []
    for member, own in told(work, progress, lambda one: str(one[0])):
        home = members[members["member_id"] == member].iloc[:1]
        order = whole_way(own, home, network(str(own["ward_code"].mode().iloc[0])))
        parts.append(order.assign(member_id=member))
    columns = ["member_id", *STOPS]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
