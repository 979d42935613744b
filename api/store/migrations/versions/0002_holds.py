"""Times that are held and committed in the book of a run."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table, and count the versions of each run's book."""
    op.add_column(
        "runs", sa.Column("book_version", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "holds",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_holds_run"),
        sa.PrimaryKeyConstraint("number", name="pk_holds"),
        sa.UniqueConstraint("id", name="uq_holds_id"),
    )
    op.create_index("ix_holds_run", "holds", ["run"], unique=False)


def downgrade() -> None:
    """Remove both."""
    op.drop_index("ix_holds_run", table_name="holds")
    op.drop_table("holds")
    op.drop_column("runs", "book_version")
