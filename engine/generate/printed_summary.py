"""The figures of a sample as lines to print."""

from engine.generate.summary import Summary


def _of(part: int, whole: int) -> str:
    return (
        f"{part:>6} of {whole:>6} min ({100 * part / whole:3.0f} %)" if whole else f"{part:>6} min"
    )


def summary_lines(summary: Summary) -> tuple[str, ...]:
    """Visits, demand against capacity, classes, shares, model days: one fact a line."""
    s = summary
    days = ", ".join(f"{name} {count}" for name, count in s.cells_by_model_day.items())
    return (
        f"visits to place {s.visits}, of these {s.due_now} possible in the horizon",
        f"bookings {s.bookings}, of these {s.booked_in_horizon} in the horizon",
        "booked and asked for, against capacity (turnover included):",
        f"  clinic chairs {_of(s.booked.clinic + s.demand.clinic, s.capacity.clinic)}",
        f"  assistants    {_of(s.booked.assistant + s.demand.assistant, s.capacity.assistant)}",
        f"  doctors       {_of(s.booked.doctor + s.demand.doctor, s.capacity.doctor)}",
        "by class: visits, chair minutes asked for, minutes of its own cells",
        *(
            f"  {name:<12} {figures.visits:>5} {figures.chair_minutes:>7} {figures.cell_minutes:>7}"
            for name, figures in s.classes.items()
        ),
        f"with personal windows {s.window_share:.0%}, in households or same-patient pairs "
        f"{s.together_share:.0%}, with wishes {s.wish_share:.0%}",
        f"patients in treatment past their first completion date {s.past_ecd_share:.0%}",
        f"model days: {s.cells} cells ({days}), {s.cell_classes} classes, "
        f"{s.reserved_share:.0%} of clinic minutes reserved",
    )
