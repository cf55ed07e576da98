"""Is it a plan, and what does it cost? Answered from the instance and the assignment alone, apart from the planner."""

from dataclasses import dataclass
from math import fsum

from bench.median_files import Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`faults` says in words what is wrong, `objective` sums the distances of the points that have a median."""

    feasible: bool
    objective: float
    faults: list[str]


def verdict(instance: Instance, median_of: dict[int, int]) -> Verdict:
    """Judge an assignment of points to medians, both counted from 1.

    Every point has one median that is a point itself, there are p medians (fewer only where some serve nobody), and
    the demand of each one's points is within its capacity.
    """
    points = range(1, instance.points + 1)
    faults = [f"point {point} has no median" for point in points if point not in median_of]
    faults += [f"there is no point {one}" for one in median_of if one not in points]
    faults += [f"there is no median {one}" for one in set(median_of.values()) if one not in points]
    known = {one: to for one, to in median_of.items() if one in points and to in points}
    medians = sorted(set(known.values()))
    if len(medians) != instance.medians:
        faults.append(f"{len(medians)} medians instead of {instance.medians}")
    for median in medians:
        load = fsum(instance.demand[one - 1] for one, to in known.items() if to == median)
        if load > instance.capacity[median - 1]:
            faults.append(f"median {median} has {load:g} of {instance.capacity[median - 1]:g}")
    objective = fsum(instance.distance(one - 1, to - 1) for one, to in known.items())
    return Verdict(feasible=not faults, objective=objective, faults=faults)
