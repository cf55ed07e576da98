"""The tables of the store, the same on SQLite and PostgreSQL.

The columns that files fill are those promised in `geo.tables`; a test holds the two together. Every table that
belongs to a ward carries `ward_code`, which is index, permission boundary and partition at once.
"""

import sqlalchemy as sa
from geoalchemy2 import Geometry

from geo import tables as promised
from geo.settle import SUCCESSIONS
from geo.terms import Kind

METADATA = sa.MetaData()

# SQLite keeps well-known binary, PostGIS its own type; geopandas reads both.
GEOMETRY = sa.LargeBinary().with_variant(
    Geometry("GEOMETRY", srid=4326, spatial_index=False), "postgresql"
)

KEYS: dict[str, str] = {
    Kind.WARDS: "ward_code",
    Kind.NEIGHBOURHOODS: "neighbourhood_id",
    Kind.STREETS: "street_id",
    Kind.BARRIERS: "barrier_id",
    Kind.ADDRESSES: "address_id",
    Kind.HOUSEHOLDS: "household_id",
    Kind.TEAMS: "team_id",
    Kind.MEMBERS: "member_id",
    Kind.GOALS: "goal_id",
    Kind.VISITS: "visit_id",
    Kind.FIGURES: "figure_id",
    SUCCESSIONS: "succession_id",
}

PROMISES: dict[str, type[promised.Table]] = {
    Kind.WARDS: promised.Wards,
    Kind.NEIGHBOURHOODS: promised.Neighbourhoods,
    Kind.STREETS: promised.Streets,
    Kind.BARRIERS: promised.Barriers,
    Kind.ADDRESSES: promised.Addresses,
    Kind.HOUSEHOLDS: promised.Households,
    Kind.TEAMS: promised.Teams,
    Kind.MEMBERS: promised.Members,
    Kind.GOALS: promised.Goals,
    Kind.VISITS: promised.Visits,
    Kind.FIGURES: promised.Figures,
    SUCCESSIONS: promised.Successions,
}

LOCATED = (
    Kind.WARDS,
    Kind.NEIGHBOURHOODS,
    Kind.STREETS,
    Kind.BARRIERS,
    Kind.ADDRESSES,
    Kind.HOUSEHOLDS,
    Kind.MEMBERS,
)


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text) for name in names]


def _numbers(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Float) for name in names]


def _table(name: str, key: str, *columns: sa.Column) -> sa.Table:
    """A table with a text key, its ward and its columns, in this order."""
    keyed = [sa.Column(key, sa.Text, primary_key=True)]
    if key != "ward_code":
        keyed.append(sa.Column("ward_code", sa.Text, index=True))
    return sa.Table(name, METADATA, *keyed, *columns)


