"""The households of a plan's members in walking order."""

import geopandas as gpd
import pandas as pd

from data.store import Store
from planning.whole_way import STOPS, whole_way
from steps.walking_networks import walking_network


def walking_orders(
    store: Store, households: gpd.GeoDataFrame, members: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Return all households of each member, one member after the other: member_id and what `whole_way` returns.

    `households` are those of a plan (`member_id`, `ward_code`); who has no member is left out. A zone that reaches into
    two wards is walked in the ward that holds most of it.
    """
    parts = []
    for member, own in households.dropna(subset="member_id").groupby("member_id", sort=True):
        ward = own["ward_code"].mode()
        home = members[members["member_id"] == member].iloc[:1]
        order = whole_way(own, home, walking_network(store, str(ward.iloc[0])))
        parts.append(order.assign(member_id=member))
    columns = ["member_id", *STOPS]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
