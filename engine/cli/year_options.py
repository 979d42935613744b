"""Options of practice years that several commands have."""

from typing import Annotated

import typer

WarmUp = Annotated[
    int | None, typer.Option("--warm-up", help="Weeks not counted; default 8 or a quarter.")
]

NewAWeek = Annotated[
    float | None,
    typer.Option("--new-a-week", help="Callers a week on average; default 12 for a doctor."),
]

Jobs = Annotated[int, typer.Option("--jobs", min=0, help="Years at a time; 0: as the cores allow.")]

Reproducible = Annotated[
    bool,
    typer.Option(
        "--reproducible",
        help="Seconds of a weekly fill count solver work: the same years on any machine, busy or "
        "not.",
    ),
]
