"""The certificate of a schedule, beside the answer that it is part of."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Answers that are there have none."""
    op.add_column("answers", sa.Column("certificate", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("answers", "certificate")
