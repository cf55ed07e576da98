"""Who lives in the houses: heads, residents, phones, digital addresses, traits."""

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.samples.names import people
from data.samples.streets import StreetKind
from geo.terms import LocationSource, Trait

Floats = NDArray[np.float64]

# Shares of households with 1, 2, … residents: 3.4 on average.
RESIDENTS = (0.09, 0.20, 0.23, 0.27, 0.13, 0.055, 0.02, 0.005)
SHARES = {
    Trait.POOR: 0.028,
    Trait.NEAR_POOR: 0.035,
    Trait.ELDERLY: 0.21,
    Trait.DISABLED: 0.019,
    Trait.BUSINESS: 0.11,
}
SHARE_WOMAN, SHARE_WOMAN_ALONE = 0.29, 0.54
SHARE_PHONE, SHARE_CODE = 0.91, 0.87
# How much likelier a trait is on such a street.
BUSINESS_ON = {
    StreetKind.MAIN: 7.0,
    StreetKind.STREET: 2.4,
    StreetKind.ALLEY: 0.6,
    StreetKind.LANE: 0.7,
}
POOR_ON = {
    StreetKind.MAIN: 0.5,
    StreetKind.STREET: 0.7,
    StreetKind.ALLEY: 1.2,
    StreetKind.LANE: 1.6,
}
SMALL_HOUSEHOLD = 2
# No operator is known to have numbers that begin with 050: a call from this list reaches nobody.
PHONE, PHONES = "050", 10_000_000
CODE_LETTERS = np.array(list("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"))


def settle_people(
    houses: gpd.GeoDataFrame, kinds: NDArray[np.object_], rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the houses with a household in each; `kinds` is the kind of their streets."""
    count = len(houses)
    residents = rng.choice(np.arange(1, len(RESIDENTS) + 1), count, p=RESIDENTS)
    women = rng.random(count) < np.where(residents == 1, SHARE_WOMAN_ALONE, SHARE_WOMAN)
    codes = _codes(count, rng)
    return houses.assign(
        head=people(women, rng),
        phone=pd.Series(phones(count, rng), dtype=object).where(rng.random(count) < SHARE_PHONE),
        address_raw=codes,
        address_scheme=pd.Series("opaque", houses.index).where(codes.notna()),
        location_source=LocationSource.MEASURED.value,
        residents=residents.astype(float),
        traits=_traits(kinds, residents, rng),
    )


def phones(count: int, rng: np.random.Generator) -> list[str]:
    """Return different telephone numbers that nobody has."""
    return [f"{PHONE}{number:07d}" for number in rng.choice(PHONES, count, replace=False)]


def _codes(count: int, rng: np.random.Generator) -> pd.Series:
    """Return digital addresses that tell nothing, all different, for most houses."""
    letters = CODE_LETTERS[rng.integers(0, len(CODE_LETTERS), (count, 8))]
    codes = pd.Series([f"MAU-{''.join(row[:4])}-{''.join(row[4:])}" for row in letters.tolist()])
    return codes.where((rng.random(count) < SHARE_CODE) & ~codes.duplicated())


def _traits(
    kinds: NDArray[np.object_], residents: NDArray[np.int64], rng: np.random.Generator
) -> list[str | None]:
    """Return the traits of each household, comma-separated in their order."""
    on_business = np.array([BUSINESS_ON[StreetKind(kind)] for kind in kinds])
    on_poor = np.array([POOR_ON[StreetKind(kind)] for kind in kinds])
    flags: dict[Trait, NDArray[np.bool_]] = {}

    def some(trait: Trait, liking: Floats) -> NDArray[np.bool_]:
        flags[trait] = _some(SHARES[trait], liking, rng)
        return flags[trait]

    elderly = some(Trait.ELDERLY, np.where(residents <= SMALL_HOUSEHOLD, 1.7, 1.0))
    hardship = on_poor * np.where(elderly, 1.8, 1.0)
    poor = some(Trait.POOR, hardship)
    needy = poor | some(Trait.NEAR_POOR, np.where(poor, 0.0, hardship))
    some(Trait.DISABLED, np.where(needy, 3.0, 1.0))
    some(Trait.BUSINESS, on_business * np.where(needy, 0.2, 1.0))
    table = np.column_stack([flags[trait] for trait in Trait])
    return [
        ",".join(trait for trait, has in zip(Trait, row, strict=True) if has) or None
        for row in table.tolist()
    ]


def _some(share: float, liking: Floats, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return flags for exactly that share, the likelier oftener (Efraimidis and Spirakis 2006)."""
    waits = rng.exponential(size=len(liking)) / np.maximum(liking, 1e-9)
    chosen = np.zeros(len(liking), dtype=bool)
    chosen[np.argsort(waits, kind="stable")[: round(share * len(liking))]] = True
    return chosen
