from engine.filling.block_kin import Kin
from engine.practice import Follows


def with_kin(problem, *ids: str) -> set[str]:
    return Kin(problem).with_kin(ids, {visit.id for visit in problem.visits})


def test_what_a_visit_follows_comes_along_and_what_must_follow_it_soon(tiny):
    problem = tiny.problem(
        tiny.visit("A"),
        tiny.visit("B", follows=(Follows(visit="A"),)),
        tiny.visit("SOON", follows=(Follows(visit="B", max_days=5),)),
        tiny.visit("ANY", follows=(Follows(visit="B"),)),
        tiny.visit("OTHER"),
    )
    assert with_kin(problem, "B") == {"A", "B", "SOON"}
    assert with_kin(problem, "A") == {"A"}
    assert with_kin(problem, "ANY") == {"A", "B", "SOON", "ANY"}
    assert with_kin(problem, "OTHER") == {"OTHER"}


def test_a_household_comes_together_also_with_a_booking(tiny):
    problem = tiny.problem(
        tiny.visit("A", household="H"),
        tiny.visit("B", household="H"),
        tiny.visit("C", household="I"),
        tiny.booking("BOOKED", "09:00", household="I"),
    )
    assert with_kin(problem, "A") == {"A", "B"}
    assert with_kin(problem, "BOOKED") == {"C"}


def test_only_visits_that_are_left_come_along(tiny):
    problem = tiny.problem(tiny.visit("A", household="H"), tiny.visit("B", household="H"))
    assert Kin(problem).with_kin(["A"], {"A"}) == {"A"}
