"""The load of a problem: minutes asked for over minutes there, by what they are minutes of."""

from dataclasses import dataclass

from engine.generate import Generated


@dataclass(frozen=True, slots=True)
class Shares:
    """Demand, the book included, over capacity: clinic chairs, assistants, doctors."""

    clinic: float
    assistant: float
    doctor: float

    @property
    def load(self) -> float:
        """The share of the scarcest of the three: this is what "95 % of capacity" means."""
        return max(self.clinic, self.assistant, self.doctor)


def shares_of(made: Generated) -> Shares:
    """Counted from the problem. Turnover takes chairs and assistants, too.

    Demand is that of the visits which may be given within the horizon.
    """
    demand, booked, capacity = made.summary.demand, made.summary.booked, made.summary.capacity
    return Shares(
        clinic=(demand.clinic + booked.clinic) / capacity.clinic,
        assistant=(demand.assistant + booked.assistant) / capacity.assistant,
        doctor=(demand.doctor + booked.doctor) / capacity.doctor,
    )
