"""Where the service keeps its runs, as it is told on the command line."""

from importlib.util import find_spec
from typing import Annotated

import typer


def _with_driver(url: str) -> str:
    """PostgreSQL's driver is an extra that not everybody installs: said before anything starts."""
    if url.startswith("postgresql") and find_spec("psycopg") is None:
        raise typer.BadParameter(
            "PostgreSQL needs its driver: .venv/bin/pip install -e '.[postgres]'"
        )
    return url


DEFAULT_DATABASE = "sqlite:///modelday.db"

DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="MODELDAY_DATABASE",
        callback=_with_driver,
        help="SQLAlchemy URL: SQLite file or PostgreSQL (postgresql+psycopg://…).",
    ),
]
"""One option of several commands."""
