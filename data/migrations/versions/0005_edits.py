"""What people change by hand: edits among the imports, each with its reason; what has ended, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("imports", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("imports", sa.Column("why", sa.Text(), nullable=True))
    op.add_column("households", sa.Column("gone_on", sa.Text(), nullable=True))
    op.add_column("teams", sa.Column("active_to", sa.Text(), nullable=True))
    op.add_column("goals", sa.Column("active_to", sa.Text(), nullable=True))
