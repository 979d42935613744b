"""Kinds placed anew: cheaper days only, the other kinds where they were, the same for one seed."""

import math

import numpy as np
from offices import MONDAY, fixture_goals, places, small_office

from engine.model_day.design.by_hand import HandDay, take, values_of
from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values
from engine.model_day.design.design_day import day_model
from engine.model_day.design.neighbourhoods import FIRST_KINDS, Neighbourhoods
from engine.model_day.design.priced_rows import PricedRows
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.type_facts import facts_of
from engine.solver.arrays import to_arrays


def two_chairs() -> DayModel:
    """Four retainer checks and three separator visits in two hours: one block each, 20 points."""
    problem = small_office(chairs=2)
    wanted = places(problem, RETCN=4, SEP=3)
    return day_model(facts_of(problem, MONDAY), fixture_goals(), wanted, DesignRules())


def morning() -> DayModel:
    """Eight kinds in three chairs from eight to one: more than are placed anew at once."""
    problem = small_office(chairs=3, last="13:00", doctor=True)
    counts = {"ADJS": 4, "ADJR": 3, "RETC": 3, "OBS": 3, "REP": 2, "RETCN": 3, "SEP": 2, "SCAN": 2}
    wanted = places(problem, **counts)
    return day_model(facts_of(problem, MONDAY), fixture_goals(), wanted, DesignRules())


def scattered(model: DayModel) -> Values:
    """Every place a block of its own."""
    day = HandDay(model, dict(model.wanted))
    for block, column in model.blocks:
        if block.count == 1 and day.left[block.slot]:
            any(take(day, block, column, chair) for chair in block.places[0][0].chairs)
    values = values_of(day, PricedRows(model))
    assert values is not None
    return values


def searched(model: DayModel, work: float, seed: int = 0) -> tuple[Values, list[Values]]:
    heard: list[Values] = []
    search = Neighbourhoods(model, seed, scattered(model), heard.append)
    search.run(bound=0.0, gap=0.0, ends=math.inf, work=work)
    return search.best, heard


def blocks_in(model: DayModel, values: Values) -> int:
    return sum(int(values[column]) for _, column in model.blocks)


def test_scattered_places_become_one_block_of_each_kind() -> None:
    model = two_chairs()
    assert blocks_in(model, scattered(model)) == 7
    best, heard = searched(model, work=5.0)
    assert blocks_in(model, best) == 2
    assert model.program.objective_of(best) == 20
    assert heard[-1] is best


def test_every_day_keeps_the_rows_and_is_cheaper_than_the_one_before() -> None:
    model = morning()
    arrays, before = to_arrays(model.program), scattered(model)
    best, heard = searched(model, work=3.0)
    assert heard
    for values in heard:
        assert not arrays.violates(values)
        assert model.program.objective_of(values) < model.program.objective_of(before)
        before = values
    assert best is before


def test_the_same_seed_gives_the_same_days() -> None:
    model = morning()
    one, other = (searched(model, work=1.0, seed=3)[1] for _ in range(2))
    assert one
    assert np.array_equal(one, other)


def test_kinds_that_are_not_chosen_keep_their_blocks() -> None:
    """One step of five kinds: three of the eight are as they were."""
    model = morning()
    before = scattered(model)
    after = searched(model, work=3.0)[1][0]
    changed = {block.slot for block, column in model.blocks if before[column] != after[column]}
    assert 0 < len(changed) <= FIRST_KINDS < len(model.wanted)


def test_without_work_or_close_enough_nothing_is_searched() -> None:
    model = two_chairs()
    start = scattered(model)
    for bound, work in ((0.0, 0.0), (70.0, 5.0)):
        search = Neighbourhoods(model, 0, start)
        search.run(bound=bound, gap=0.0, ends=math.inf, work=work)
        assert search.best is start
        assert search.work == 0
