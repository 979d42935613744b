"""The engine inside a practice year: two small weeks, limited by solver work."""

from engine.checker import check
from engine.generate import generate
from engine.practice import Horizon, Problem
from engine.simulate.policies import POLICIES, Chosen, Policy
from engine.simulate.settings import EngineSettings, PatientSettings, YearSettings
from engine.simulate.year import run_year

SETTINGS = YearSettings(
    weeks=2,
    warm_up_weeks=0,
    patients=PatientSettings(new_a_week=1.0),
    engine=EngineSettings(seconds=0.5, workers=1, reproducible=True),
)


class Checked:
    """A policy whose every schedule is held against the rules."""

    foresees = False

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.asked: list[tuple[int, int]] = []

    def choose(self, problem: Problem, horizon: Horizon, seed: int) -> Chosen:
        chosen = self.policy.choose(problem, horizon, seed)
        assert check(problem, chosen.schedule).violations == ()
        new = [p for p in chosen.schedule.placements if p.visit not in problem.booking_of]
        self.asked.append((len(problem.visits), len(new)))
        return chosen


def test_two_weeks_under_the_engine():
    problem = generate("one-doctor", visits=14, seed=3, booked_share=0.5).problem
    policy = Checked(POLICIES["engine"](SETTINGS.engine))
    log = run_year(problem, policy, SETTINGS, 1)
    assert [(state.asked, state.placed) for state in log.weeks] == policy.asked
    assert sum(placed for _, placed in policy.asked) > 0
    assert [state.set_aside for state in log.weeks] == [0, 0]
    assert [state.fell_back for state in log.weeks] == [False, False]
    assert [sum(state.by_stage.values()) for state in log.weeks] == [s.arrived for s in log.weeks]
    by = {entry.by for entry in log.attended}
    assert "fill" in by
