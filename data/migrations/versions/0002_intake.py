"""What wards' files bring: figures, looked-up addresses, boundary findings, successions, remembered headings."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0002"
down_revision = "0001"

GEOMETRY = sa.LargeBinary().with_variant(
    Geometry("GEOMETRY", srid=4326, spatial_index=False), "postgresql"
)


def upgrade() -> None:
    op.add_column("households", sa.Column("coordinates_given", sa.Text(), nullable=True))
    op.add_column("households", sa.Column("address_given", sa.Text(), nullable=True))
    op.add_column("households", sa.Column("known_as", sa.Text(), nullable=True))
    op.add_column("imports", sa.Column("digest", sa.Text(), nullable=True))
    op.add_column("neighbourhoods", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("neighbourhoods", sa.Column("drawn", sa.Text(), nullable=True))
    op.add_column("assignments", sa.Column("member_given", sa.Text(), nullable=True))
    op.add_column("problems", sa.Column("sheet", sa.Text(), nullable=True))
    op.create_table(
        "addresses",
        sa.Column("address_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("precision_m", sa.Float(), nullable=True),
        sa.Column("geometry", GEOMETRY, nullable=True),
        sa.PrimaryKeyConstraint("address_id"),
    )
    op.create_index(op.f("ix_addresses_ward_code"), "addresses", ["ward_code"], unique=False)
    op.create_table(
        "figures",
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("ward_given", sa.Text(), nullable=True),
        sa.Column("neighbourhood_id", sa.Text(), nullable=True),
        sa.Column("area_given", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("of", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("figure_id"),
    )
    op.create_index(op.f("ix_figures_ward_code"), "figures", ["ward_code"], unique=False)
    op.create_table(
        "findings",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=True),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("neighbourhoods", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("width_m", sa.Float(), nullable=True),
        sa.Column("moved_m", sa.Float(), nullable=True),
        sa.Column("before", GEOMETRY, nullable=True),
        sa.Column("after", GEOMETRY, nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.import_id"]),
        sa.PrimaryKeyConstraint("finding_id"),
    )
    op.create_index(op.f("ix_findings_import_id"), "findings", ["import_id"], unique=False)
    op.create_index(op.f("ix_findings_ward_code"), "findings", ["ward_code"], unique=False)
    op.create_table(
        "successions",
        sa.Column("succession_id", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=True),
        sa.Column("old_id", sa.Text(), nullable=True),
        sa.Column("new_id", sa.Text(), nullable=True),
        sa.Column("carry", sa.Text(), nullable=True),
        sa.Column("share", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("succession_id"),
    )
    op.create_index(op.f("ix_successions_ward_code"), "successions", ["ward_code"], unique=False)
    op.create_table(
        "mappings",
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("shape"),
    )
