"""What a made-up ward has beside its lists: figures of reports, and a table of where some address codes are."""

from datetime import timedelta

import pandas as pd

from data.samples.ward import MadeUpWard
from geo.terms import MADE_UP_WARD, Trait

CODES = 20
CODE_PRECISION_M = 3
COUNTED, TOLD = "Báo cáo của phường (số liệu mẫu)", "Tổ dân phố báo cáo (số liệu mẫu)"
HOUSEHOLDS, RESIDENTS = "Số hộ", "Số nhân khẩu"


def make_figures(ward: MadeUpWard) -> pd.DataFrame:
    """Return figures as a report has them: of every neighbourhood and of the ward, one source against another.

    The ward's digital addresses have no whole beside them, so that no share follows. Columns as `geo.tables.Figures`
    gives them, without ids.
    """
    homes = ward.households
    places = dict(
        zip(ward.neighbourhoods["neighbourhood_id"], ward.neighbourhoods["name"], strict=True)
    )
    counted = homes.groupby("neighbourhood_id")["residents"].agg(["size", "sum"])
    rows: list[tuple[str, str, int, int | None, str]] = [
        (places[code], indicator, value, None, COUNTED)
        for code, size, people in counted.itertuples()
        for indicator, value in ((HOUSEHOLDS, size), (RESIDENTS, people))
    ]
    first = counted.index[0]
    rows.append((places[first], HOUSEHOLDS, counted.loc[first, "size"] + 3, None, TOLD))
    poor = homes["traits"].fillna("").str.split(",").map(lambda has: Trait.POOR in has)
    coded = homes["address_raw"].notna()
    name = ward.wards["name"].iloc[0]
    rows += [
        (name, HOUSEHOLDS, len(homes), None, COUNTED),
        (name, "Số tổ công nghệ số cộng đồng", len(ward.teams), None, COUNTED),
        (name, "Số thành viên", int(ward.members["active_to"].isna().sum()), None, COUNTED),
        (name, "Hộ có mã địa chỉ số", int(coded.sum()), None, COUNTED),
        (name, "Hộ nghèo có mã địa chỉ số", int((poor & coded).sum()), int(poor.sum()), COUNTED),
    ]
    columns = ["area_given", "indicator", "value", "of", "source"]
    told = pd.DataFrame(rows, columns=columns).astype({"value": float, "of": float})
    return told.assign(as_of=_month_end(ward), ward_code=MADE_UP_WARD)


def _month_end(ward: MadeUpWard) -> str:
    """The last day of the month before the last visit."""
    last = ward.visits["visited_at"].max()
    return str((last.replace(day=1) - timedelta(days=1)).date())


def make_addresses(ward: MadeUpWard) -> pd.DataFrame:
    """Return `code`, `lat`, `lon`, `precision_m` of some households' codes, spread over the list, where they are."""
    coded = ward.households[ward.households["address_raw"].notna()]
    chosen = coded.iloc[:: max(1, len(coded) // CODES)].head(CODES)
    return pd.DataFrame(
        {
            "code": chosen["address_raw"],
            "lat": chosen.geometry.y,
            "lon": chosen.geometry.x,
            "precision_m": float(CODE_PRECISION_M),
            "ward_code": MADE_UP_WARD,
        }
    )
