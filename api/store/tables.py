"""The tables. Times are milliseconds since 1970 (UTC); documents are compressed JSON."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite numbers rows by itself only in a column of exactly this type.
_ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")

KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("practice", String(64), nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("scopes", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("last_claim_at", BigInteger, nullable=False, default=0),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("number", _ROW_NUMBER, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("practice", String(64), nullable=False),
    Column("api_key", String(40), ForeignKey("api_keys.id"), nullable=False),
    Column("operation", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("failure", String(32)),
    Column("parent", String(40)),
    Column("external", Text, nullable=False),
    Column("start", String(10), nullable=False),
    Column("days", Integer, nullable=False),
    Column("seconds_allowed", Float, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("claim", String(40)),
    Column("beat_at", BigInteger),
    Column("attempts", Integer, nullable=False, default=0),
    Column("stop_asked", Boolean, nullable=False, default=False),
    Column("last_event", Integer, nullable=False, default=0),
    Column("objective", Float),
    Column("floor", Float),
    Column("bound", Float),
    Column("gap", Float),
    Column("purged_at", BigInteger),
    Column("book_version", Integer, nullable=False, server_default="0"),
    Column("seconds_spent", Float, nullable=False, server_default="0"),
    Index("ix_runs_practice_number", "practice", "number"),
    Index("ix_runs_status_key", "status", "api_key"),
)

TAGS = Table(
    "run_tags",
    METADATA,
    Column("run", String(40), ForeignKey("runs.id"), primary_key=True),
    Column("tag", String(40), primary_key=True),
    Index("ix_run_tags_tag", "tag"),
)

INPUTS = Table(
    "inputs",
    METADATA,
    Column("run", String(40), ForeignKey("runs.id"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("validation", LargeBinary),
)

INCUMBENTS = Table(
    "incumbents",
    METADATA,
    Column("run", String(40), ForeignKey("runs.id"), primary_key=True),
    Column("seconds", Float, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("run", String(40), ForeignKey("runs.id"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("certificate", LargeBinary),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("run", String(40), ForeignKey("runs.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)

HOLDS = Table(
    "holds",
    METADATA,
    Column("number", _ROW_NUMBER, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("run", String(40), ForeignKey("runs.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False, server_default="0"),
    Index("ix_holds_run", "run"),
)

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("practice", String(64), primary_key=True),
    Column("request_key", String(128), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("run", String(40), ForeignKey("runs.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", _ROW_NUMBER, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("practice", String(64), nullable=False),
    Column("api_key", String(40), nullable=False),
    Column("action", String(32), nullable=False),
    Column("run", String(40)),
    Index("ix_audit_practice_at", "practice", "at"),
)
