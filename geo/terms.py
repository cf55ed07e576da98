"""The vocabulary: every table, its columns and the words its cells may hold.

Stored geometry is EPSG:4326. Ids are strings. Times are UTC. Column suffixes name the unit: `_m` metres, `_min`
minutes, `share_` a share between 0 and 1. Columns ending in `_given` keep what a file said; the column of the same
name without the ending is what `geo.placing.settle` made of it with everything that is stored.
"""

from enum import StrEnum

STORED_CRS = "EPSG:4326"

# The reserved code of the made-up ward: real codes of Vietnam end below 33,000.
MADE_UP_WARD = "99999"

# What the code of a ward looks like: five digits, leading zeros kept.
WARD_CODE = r"\d{5}"


class Kind(StrEnum):
    """What a file holds, one name a table that files fill."""

    WARDS = "wards"
    NEIGHBOURHOODS = "neighbourhoods"
    STREETS = "streets"
    BARRIERS = "barriers"
    ADDRESSES = "addresses"
    HOUSEHOLDS = "households"
    TEAMS = "teams"
    MEMBERS = "members"
    GOALS = "goals"
    VISITS = "visits"
    FIGURES = "figures"
    ASSIGNMENTS = "assignments"


class WardKind(StrEnum):
    """phường, xã, đặc khu."""

    WARD = "ward"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special_zone"


class Outcome(StrEnum):
    """How a visit ended: gặp, vắng, từ chối, không tìm thấy."""

    MET = "met"
    ABSENT = "absent"
    REFUSED = "refused"
    NOT_FOUND = "not_found"


class Role(StrEnum):
    """What a member is in the team: tổ trưởng, tổ phó, tổ viên."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


class Trait(StrEnum):
    """What a household is, as far as it changes the work; stored comma-separated, in this order."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    BUSINESS = "business"


class Cause(StrEnum):
    """Why a household is unreached; each has the first that applies, in this order."""

    DUE_AGAIN = "due_again"
    NO_LOCATION = "no_location"
    NO_TEAM = "no_team"
    UNASSIGNED = "unassigned"
    REFUSED = "refused"
    NOT_FOUND = "not_found"
    ABSENT = "absent"
    NEVER_VISITED = "never_visited"


class Reason(StrEnum):
    """Why a plan left a household without a member."""

    NO_LOCATION = "no_location"
    NO_STREET = "no_street"
    NO_MEMBERS = "no_members"
    NO_CAPACITY = "no_capacity"
    UNREACHABLE = "unreachable"
    FORBIDDEN = "forbidden"
    NO_SKILL = "no_skill"
    OUTSIDE_HOME_AREA = "outside_home_area"
    TOO_FAR = "too_far"


class WishKind(StrEnum):
    """What planners wish of a plan, one kind a row of their file: khóa, tránh, cùng người, cần kỹ năng, khu riêng."""

    LOCK = "lock"
    FORBID = "forbid"
    TOGETHER = "together"
    SKILL = "skill"
    HOME_AREA = "home_area"


class PlanStatus(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    RETIRED = "retired"


class LocationSource(StrEnum):
    """Where a household's point comes from."""

    MEASURED = "measured"
    ADDRESS = "address"
    ESTIMATED = "estimated"


class Carry(StrEnum):
    """How an old neighbourhood is carried over into a new one."""

    CARRIED = "carried"
    DOUBTFUL = "carried_doubtful"  # most of it, but not nearly all
    SPLIT = "carried_split"  # no new one has most of it
    NOWHERE = "carried_nowhere"  # hardly any of it lies in a new one


class BoundarySource(StrEnum):
    """Where a neighbourhood's boundary comes from."""

    DRAWN = "drawn"
    ESTIMATED = "estimated"
