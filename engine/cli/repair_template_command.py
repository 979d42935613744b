"""`modelday repair-template`: the smallest edit of the model days that removes most regret."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from engine.cli.console import ERR, OUT, AsJson, Exit, count_of, print_json, refusing_bad_input
from engine.cli.inputs import date_of, read_question
from engine.cli.tables import number
from engine.files import template_toml
from engine.files.atomic import write_text
from engine.practice import Horizon
from engine.practice.template import Template, template_of
from engine.template.edits import Edit, EditKind, apply_edit, sentence_of

if TYPE_CHECKING:
    from engine.template.repair_result import Repair


def repair_template(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    first_date: Annotated[str, typer.Option("--from", help="First date, YYYY-MM-DD.")],
    days: Annotated[int, typer.Option("--days", min=1, max=14, help="Calendar days.")] = 7,
    edits: Annotated[int, typer.Option("--edits", min=1, max=10, help="At most so many.")] = 3,
    share: Annotated[
        float, typer.Option("--share", min=0.0, max=1.0, help="Of the regret that is enough.")
    ] = 0.8,
    tries: Annotated[
        int, typer.Option("--tries", min=1, max=50, help="Candidates filled for each edit.")
    ] = 6,
    kinds: Annotated[
        list[EditKind] | None,
        typer.Option("--kind", help="Only edits of this kind; can be given several times."),
    ] = None,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, help="Seconds of each fill.")
    ] = 20.0,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    reproducible: Annotated[
        bool, typer.Option("--reproducible", help="Same seed, same edits; slower.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="TOML file for the edited model days.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the smallest edit of the model days that removes most of their regret."""
    with refusing_bad_input(as_json):
        horizon = Horizon(start=date_of(first_date, "--from"), days=days)
        problem = read_question(practice, horizon).problem
        original = template_of(problem.practice)
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.filling.fill import FillSettings
        from engine.template.repair import repair_template
        from engine.template.repair_result import NoScheduleError, RepairSettings

        settings = FillSettings(
            time_limit=time_limit, workers=workers, seed=seed, reproducible=reproducible
        )
        allowed = tuple(kinds or EditKind)
        wanted = RepairSettings(share=share, edits=edits, tries=tries, kinds=allowed)
        try:
            found = repair_template(
                problem, horizon, settings, wanted, _say_nothing if as_json else _tell
            )
        except NoScheduleError:
            ERR.print("Stopped before there was a schedule; nothing was written.")
            raise typer.Exit(Exit.NOT_GOOD) from None
        if out is not None:
            write_text(out, template_toml(found.template))
    told = list(zip(_sentences(original, found.edits), found.edits, strict=True))
    if as_json:
        print_json(_document(found, told))
        return
    for place, (sentence, _) in enumerate(told, start=1):
        OUT.print(f"{place}. {sentence}", markup=False, highlight=False, soft_wrap=True)
    OUT.print(_table(found))
    OUT.print(_closing(found), highlight=False, soft_wrap=True)
    if out is not None:
        OUT.print(f"  {out}", markup=False, highlight=False, soft_wrap=True)


def _tell(what: str) -> None:
    """Says on standard error what a fill is for."""
    ERR.print(f"filling: {what}", highlight=False)


def _say_nothing(what: str) -> None:
    """Nothing on the way for machines."""


def _sentences(template: Template, edits: tuple[Edit, ...]) -> list[str]:
    """Each edit in words, about the template as the earlier ones left it."""
    sentences = []
    for edit in edits:
        sentences.append(sentence_of(template, edit))
        template = apply_edit(template, edit)
    return sentences


def _document(found: "Repair", told: list[tuple[str, Edit]]) -> dict[str, object]:
    return {
        "edits": [
            {"sentence": sentence, **edit.model_dump(mode="json", exclude_none=True)}
            for sentence, edit in told
        ],
        "objective_before": found.before.objective,
        "objective_after": found.after.objective,
        "objective_free": found.free.objective,
        "regret_before": round(found.regret_before, 3),
        "regret_after": round(found.regret_after, 3),
        "removed": found.removed,
        "fills": found.fills,
    }


def _table(found: "Repair") -> Table:
    table = Table("", box=None, pad_edge=False, header_style="bold")
    for heading in ("objective (points)", "regret (points)"):
        table.add_column(heading, justify="right")
    free = found.free.objective or 0.0
    for name, objective in (
        ("model days as they are", found.before.objective or 0.0),
        ("with the edits", found.after.objective or 0.0),
        ("without model days", free),
    ):
        table.add_row(name, number(objective), number(max(0.0, objective - free)))
    return table


def _closing(found: "Repair") -> str:
    if found.removed is None:
        return "The model days cost nothing in these dates; there is nothing to mend."
    what = count_of(len(found.edits), "edit")
    return f"{what}: {found.removed:.0%} of the regret is gone, by {count_of(found.fills, 'fill')}."
