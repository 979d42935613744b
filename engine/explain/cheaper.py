"""Where a placed visit had better be, for its own sake, and what keeps it from there."""

import datetime as dt

from engine.explain.answers import Moment
from engine.explain.binding import OF_THE_PATIENT, OF_THE_PRACTICE, Sifted, moment_of
from engine.filling.visit_price import VisitPrice
from engine.units import to_minutes
from engine.weights import MILLIPOINTS


def cheaper(sifted: Sifted, placed: dt.datetime) -> Moment | None:
    """The start of least personal cost that suits practice and patient, if it costs less than now.

    The first of equals; a free one before one that is refused. None: there is no better time, or
    the visit is not in these dates.
    """
    horizon = sifted.occupancy.horizon
    if placed.date() not in horizon:
        return None
    price = VisitPrice(sifted.occupancy.problem, horizon)
    hour = to_minutes(placed.time()) // 60 * 60
    least: tuple[int, bool, dt.date, int] | None = None
    now: int | None = None
    for day, table in sifted.by_date.items():
        costs = price.at(sifted.visit, day, table.starts)
        taken, suits = table.anywhere(), table.without(OF_THE_PRACTICE | OF_THE_PATIENT)
        rows = zip(table.starts, costs, taken, suits, strict=True)
        for start, cost, refused, suiting in rows:
            if day == placed.date() and int(start) // 60 * 60 == hour:
                now = int(cost)
            if suiting:
                rank = (int(cost), bool(refused), day, int(start))
                least = rank if least is None else min(least, rank)
    if least is None or now is None or least[0] >= now:
        return None
    moment = moment_of(sifted, least[2], least[3])
    points = (now - least[0]) / MILLIPOINTS
    said = f"Better for the patient by {points:,.3f} points would be {moment.sentence}"
    return moment.model_copy(update={"points_more": round(-points, 3), "sentence": said})
