"""`modelday build`: from the goals of a practice to its model days."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.build_outputs import MOST_DESIGNS, OTHER_DESIGNS, write_build
from engine.cli.console import (
    OUT,
    AsJson,
    Exit,
    print_json,
    print_problems,
    refusing_bad_input,
    telling,
)
from engine.cli.goal_inputs import read_demand

if TYPE_CHECKING:
    from engine.model_day.design.build import BuildSettings


def build(
    goals: Annotated[Path, typer.Argument(help="goals.toml.")],
    *,
    practice: Annotated[
        Path | None, typer.Option("--practice", help="Practice folder; else that of the goals.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the practice with its new model days.")
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            min=0.1,
            help="Seconds for the design of each day type; each further design and each question "
            "about costs has half of it.",
        ),
    ] = 10.0,
    gap: Annotated[
        float, typer.Option("--gap", min=0.0, max=1.0, help="Stop once proven this close.")
    ] = 0.01,
    designs: Annotated[
        int,
        typer.Option("--designs", min=1, max=MOST_DESIGNS, help="So many different good designs."),
    ] = 1,
    costs: Annotated[
        bool, typer.Option("--costs/--no-costs", help="Also ask what goals and simplicity cost.")
    ] = True,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    as_json: AsJson = False,
) -> None:
    """Design the model days of a practice from its goals. Without --out: the derivation alone."""
    folder, tell = practice or goals.parent, telling(as_json)
    with refusing_bad_input(as_json):
        asked = read_demand(goals, folder, out)
        if not as_json:
            print_problems(asked.remarks, "Remarks on the input")
            for line in asked.derivation:
                _say(line)
        if out is None:
            if as_json:
                print_json(
                    {
                        "derivation": list(asked.derivation),
                        "a_day": {one.procedure.code: one.a_day for one in asked.demand.lines},
                    }
                )
            tell("Nothing was designed and nothing written: that takes --out FOLDER.")
            return
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.model_day.design.build import BuildSettings, build_model_days
        from engine.model_day.design.design_day import DesignSettings

        settings = BuildSettings(
            DesignSettings(seconds=time_limit, gap=gap, workers=workers, seed=seed),
            with_costs=costs,
            designs=designs,
        )
        tell(_most_time(settings))
        built = build_model_days(asked.problem, asked.demand, settings, tell)
        files = write_build(asked, built, folder, out)
    if as_json:
        print_json(
            {
                "derivation": list(asked.derivation),
                "build": built.model_dump(mode="json"),
                "files": [str(file) for file in files],
            }
        )
    else:
        for line in built.lines:
            _say(line)
        _say(f"Written: {out} (the practice with its new model days; fill it with `modelday fill`)")
        for file in files:
            if file.name in OTHER_DESIGNS:
                _say(f"  {file} (`modelday migrate {out} {file} --adopt FOLDER` takes it)")
    if built.stopped:
        raise typer.Exit(Exit.INTERRUPTED)
    raise typer.Exit(Exit.DONE if built.complete else Exit.NOT_GOOD)


def _most_time(settings: "BuildSettings") -> str:
    """What the limits add up to, said before they begin."""
    first, side = settings.design.seconds, settings.side.seconds
    others = f", {side:g} s for each further one" if settings.designs > 1 else ""
    asked = f", {side:g} s for each of up to four questions" if settings.with_costs else ""
    return f"For each day type at most {first:g} s for the design{others}{asked}."


def _say(line: str) -> None:
    OUT.print(line, markup=False, highlight=False, soft_wrap=True)
