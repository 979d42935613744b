"""API keys: kept as hashes, each of one practice, with scopes."""

from collections.abc import Iterable
from hashlib import sha256
from hmac import compare_digest
from secrets import token_hex, token_urlsafe

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from api.store import audit
from api.store.callers import Caller, Scope
from api.store.insert_once import insert_once
from api.store.tables import KEYS

_PREFIX = "mdk"
LOCAL_KEY = "local"
"""Whose runs are those of a service without keys, on a loopback address."""


LOCAL_CALLER = Caller(LOCAL_KEY, LOCAL_KEY, frozenset(Scope))


def add(connection: Connection, practice: str, scopes: Iterable[Scope], now: int) -> str:
    """A new key for a practice; the text returned is shown once and kept nowhere."""
    key, secret = token_hex(6), token_urlsafe(32)
    audit.note_key(connection, practice, key, "key-add", now)
    connection.execute(
        insert(KEYS).values(
            id=key,
            practice=practice,
            secret_hash=_hash(secret),
            scopes=" ".join(sorted(scopes)),
            created_at=now,
        )
    )
    return f"{_PREFIX}_{key}_{secret}"


def add_local(connection: Connection, now: int) -> None:
    """The row that runs without a key belong to. Its hash is that of nothing: no key opens it."""
    row = {
        "id": LOCAL_KEY,
        "practice": LOCAL_KEY,
        "secret_hash": "",
        "scopes": "",
        "created_at": now,
    }
    insert_once(connection, KEYS, row)


def caller_of(connection: Connection, text: str, now: int) -> Caller | None:
    """Whose key this is; None where it is nobody's, revoked or run out.

    A secret has 256 random bits, so that one round of SHA-256 hides it.
    """
    prefix, _, rest = text.partition("_")
    key, _, secret = rest.partition("_")
    if prefix != _PREFIX or not secret:
        return None
    row = connection.execute(_VALID, {"key": key, "now": now}).mappings().first()
    if row is None or not compare_digest(row["secret_hash"], _hash(secret)):
        return None
    scopes = frozenset(Scope(word) for word in row["scopes"].split())
    return Caller(key, row["practice"], scopes, row["expires_at"])


def rotate(connection: Connection, key: str, now: int, expires_at: int) -> str | None:
    """A key in the place of another one, which still works until then. None: no such key."""
    asked = select(KEYS).where(KEYS.c.id == key, KEYS.c.id != LOCAL_KEY, *_valid(now))
    row = connection.execute(asked).mappings().first()
    if row is None:
        return None
    connection.execute(update(KEYS).where(KEYS.c.id == key).values(expires_at=expires_at))
    audit.note_key(connection, row["practice"], key, "key-rotate", now)
    return add(connection, row["practice"], map(Scope, row["scopes"].split()), now)


def revoke(connection: Connection, key: str, now: int) -> bool:
    """The key opens nothing from now on. False: no such key."""
    which = (KEYS.c.id == key, KEYS.c.id != LOCAL_KEY, *_valid(now))
    practice = connection.execute(select(KEYS.c.practice).where(*which)).scalar()
    if practice is None:
        return False
    connection.execute(update(KEYS).where(*which).values(revoked_at=now))
    audit.note_key(connection, practice, key, "key-revoke", now)
    return True


def everyone(connection: Connection) -> list[RowMapping]:
    """All keys, the oldest first; no row says a secret."""
    asked = select(KEYS).where(KEYS.c.id != LOCAL_KEY).order_by(KEYS.c.created_at)
    return list(connection.execute(asked).mappings())


def _valid(now: int | BindParameter[int]) -> tuple[ColumnElement[bool], ...]:
    return (KEYS.c.revoked_at.is_(None), or_(KEYS.c.expires_at.is_(None), KEYS.c.expires_at > now))


# Asked for many a request, and made once.
_VALID = select(KEYS).where(KEYS.c.id == bindparam("key"), *_valid(bindparam("now")))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
