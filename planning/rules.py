"""What a plan must respect, as the planner sets it."""

from dataclasses import dataclass

from geo.errors import InputError
from planning.load import ORDINARY, LoadTable

# 4 km/h: people who know the way, with stops at corners.
METRES_PER_MINUTE = 4000 / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """The rules of one plan.

    `balance`: how far a member's load may be from the fair share (0.10 = ten percent either way); `reach_m`: how far
    a household may lie from the nearest street; `seed` and `steps`: where the search starts its choices and how many
    counted steps it may take for each household. The same input and rules give the same plan. `keep`: how many
    minutes of walking (at `METRES_PER_MINUTE`) it is worth that a household stays with its member. `load`: the
    minutes that a household takes.
    """

    balance: float = 0.10
    reach_m: float = 100.0
    seed: int = 0
    steps: int = 1200
    keep: float = 0.0
    load: LoadTable = ORDINARY

    def __post_init__(self) -> None:
        """Raise `InputError` for a rule no plan can have."""
        if not 0 <= self.balance < 1:
            raise InputError("plan_balance_out_of_range", balance=self.balance)
        if not self.reach_m >= 0:
            raise InputError("plan_reach_negative", reach_m=self.reach_m)
        if self.seed < 0:
            raise InputError("plan_seed_negative", seed=self.seed)
        if self.steps < 0:
            raise InputError("plan_steps_negative", steps=self.steps)
        if not self.keep >= 0:
            raise InputError("plan_keep_negative", keep=self.keep)

    @property
    def keep_m(self) -> float:
        """What a household that changes hands costs, in metres of walking."""
        return self.keep * METRES_PER_MINUTE
