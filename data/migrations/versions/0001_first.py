"""The first schema."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0001"
down_revision = None

GEOMETRY = sa.LargeBinary().with_variant(
    Geometry("GEOMETRY", srid=4326, spatial_index=False), "postgresql"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.create_table(
        "audit",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("audit_id"),
    )
    op.create_table(
        "barriers",
        sa.Column("barrier_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.PrimaryKeyConstraint("barrier_id"),
    )
    op.create_index(op.f("ix_barriers_ward_code"), "barriers", ["ward_code"], unique=False)
    op.create_table(
        "goals",
        sa.Column("goal_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("concerns", sa.Text(), nullable=True),
        sa.Column("valid_days", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("goal_id"),
    )
    op.create_index(op.f("ix_goals_ward_code"), "goals", ["ward_code"], unique=False)
    op.create_table(
        "households",
        sa.Column("household_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("neighbourhood_id", sa.Text(), nullable=True),
        sa.Column("neighbourhood_given", sa.Text(), nullable=True),
        sa.Column("head", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("house_number", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("alley", sa.Text(), nullable=True),
        sa.Column("address_raw", sa.Text(), nullable=True),
        sa.Column("address_scheme", sa.Text(), nullable=True),
        sa.Column("precision_m", sa.Float(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("location_source", sa.Text(), nullable=True),
        sa.Column("residents", sa.Float(), nullable=True),
        sa.Column("traits", sa.Text(), nullable=True),
        sa.Column("vanished_at", sa.Text(), nullable=True),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.PrimaryKeyConstraint("household_id"),
    )
    op.create_index(
        op.f("ix_households_neighbourhood_id"), "households", ["neighbourhood_id"], unique=False
    )
    op.create_index(op.f("ix_households_ward_code"), "households", ["ward_code"], unique=False)
    op.create_table(
        "imports",
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=True),
        sa.Column("read", sa.Integer(), nullable=True),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("unchanged", sa.Integer(), nullable=True),
        sa.Column("set_aside", sa.Integer(), nullable=True),
        sa.Column("rejects", sa.Text(), nullable=True),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("import_id"),
    )
    op.create_index(op.f("ix_imports_ward_code"), "imports", ["ward_code"], unique=False)
    op.create_table(
        "members",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("team_given", sa.Text(), nullable=True),
        sa.Column("neighbourhood_id", sa.Text(), nullable=True),
        sa.Column("neighbourhood_given", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("minutes_per_week", sa.Float(), nullable=True),
        sa.Column("max_load_min", sa.Float(), nullable=True),
        sa.Column("skills", sa.Text(), nullable=True),
        sa.Column("walks_at_most_m", sa.Float(), nullable=True),
        sa.Column("active_from", sa.Text(), nullable=True),
        sa.Column("active_to", sa.Text(), nullable=True),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_index(op.f("ix_members_ward_code"), "members", ["ward_code"], unique=False)
    op.create_table(
        "neighbourhoods",
        sa.Column("neighbourhood_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.PrimaryKeyConstraint("neighbourhood_id"),
    )
    op.create_index(
        op.f("ix_neighbourhoods_ward_code"), "neighbourhoods", ["ward_code"], unique=False
    )
    op.create_table(
        "plans",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    op.create_index(op.f("ix_plans_ward_code"), "plans", ["ward_code"], unique=False)
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "streets",
        sa.Column("street_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.PrimaryKeyConstraint("street_id"),
    )
    op.create_index(op.f("ix_streets_ward_code"), "streets", ["ward_code"], unique=False)
    op.create_table(
        "teams",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("neighbourhood_id", sa.Text(), nullable=True),
        sa.Column("neighbourhood_given", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("founded_on", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("trained_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id"),
    )
    op.create_index(op.f("ix_teams_ward_code"), "teams", ["ward_code"], unique=False)
    op.create_table(
        "visits",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("household_id", sa.Text(), nullable=True),
        sa.Column("household_given", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("member_given", sa.Text(), nullable=True),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("goal_given", sa.Text(), nullable=True),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_index(op.f("ix_visits_household_id"), "visits", ["household_id"], unique=False)
    op.create_index(op.f("ix_visits_ward_code"), "visits", ["ward_code"], unique=False)
    op.create_table(
        "wards",
        sa.Column("ward_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("province_code", sa.Text(), nullable=True),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.PrimaryKeyConstraint("ward_code"),
    )
    op.create_table(
        "assignments",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("neighbourhood_id", sa.Text(), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("walk_m", sa.Float(), nullable=True),
        sa.Column("load_min", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.plan_id"],
        ),
        sa.PrimaryKeyConstraint("plan_id", "household_id"),
    )
    op.create_index(op.f("ix_assignments_ward_code"), "assignments", ["ward_code"], unique=False)
    op.create_table(
        "changes",
        sa.Column("import_id", sa.Text(), nullable=True),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["imports.import_id"],
        ),
    )
    op.create_index("changes_row", "changes", ["table_name", "key"], unique=False)
    op.create_index(op.f("ix_changes_import_id"), "changes", ["import_id"], unique=False)
    op.create_table(
        "plan_areas",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("neighbourhood_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.plan_id"],
        ),
        sa.PrimaryKeyConstraint("plan_id", "neighbourhood_id"),
    )
    op.create_index(op.f("ix_plan_areas_ward_code"), "plan_areas", ["ward_code"], unique=False)
    op.create_table(
        "problems",
        sa.Column("import_id", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("check", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["imports.import_id"],
        ),
    )
    op.create_index(op.f("ix_problems_import_id"), "problems", ["import_id"], unique=False)
    op.create_table(
        "zones",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("neighbourhood_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.plan_id"],
        ),
        sa.PrimaryKeyConstraint("plan_id", "neighbourhood_id", "member_id"),
    )
    op.create_index(op.f("ix_zones_ward_code"), "zones", ["ward_code"], unique=False)
    op.execute("INSERT INTO state (id, version) VALUES (1, 0)")
