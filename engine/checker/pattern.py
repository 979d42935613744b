"""The visit is given as its procedure says: stages, lengths, doctor time, one chair a stage."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.checker.book import Book, Entry
from engine.checker.report import Finding, finding
from engine.practice.pattern import StageTime, pattern_of
from engine.schedule import PlacedSegment
from engine.units import clock_text, to_minutes

Fault = tuple[int, str, str, str]
"""Minute, sentence, found, allowed."""


def findings(book: Book) -> Iterator[Finding]:
    """Never inherited: even a kept booking's segments are laid out by the fill."""
    for placement in book.schedule.placements:
        visit = book.problem.all_visits.get(placement.visit)
        if visit is not None and visit.procedure not in book.problem.procedures:
            text = f"{placement.date}: {visit.id} has unknown procedure {visit.procedure}"
            yield Finding((visit.id,), placement.date, text, visit.procedure, "a known procedure")
    for entry in book.entries:
        for minute, text, found, allowed in _faults(book, entry):
            yield finding((entry,), minute, f"{entry.id} {text}", found, allowed, inherited=False)


def _faults(book: Book, entry: Entry) -> Iterator[Fault]:
    yield from _unknown_ids(book, entry)
    segments = entry.placement.segments
    try:
        stages = pattern_of(entry.procedure, entry.visit.minutes, book.practice.grid_minutes)
    except ValueError as error:
        yield entry.start, f"cannot have its length: {error}", str(entry.visit.minutes), "longer"
        return
    broken = tuple(_sequence(segments, len(stages)))
    yield from broken
    if not broken:
        for stage in stages:
            own = [segment for segment in segments if segment.stage == stage.index]
            yield from _stage(entry.start, stage, own)
    doctors = {segment.doctor for segment in segments if segment.doctor_time}
    if len(doctors) > 1:
        names = " and ".join(sorted(str(doctor) for doctor in doctors))
        yield entry.start, f"is given by more than one doctor: {names}", names, "one doctor"


def _unknown_ids(book: Book, entry: Entry) -> Iterator[Fault]:
    for what, known, named in (
        ("chair", book.problem.chairs, [segment.chair for segment in entry.placement.segments]),
        ("staff member", book.problem.staff, [s.staff for s in entry.placement.segments]),
        ("doctor", book.problem.staff, [segment.doctor for segment in entry.placement.segments]),
    ):
        for name in dict.fromkeys(named):
            if name is not None and name not in known:
                yield entry.start, f"names unknown {what} {name}", name, f"a known {what}"


def _sequence(segments: Sequence[PlacedSegment], stages: int) -> Iterator[Fault]:
    for segment in segments:
        start, end = to_minutes(segment.start), to_minutes(segment.end)
        if start >= end:
            yield start, "has a segment without length", _text(start, end), "at least 1 min"
        if segment.stage >= stages:
            yield start, f"has no stage {segment.stage}", str(segment.stage), f"0 to {stages - 1}"
    for before, after in pairwise(segments):
        left, right = to_minutes(before.end), to_minutes(after.start)
        if left != right:
            word = "pauses" if left < right else "has overlapping segments"
            found = f"{clock_text(left)} then {clock_text(right)}"
            yield left, f"{word} between {found}", found, "segments without a pause"
        if before.stage > after.stage:
            found = f"stage {before.stage} before stage {after.stage}"
            yield right, f"has {found}", found, "stages in order"
    if not {segment.stage for segment in segments}.issuperset(range(stages)):
        found = str(len({segment.stage for segment in segments}))
        start = to_minutes(segments[0].start)
        yield start, f"has {found} of {stages} stages", found, str(stages)


def _text(start: int, end: int) -> str:
    return f"{clock_text(start)}-{clock_text(end)}"


def _stage(start: int, stage: StageTime, own: Sequence[PlacedSegment]) -> Iterator[Fault]:
    name = f"stage {stage.index}"
    first, last = to_minutes(own[0].start), to_minutes(own[-1].end)
    wanted = (start + stage.start, start + stage.end)
    if (first, last) != wanted:
        found, allowed = _text(first, last), _text(*wanted)
        yield first, f"{name} lies {found} instead of {allowed}", found, allowed
    for what, names, needed in (
        ("chair", {segment.chair for segment in own}, stage.chair_kind),
        ("staff member", {segment.staff for segment in own}, stage.role),
    ):
        found = " and ".join(sorted(str(name) for name in names))
        if len(names) > 1:
            yield first, f"{name} changes its {what}: {found}", found, f"one {what}"
        elif needed is None and names != {None}:
            yield first, f"{name} needs no {what} but names {found}", found, f"no {what}"
    for segment in own:
        if segment.doctor is not None and not segment.doctor_time:
            minute = to_minutes(segment.start)
            text = f"{name} names doctor {segment.doctor} outside doctor time"
            yield minute, text, segment.doctor, "no doctor"
    yield from _doctor_time(start, stage, [segment for segment in own if segment.doctor_time])


def _doctor_time(start: int, stage: StageTime, own: Sequence[PlacedSegment]) -> Iterator[Fault]:
    if len(own) != len(stage.doctor):
        found, allowed = str(len(own)), str(len(stage.doctor))
        text = f"stage {stage.index} has {found} pieces of doctor time instead of {allowed}"
        yield start + stage.start, text, found, allowed
        return
    for segment, wanted in zip(own, stage.doctor, strict=True):
        begin, end = to_minutes(segment.start), to_minutes(segment.end)
        if end - begin != wanted.minutes:
            found, allowed = f"{end - begin} min", f"{wanted.minutes} min"
            yield begin, f"has {found} of doctor time instead of {allowed}", found, allowed
        earliest = start + wanted.offset
        latest = earliest + wanted.float_minutes
        if not earliest <= begin <= latest:
            found = clock_text(begin)
            allowed = f"{clock_text(earliest)} to {clock_text(latest)}"
            yield begin, f"has doctor time from {found}, allowed is {allowed}", found, allowed
