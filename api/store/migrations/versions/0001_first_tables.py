"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_claim_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
    )
    op.create_table(
        "audit",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("api_key", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("run", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    op.create_index("ix_audit_practice_at", "audit", ["practice", "at"], unique=False)
    op.create_table(
        "runs",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("api_key", sa.String(length=40), nullable=False),
        sa.Column("operation", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("failure", sa.String(length=32), nullable=True),
        sa.Column("parent", sa.String(length=40), nullable=True),
        sa.Column("external", sa.Text(), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("seconds_allowed", sa.Float(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("claim", sa.String(length=40), nullable=True),
        sa.Column("beat_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("stop_asked", sa.Boolean(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Float(), nullable=True),
        sa.Column("floor", sa.Float(), nullable=True),
        sa.Column("bound", sa.Float(), nullable=True),
        sa.Column("gap", sa.Float(), nullable=True),
        sa.Column("purged_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["api_key"], ["api_keys.id"], name="fk_runs_api_key"),
        sa.PrimaryKeyConstraint("number", name="pk_runs"),
        sa.UniqueConstraint("id", name="uq_runs_id"),
    )
    op.create_index("ix_runs_practice_number", "runs", ["practice", "number"], unique=False)
    op.create_index("ix_runs_status_key", "runs", ["status", "api_key"], unique=False)
    op.create_table(
        "answers",
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_answers_run"),
        sa.PrimaryKeyConstraint("run", name="pk_answers"),
    )
    op.create_table(
        "events",
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_events_run"),
        sa.PrimaryKeyConstraint("run", "number", name="pk_events"),
    )
    op.create_table(
        "idempotency",
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("request_key", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_idempotency_run"),
        sa.PrimaryKeyConstraint("practice", "request_key", name="pk_idempotency"),
    )
    op.create_table(
        "incumbents",
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_incumbents_run"),
        sa.PrimaryKeyConstraint("run", name="pk_incumbents"),
    )
    op.create_table(
        "inputs",
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_inputs_run"),
        sa.PrimaryKeyConstraint("run", name="pk_inputs"),
    )
    op.create_table(
        "run_tags",
        sa.Column("run", sa.String(length=40), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_run_tags_run"),
        sa.PrimaryKeyConstraint("run", "tag", name="pk_run_tags"),
    )
    op.create_index("ix_run_tags_tag", "run_tags", ["tag"], unique=False)


def downgrade() -> None:
    """Remove them with everything in them."""
    op.drop_index("ix_run_tags_tag", table_name="run_tags")
    op.drop_table("run_tags")
    op.drop_table("inputs")
    op.drop_table("incumbents")
    op.drop_table("idempotency")
    op.drop_table("events")
    op.drop_table("answers")
    op.drop_index("ix_runs_status_key", table_name="runs")
    op.drop_index("ix_runs_practice_number", table_name="runs")
    op.drop_table("runs")
    op.drop_index("ix_audit_practice_at", table_name="audit")
    op.drop_table("audit")
    op.drop_table("api_keys")
