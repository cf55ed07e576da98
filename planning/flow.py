"""Sharing load that could be divided, exactly: a transportation problem, its prices and its bound.

Whole households cannot do better, so the least walking of the divisible problem bounds every plan from below. The
bound is worked out from the prices (the dual), hence valid whatever the accuracy of the solver.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, identity, vstack

from planning.zones import Bools, Floats, Ints, summed

# Up to this many household-member pairs are handed to the solver at once.
PAIRS_AT_ONCE = 40_000
# Else households alike in their ways are shared by groups of this size first, and then by themselves with these many
# members each, cheapest at the groups' prices; prices ask for more.
GROUP = 12
FIRST_MEMBERS = 6
MORE_MEMBERS = 4
MOST_ROUNDS = 30
ALIKE_MEMBERS = 3
# How far below the best known a bound may stay before more pairs are added, as a share.
ACCURACY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The divisible sharing with least walking.

    `share` (n, k) is the part of each household that each member takes, `price_m` (k) what a minute of a member's is
    worth in metres; `bound_m` is below the walking of every plan within the windows.
    """

    share: Floats
    price_m: Floats
    bound_m: float


def flow(walk_m: Floats, load_min: Floats, low_min: Floats, high_min: Floats) -> Flow:
    """Return the divisible sharing with least walking.

    Parameters
    ----------
    walk_m
        (n, k): walking of each member to each household; infinite where the member may not have it.
    load_min
        (n): minutes of each household.
    low_min, high_min
        (k): windows of the members' loads. Where they cannot be met, the sharing misses them by as little as possible,
        and the bound is that of missing them so.
    """
    if walk_m.size <= PAIRS_AT_ONCE:
        return _solved(np.isfinite(walk_m), walk_m, load_min, low_min, high_min)[0]
    pairs = _promising(walk_m, load_min, low_min, high_min)
    for _ in range(MOST_ROUNDS):
        found, total = _solved(pairs, walk_m, load_min, low_min, high_min)
        if found.bound_m >= total - ACCURACY * max(total, 1.0):
            break
        reduced = walk_m - load_min[:, None] * found.price_m
        paid = np.where(pairs, reduced, np.inf).min(axis=1, keepdims=True)
        missing = np.where(pairs | (reduced >= paid), np.inf, reduced)
        pairs |= _cheapest(missing, MORE_MEMBERS) & np.isfinite(missing)
    return found


def _promising(walk_m: Floats, load_min: Floats, low_min: Floats, high_min: Floats) -> Bools:
    """Return pairs of household and member to begin with: those a sharing by groups uses, and the cheapest."""
    nearest = np.argsort(walk_m, axis=1, kind="stable")[:, :ALIKE_MEMBERS]
    alike = np.lexsort([walk_m.min(axis=1), *nearest.T[::-1]])
    group = np.zeros(len(walk_m), dtype=np.int64)
    group[alike] = np.arange(len(walk_m)) // GROUP
    walk = np.zeros((int(group.max()) + 1, walk_m.shape[1]))
    far = 2 * walk_m.max(where=np.isfinite(walk_m), initial=1.0)
    np.add.at(walk, group, np.where(np.isfinite(walk_m), walk_m, far))
    shared = flow(walk, summed(load_min, group, len(walk)), low_min, high_min)
    used: Bools = shared.share[group] > 0
    likely = used | _cheapest(walk_m - load_min[:, None] * shared.price_m, FIRST_MEMBERS)
    return likely & np.isfinite(walk_m)


def _cheapest(cost: Floats, members: int) -> Bools:
    chosen = np.zeros(cost.shape, dtype=bool)
    best = np.argsort(cost, axis=1, kind="stable")[:, :members]
    np.put_along_axis(chosen, best, values=True, axis=1)
    return chosen


def _solved(
    pairs: Bools, walk_m: Floats, load_min: Floats, low_min: Floats, high_min: Floats
) -> tuple[Flow, float]:
    """Solve over some pairs of household and member; return the flow and what it costs."""
    household, member = np.nonzero(pairs)
    count, members = len(household), walk_m.shape[1]
    column = np.arange(count)
    each = csr_matrix((np.ones(count), (household, column)), (len(walk_m), count))
    load = csr_matrix((load_min[household], (member, column)), (members, count))
    # a minute outside a window costs more than any detour could save
    farthest = walk_m.max(where=np.isfinite(walk_m), initial=1.0)
    fine = 4 * farthest / max(load_min[load_min > 0].min(initial=np.inf), 1.0)
    spare = identity(members, format="csr")
    none = csr_matrix((members, members))
    windows = vstack([hstack([load, -spare, none]), hstack([-load, none, -spare])])
    # the stubs know dense tables only
    found = linprog(  # type: ignore[call-overload]
        np.r_[walk_m[household, member], np.full(2 * members, fine)],
        A_ub=windows,
        b_ub=np.r_[high_min, -low_min],
        A_eq=hstack([each, csr_matrix((len(walk_m), 2 * members))]),
        b_eq=np.ones(len(walk_m)),
        # many members are equally near: the dual simplex took a sixth of the time of the usual choice
        method="highs-ds",
    )
    share = np.zeros(walk_m.shape)
    share[household, member] = found.x[:count]
    over, under = -found.ineqlin.marginals[:members], -found.ineqlin.marginals[members:]
    price = np.clip(under, 0, None) - np.clip(over, 0, None)
    return Flow(
        share=share, price_m=price, bound_m=_bound(price, walk_m, load_min, low_min, high_min)
    ), float(found.fun)


def _bound(
    price_m: Floats, walk_m: Floats, load_min: Floats, low_min: Floats, high_min: Floats
) -> float:
    """Return what no plan within the windows can undercut (Lagrange's bound at the given prices)."""
    households = (walk_m - load_min[:, None] * price_m).min(axis=1).sum()
    windows = np.where(price_m > 0, price_m * low_min, price_m * high_min).sum()
    return float(households + windows)


def largest_share(share: Floats) -> Ints:
    """Return the member with the largest part of each row, the first among equals."""
    owner: Ints = np.round(share, 6).argmax(axis=1)
    return owner
