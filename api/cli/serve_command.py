"""`modelday serve`: the service, on a loopback address unless it has keys."""

import gc
import logging
import os
from typing import Annotated

import typer

from api.cli.database_url import DEFAULT_DATABASE, DatabaseUrl
from api.cli.listening import listen

_LEAVE_SECONDS = 3
"""What open streams have to end when the service does."""
_MB = 1024 * 1024
_MOST_CONNECTIONS = 512
"""Beyond them 503 is answered at once: each may bring a body, and streams stay open."""
_NEW_OBJECTS = 20_000
"""A large question makes so many, none of them in a circle; the usual 700 look at each again and
again while it is read, for a quarter of the time."""


def serve(
    *,
    host: Annotated[str, typer.Option("--host", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 8000,
    database: DatabaseUrl = DEFAULT_DATABASE,
    processes: Annotated[
        int, typer.Option("--processes", min=0, max=64, help="Runs solved at once.")
    ] = 1,
    auth: Annotated[
        bool, typer.Option("--auth/--no-auth", help="API keys; off on loopback only.")
    ] = False,
    keep_days: Annotated[
        int, typer.Option("--keep-days", min=1, help="Days until inputs are removed.")
    ] = 30,
    queue: Annotated[
        int, typer.Option("--queue", min=1, help="Runs that may wait, of all keys.")
    ] = 200,
    key_queue: Annotated[
        int, typer.Option("--key-queue", min=1, help="Runs that may wait, of each key.")
    ] = 50,
    key_solving: Annotated[
        int, typer.Option("--key-solving", min=1, help="Runs under way, of each key.")
    ] = 4,
    body_mb: Annotated[
        int, typer.Option("--body-mb", min=1, max=1024, help="Largest body that is taken.")
    ] = 32,
    attempts: Annotated[
        int, typer.Option("--attempts", min=1, help="Workers that a run may lose.")
    ] = 5,
    most_hours: Annotated[
        float, typer.Option("--most-hours", min=0.1, help="Longest work that a run may ask for.")
    ] = 12.0,
) -> None:
    """Answer over HTTP until it is stopped; runs that are under way go on at the next start."""
    # Loading web framework and store takes a second, which the other commands need not wait for.
    import uvicorn

    from api.edge.local_only import is_loopback
    from api.main import create_app
    from api.settings import ServiceSettings

    if not auth and not is_loopback(host):
        typer.echo("Without --auth the service listens on a loopback address only.", err=True)
        raise typer.Exit(2)
    settings = ServiceSettings(
        database=database,
        auth=auth,
        # A page from elsewhere could otherwise reach this service under a name of its own.
        allowed_hosts=("localhost", "127.0.0.1", "[::1]", host) if not auth else ("*",),
        processes=processes,
        keep_days=keep_days,
        queue_limit=queue,
        key_queue_limit=key_queue,
        key_solving_limit=key_solving,
        max_body_bytes=body_mb * _MB,
        max_attempts=attempts,
        most_seconds=3600 * most_hours,
    )
    os.umask(0o077)  # what is kept is for this user alone
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for chatty in ("alembic", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        access_log=False,  # addresses hold ids; the service logs the routes
        server_header=False,
        timeout_graceful_shutdown=_LEAVE_SECONDS,
        limit_concurrency=_MOST_CONNECTIONS,
    )
    gc.set_threshold(_NEW_OBJECTS)
    with listen(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"Model Day answers at http://{shown}:{listening.getsockname()[1]}")
        uvicorn.Server(config).run(sockets=[listening])
