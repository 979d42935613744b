"""Rule `quotas`: a day takes at most so many visits of a class."""

from engine.solver.model import Model


def add(model: Model) -> None:
    """Per date and class: new starts + kept bookings <= quota.

    Where the book alone already exceeds the quota, nothing new is added.
    """
    for day, facts in enumerate(model.days):
        for procedure_class, at_most in facts.quotas.items():
            new = [
                start.column
                for (_, number), starts in model.starts.items()
                if number == day
                for start in starts
                if start.kind.procedure.procedure_class == procedure_class
            ]
            kept = [
                model.keep_column[visit_id]
                for visit_id, booking in model.kept.items()
                if model.day_number[booking.date] == day
                and model.problem.procedures[booking.visit.procedure].procedure_class
                == procedure_class
            ]
            frozen = all(model.program.lower[column] == 1 for column in kept)
            if len(kept) > at_most or (len(kept) == at_most and frozen):
                model.program.row("quotas", new, upper=0)
                if not frozen:
                    model.mark_strict()
            else:
                model.program.row("quotas", new + kept, upper=at_most)
