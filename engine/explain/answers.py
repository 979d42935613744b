"""What an explanation holds: facts and sentences, ids only."""

import datetime as dt

from engine.practice.base import ClockTime, Frozen


class Refusal(Frozen):
    """A rule that refuses one start: its id, its name in `engine.rules`, and who or what binds."""

    rule: str
    name: str
    sentence: str


class Moment(Frozen):
    """One start of a visit. `refusals` empty: the start is free while all else stands.

    `points_more`: what the objective (of a better start: the visit's own costs) would change by if
    the visit came then; negative: it would be better.
    """

    date: dt.date
    start: ClockTime
    refusals: tuple[Refusal, ...]
    points_more: float | None
    sentence: str


class Spell(Frozen):
    """Starts in a row on a date, from the first to the last of them."""

    date: dt.date
    first: ClockTime
    last: ClockTime


class Hindrance(Frozen):
    """A rule and how often it refuses: `starts` in all, `alone` where no other rule refuses.

    Counted over the starts at which the patient could come; `where`: the longest spells.
    """

    rule: str
    name: str
    starts: int
    alone: int
    where: tuple[Spell, ...]


class Unlock(Frozen):
    """A change that was tried: with it, so many more visits have a time, checked by every rule.

    `places` of `asked`; `visits` are those placed, `sentence` says the change and what it does.
    `moved`: bookings that get another time for it, each a call. `minutes`: staff or chair minutes.
    """

    change: str
    sentence: str
    places: int
    asked: int
    visits: tuple[str, ...]
    times: tuple[dt.datetime, ...]
    date: dt.date | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    minutes: int = 0
    moved: tuple[str, ...] = ()


class Explanation(Frozen):
    """One visit. `placed`: its time, None where it has none.

    Of the starts of these dates: `offered` at which the practice gives so long a visit, `suiting`
    at which the patient can come as well, `free` that are still to be had. `nearest`: the start
    that fewest rules refuse; of a placed visit, a start that would be better for the patient.
    `asked`: the start that was asked about, `asked_unlocks`: what would give it, of `asked_tried`
    changes that were tried. `offers`: two times to read out on the phone.
    """

    visit: str
    procedure: str
    minutes: int
    placed: dt.datetime | None
    offered: int
    suiting: int
    free: int
    hindrances: tuple[Hindrance, ...]
    nearest: Moment | None
    asked: Moment | None
    unlocks: tuple[Unlock, ...]
    offers: tuple[dt.datetime, ...]
    sentence: str
    asked_unlocks: tuple[Unlock, ...] = ()
    asked_tried: int = 0


class WhyReport(Frozen):
    """Explanations of visits, and the changes that would help several at once."""

    start: dt.date
    days: int
    explanations: tuple[Explanation, ...]
    unlocks: tuple[Unlock, ...] = ()
