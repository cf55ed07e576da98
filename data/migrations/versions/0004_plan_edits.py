"""What planners change in a draft by hand, each change with what was before, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "plan_edits",
        sa.Column("edit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
        sa.PrimaryKeyConstraint("edit_id"),
    )
    op.create_index(op.f("ix_plan_edits_plan_id"), "plan_edits", ["plan_id"], unique=False)
