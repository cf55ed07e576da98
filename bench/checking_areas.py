"""Are these service areas, and what do they cost? Answered from the instance and the assignment alone."""

from dataclasses import dataclass
from math import fsum

from bench.area_files import Instance

# Loads are sums of the numbers in the file; this much is noise.
NOISE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`feasible`: every unit once and within capacities; `contiguous`: areas in one piece that hold their facility."""

    feasible: bool
    contiguous: bool
    objective: float
    faults: list[str]


def verdict(instance: Instance, facility_of: dict[int, int]) -> Verdict:
    """Judge an assignment of units to facilities, both by their ids."""
    missing = [
        f"unit {unit} has no facility" for unit in instance.demand if unit not in facility_of
    ]
    missing += [f"there is no unit {one}" for one in facility_of if one not in instance.demand]
    wrong = set(facility_of.values()) - set(instance.capacity)
    missing += [f"{one} is no facility" for one in sorted(wrong)]
    known = {
        one: to for one, to in facility_of.items() if one in instance.demand and to not in wrong
    }
    over, apart = [], []
    for facility, capacity in instance.capacity.items():
        area = {unit for unit, to in known.items() if to == facility}
        load = fsum(instance.demand[unit] for unit in area)
        if load > capacity + NOISE:
            over.append(f"facility {facility} has {load:g} of {capacity:g}")
        far = area - _reached(instance, facility, area)
        if far or facility not in area:
            apart.append(
                f"facility {facility} is cut off from {len(far)} units or lies outside its area"
            )
    return Verdict(
        feasible=not missing and not over,
        contiguous=not apart,
        objective=fsum(instance.cost(unit, to) for unit, to in known.items()),
        faults=missing + over + apart,
    )


def _reached(instance: Instance, facility: int, area: set[int]) -> set[int]:
    """Return what of `area` can be walked to from the facility's unit without leaving it."""
    reached = {facility} & area
    ahead = list(reached)
    while ahead:
        found = (instance.touching[ahead.pop()] & area) - reached
        reached |= found
        ahead += found
    return reached
