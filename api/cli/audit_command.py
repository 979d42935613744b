"""`modelday audit`: who did what with the runs of a practice, and who read them."""

import datetime as dt
from typing import Annotated

import typer

from api.cli.database_url import DEFAULT_DATABASE, DatabaseUrl
from api.cli.open_store import open_store


def audit(
    practice: Annotated[str, typer.Argument(help="Whose runs; `local` without keys.")],
    *,
    since: Annotated[
        dt.datetime | None, typer.Option("--since", help="From this moment on (UTC).")
    ] = None,
    run: Annotated[str | None, typer.Option("--run", help="Of this run alone.")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
) -> None:
    """List what was done, the oldest first: moment, id of the key, action, run."""
    from api.clock import moment
    from api.store.audit import entries

    first = 0 if since is None else round(since.replace(tzinfo=dt.UTC).timestamp() * 1000)
    with open_store(database) as kept, kept.reading() as connection:
        rows = entries(connection, practice, first, run)
    for row in rows:
        at = f"{moment(row['at']):%Y-%m-%d %H:%M:%S} UTC"
        typer.echo(f"{at}  {row['api_key']}  {row['action']}  {row['run'] or '-'}")
