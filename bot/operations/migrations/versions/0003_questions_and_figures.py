"""What was asked, grouped by likeness, and the figures of each hour."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("group_id", sa.Integer, nullable=False),
        sa.UniqueConstraint("wording", "day", "verdict"),
    )
    op.create_index("questions_by_group", "questions", ["group_id", "day", "verdict", "asked"])
    op.create_table(
        "question_groups",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "heard_wordings",
        sa.Column("wording", sa.Text, primary_key=True),
        sa.Column("visitor", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("period", sa.Integer, nullable=False),
    )
    op.create_table(
        "figures",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("article", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
