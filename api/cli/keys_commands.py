"""`modelday keys`: API keys of the practices that use the service."""

from datetime import timedelta
from typing import Annotated

import typer

from api.cli.database_url import DEFAULT_DATABASE, DatabaseUrl
from api.cli.open_store import open_store

keys = typer.Typer(name="keys", help="API keys of the service.", no_args_is_help=True)

_Key = Annotated[str, typer.Argument(help="Id of the key: its second part.")]


@keys.command()
def add(
    practice: Annotated[str, typer.Argument(help="Whose runs the key opens.")],
    *,
    scopes: Annotated[
        str, typer.Option("--scopes", help="Of read, solve, commit; parted by commas.")
    ] = "read,solve,commit",
    database: DatabaseUrl = DEFAULT_DATABASE,
) -> None:
    """Make a key; it is printed once and kept as a hash only."""
    from api.clock import now_ms
    from api.store import keys as store
    from api.store.callers import Scope

    try:
        asked = [Scope(scope.strip()) for scope in scopes.split(",")]
    except ValueError:
        typer.echo("Scopes are read, solve, commit.", err=True)
        raise typer.Exit(2) from None
    if not practice or len(practice) > 64:
        typer.echo("The practice is a short code.", err=True)
        raise typer.Exit(2)
    with open_store(database) as kept, kept.writing() as connection:
        typer.echo(store.add(connection, practice, asked, now_ms()))


@keys.command()
def rotate(
    key: _Key,
    *,
    grace_hours: Annotated[
        float, typer.Option("--grace-hours", min=0, max=720, help="How long the old one works.")
    ] = 24.0,
    database: DatabaseUrl = DEFAULT_DATABASE,
) -> None:
    """Make a key in the place of another, which works on for a while."""
    from api.clock import now_ms
    from api.store import keys as store

    grace = round(timedelta(hours=grace_hours).total_seconds() * 1000)
    with open_store(database) as kept, kept.writing() as connection:
        made = store.rotate(connection, key, now_ms(), now_ms() + grace)
    if made is None:
        _unknown()
    typer.echo(made)


@keys.command()
def revoke(key: _Key, *, database: DatabaseUrl = DEFAULT_DATABASE) -> None:
    """From now on the key opens nothing."""
    from api.clock import now_ms
    from api.store import keys as store

    with open_store(database) as kept, kept.writing() as connection:
        done = store.revoke(connection, key, now_ms())
    if not done:
        _unknown()


@keys.command(name="list")
def list_keys(*, database: DatabaseUrl = DEFAULT_DATABASE) -> None:
    """All keys: id, practice, scopes, state. No secret is kept, so none is shown."""
    from api.clock import moment, now_ms
    from api.store import keys as store

    with open_store(database) as kept, kept.reading() as connection:
        rows = store.everyone(connection)
    for row in rows:
        state = "valid"
        if row["revoked_at"] is not None:
            state = "revoked"
        elif row["expires_at"] is not None:
            ended = row["expires_at"] <= now_ms()
            state = "ended" if ended else f"until {moment(row['expires_at']):%Y-%m-%d %H:%M} UTC"
        typer.echo(f"{row['id']}  {row['practice']}  {row['scopes']}  {state}")


def _unknown() -> None:
    typer.echo("There is no such key, or it is revoked.", err=True)
    raise typer.Exit(1)