wards = _table(
    "wards",
    "ward_code",
    *_text("name", "kind", "province_code"),
    sa.Column("made", sa.Boolean, nullable=False, default=False),
    sa.Column("geometry", GEOMETRY),
)
neighbourhoods = _table(
    "neighbourhoods",
    "neighbourhood_id",
    *_text("ward_given", "name", "valid_from", "valid_to", "source", "drawn"),
    sa.Column("geometry", GEOMETRY),
)
streets = _table(
    "streets", "street_id", *_text("ward_given", "name", "kind"), sa.Column("geometry", GEOMETRY)
)
barriers = _table(
    "barriers", "barrier_id", *_text("ward_given", "name", "kind"), sa.Column("geometry", GEOMETRY)
)
addresses = _table(
    "addresses",
    "address_id",
    *_text("ward_given", "code"),
    *_numbers("precision_m"),
    sa.Column("geometry", GEOMETRY),
)
households = _table(
    "households",
    "household_id",
    *_text("ward_given"),
    sa.Column("neighbourhood_id", sa.Text, index=True),
    *_text("neighbourhood_given", "head", "phone", "house_number", "street", "alley"),
    *_text("address_given", "address_raw", "address_scheme"),
    *_numbers("precision_m", "confidence"),
    *_text("location_source"),
    *_numbers("residents"),
    *_text("traits", "vanished_at", "gone_on", "coordinates_given", "known_as"),
    sa.Column("geometry", GEOMETRY),
)
teams = _table(
    "teams",
    "team_id",
    *_text("ward_given", "neighbourhood_id", "neighbourhood_given", "name"),
    *_text("founded_on", "decision", "trained_on", "active_to"),
)
members = _table(
    "members",
    "member_id",
    *_text("ward_given", "team_id", "team_given", "neighbourhood_id", "neighbourhood_given"),
    *_text("name", "phone", "role"),
    *_numbers("minutes_per_week", "max_load_min"),
    *_text("skills"),
    *_numbers("walks_at_most_m"),
    *_text("active_from", "active_to"),
    sa.Column("geometry", GEOMETRY),
)
goals = _table(
    "goals", "goal_id", *_text("name", "concerns"), *_numbers("valid_days"), *_text("active_to")
)
visits = _table(
    "visits",
    "visit_id",
    sa.Column("household_id", sa.Text, index=True),
    *_text("household_given", "member_id", "member_given", "goal_id", "goal_given"),
    sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
    *_text("outcome", "note"),
)
figures = _table(
    "figures",
    "figure_id",
    *_text("ward_given", "neighbourhood_id", "area_given", "indicator", "as_of", "source"),
    *_numbers("value", "of"),
)
# Which old neighbourhood became part of which new one, and how surely (`geo.merging.Carry`).
successions = _table(
    SUCCESSIONS,
    "succession_id",
    *_text("old_id", "new_id", "carry"),
    *_numbers("share"),
)
plans = _table(
    "plans",
    "plan_id",
    *_text("name", "status"),
    sa.Column("rules", sa.JSON),
    sa.Column("seed", sa.Integer),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("approved_at", sa.DateTime(timezone=True)),
    sa.Column("import_id", sa.Text),
)
plan_areas = sa.Table(
    "plan_areas",
    METADATA,
    sa.Column("plan_id", sa.Text, sa.ForeignKey("plans.plan_id"), primary_key=True),
    sa.Column("neighbourhood_id", sa.Text, primary_key=True),
    sa.Column("ward_code", sa.Text, index=True),
    sa.Column("in_force", sa.Boolean, nullable=False, default=False),
    sa.Column("figures", sa.JSON),
)
assignments = sa.Table(
    "assignments",
    METADATA,
    sa.Column("plan_id", sa.Text, sa.ForeignKey("plans.plan_id"), primary_key=True),
    sa.Column("household_id", sa.Text, primary_key=True),
    sa.Column("ward_code", sa.Text, index=True),
    *_text("member_id", "neighbourhood_id"),
    sa.Column("locked", sa.Boolean, nullable=False, default=False),
    *_text("reason"),
    *_numbers("walk_m", "load_min"),
    *_text("member_given"),
)
zones = sa.Table(
    "zones",
    METADATA,
    sa.Column("plan_id", sa.Text, sa.ForeignKey("plans.plan_id"), primary_key=True),
    sa.Column("neighbourhood_id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, primary_key=True),
    sa.Column("ward_code", sa.Text, index=True),
    sa.Column("geometry", GEOMETRY),
)
imports = _table(
    "imports",
    "import_id",
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("imported_by", sa.Text),
    *(sa.Column(name, sa.Integer) for name in ("read", "added", "changed", "unchanged")),
    sa.Column("set_aside", sa.Integer),
    sa.Column("rejects", sa.Text),
    sa.Column("made_up", sa.Boolean, nullable=False, default=False),
    sa.Column("undone_at", sa.DateTime(timezone=True)),
    # `source` is "edit" for what a person changed by hand, empty for a file
    *_text("digest", "source", "why"),
)
problems = sa.Table(
    "problems",
    METADATA,
    sa.Column("import_id", sa.Text, sa.ForeignKey("imports.import_id"), index=True),
    sa.Column("row", sa.Integer),
    *(sa.Column(name, sa.Text) for name in ("column", "check", "value", "sheet")),
)
# What an import decided about boundaries, or asks: `geo.findings.Decision`, with the place before and after.
findings = sa.Table(
    "findings",
    METADATA,
    sa.Column("finding_id", sa.Integer, primary_key=True),
    sa.Column("import_id", sa.Text, sa.ForeignKey("imports.import_id"), index=True),
    sa.Column("ward_code", sa.Text, index=True),
    *_text("what", "neighbourhoods", "value"),
    *_numbers("area_m2", "width_m", "moved_m"),
    sa.Column("before", GEOMETRY),
    sa.Column("after", GEOMETRY),
)
# The headings a person matched, by the shape of the file (its folded headings), for the next file of that shape.
mappings = sa.Table(
    "mappings",
    METADATA,
    sa.Column("shape", sa.Text, primary_key=True),
    *_text("kind"),
    sa.Column("columns", sa.JSON),
    sa.Column("used_at", sa.DateTime(timezone=True)),
)
changes = sa.Table(
    "changes",
    METADATA,
    sa.Column("import_id", sa.Text, sa.ForeignKey("imports.import_id"), index=True),
    sa.Column("table_name", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("before", sa.Text),
    sa.Index("changes_row", "table_name", "key"),
)
audit = sa.Table(
    "audit",
    METADATA,
    sa.Column("audit_id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    *(sa.Column(name, sa.Text) for name in ("who", "action", "subject", "why")),
)
# What was changed by hand in a draft: a row for each household, with what was before (`planning.adjusting.CHANGES`).
plan_edits = sa.Table(
    "plan_edits",
    METADATA,
    sa.Column("edit_id", sa.Integer, primary_key=True),
    sa.Column("plan_id", sa.Text, sa.ForeignKey("plans.plan_id"), index=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    *_text("who", "what", "why"),
    sa.Column("changes", sa.JSON),
    sa.Column("undone", sa.Boolean, nullable=False, default=False),
)
# What planners decided for the whole store, each a document under its name.
settings = sa.Table(
    "settings",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)
# One row: the version that changes with every write, by which front doors know that a cached figure is old.
state = sa.Table(
    "state",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)
