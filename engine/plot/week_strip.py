"""The week on one strip: a small picture per day, chair minutes above, doctor load below."""

from dataclasses import dataclass

from engine.plot.week_load import DayLoad, HourLoad

WIDTH_PX, HEIGHT_PX = 300.0, 216.0
_LEFT_PX, _TOP_PX, _BARS_PX = 42.0, 8.0, 98.0
_LOAD_TOP_PX, _LOAD_PX = 140.0, 52.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a kind: booked, proposed, held, open, present, load or load over."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class HourPicture:
    """One clock hour: its bars, the height of the load limit, and the doctor's load in percent."""

    label: str
    middle: float
    bars: tuple[Bar, ...]
    limit: Bar | None
    percent: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DayPicture:
    """One day: title, counts and hours. `most`: chair minutes at the top of the scale."""

    load: DayLoad
    most: int
    zero: float
    hours: tuple[HourPicture, ...]


def week_strip(loads: tuple[DayLoad, ...]) -> tuple[DayPicture, ...]:
    """Pictures of the open days on one common scale, so that days can be compared."""
    bars = [bar for load in loads for bar in load.hours]
    most = max((bar.booked + bar.proposed + bar.held + bar.open for bar in bars), default=60)
    doctors = max((bar.doctor_present for bar in bars), default=60) or 60
    full = max(doctors, max((bar.doctor for bar in bars), default=0))
    longest = max((len(load.hours) for load in loads), default=1)
    return tuple(
        DayPicture(
            load,
            most,
            _TOP_PX + _BARS_PX,
            tuple(_hour(bar, at, longest, most, full) for at, bar in enumerate(load.hours)),
        )
        for load in loads
        if load.hours
    )


def _hour(bar: HourLoad, at: int, hours: int, most: int, full: int) -> HourPicture:
    step = (WIDTH_PX - _LEFT_PX) / hours
    x, width = round(_LEFT_PX + at * step + 2, 1), round(step - 4, 1)
    pieces: list[Bar] = []
    y = _TOP_PX + _BARS_PX
    for kind in ("booked", "proposed", "held", "open"):
        height = getattr(bar, kind) / most * _BARS_PX
        y -= height
        if height:
            pieces.append(Bar(kind, x, round(y, 1), width, round(height, 1)))
    floor = _LOAD_TOP_PX + _LOAD_PX
    limit = None
    percent = ""
    if bar.doctor_present or bar.doctor:
        high, load = (part / full * _LOAD_PX for part in (bar.doctor_present, bar.doctor))
        kind = "load over" if bar.doctor > bar.doctor_limit else "load"
        pieces.append(Bar("present", x, round(floor - high, 1), width, round(high, 1)))
        pieces.append(Bar(kind, x + 2, round(floor - load, 1), width - 4, round(load, 1)))
        y = round(floor - bar.doctor_limit / full * _LOAD_PX, 1)
        limit = Bar("limit", x - 1, y, width + 2, 0.0)
        percent = f"{bar.doctor / bar.doctor_present:.0%}"[:-1] if bar.doctor_present else "–"
    return HourPicture(
        str(bar.hour),
        round(x + width / 2, 1),
        tuple(pieces),
        limit,
        percent,
        f"{bar.hour:02d}:00 booked {bar.booked}, proposed {bar.proposed}, held {bar.held}, open "
        f"{bar.open} chair minutes; doctor asked for {bar.doctor} of {bar.doctor_present} minutes, "
        f"limit {bar.doctor_limit}",
    )
