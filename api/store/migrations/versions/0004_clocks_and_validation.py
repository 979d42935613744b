"""When holds end, seconds that a run was searched for, and what is wrong with its input."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_LONGEST_HOLD_MS = 24 * 3600 * 1000


def upgrade() -> None:
    """Holds that are there end when the longest would: how long they were to last is not known."""
    op.add_column(
        "holds", sa.Column("ends_at", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.execute(f"UPDATE holds SET ends_at = created_at + {_LONGEST_HOLD_MS}")
    op.add_column(
        "runs", sa.Column("seconds_spent", sa.Float(), nullable=False, server_default="0")
    )
    op.add_column("inputs", sa.Column("validation", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Remove them."""
    op.drop_column("inputs", "validation")
    op.drop_column("runs", "seconds_spent")
    op.drop_column("holds", "ends_at")
