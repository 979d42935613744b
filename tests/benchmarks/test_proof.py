"""Certificates beside the answers: written, read again, verified; wrong claims refused."""

from pathlib import Path

import pytest

from benchmarks.proof import prove
from engine.certificate.certificate_json import read_certificate
from engine.certificate.verify import certificate_for
from engine.filling.by_hand import fill_by_hand
from engine.generate import Generated, generate


@pytest.fixture(scope="module")
def made() -> Generated:
    return generate("one-doctor", 8, seed=1)


def test_an_answer_gets_a_file_and_what_it_proves(made: Generated, tmp_path: Path) -> None:
    schedule = fill_by_hand(made.problem, made.horizon)
    papers = certificate_for(made.problem, schedule, ())
    path = tmp_path / "certificate.json"
    proved = papers.bound_millipoints / 1000
    proof = prove(made.problem, schedule, papers, proved, path)
    assert (proof.accepted, proof.bound, proof.refused) == (True, proved, ())
    assert read_certificate(path) == papers
    # Without prices the bound is the floor: all that is avoidable is unproved, or nothing is.
    assert proof.gap in (0.0, 1.0)
    assert proof.own
    without = prove(made.problem, schedule, None)
    assert (without.bound, without.own) == (proof.bound, False)


def test_wrong_claims_are_refused(made: Generated) -> None:
    schedule = fill_by_hand(made.problem, made.horizon)
    papers = certificate_for(made.problem, schedule, ())
    raised = papers.model_copy(update={"bound_millipoints": papers.bound_millipoints + 1})
    proof = prove(made.problem, schedule, raised)
    assert (proof.accepted, proof.bound, proof.gap) == (False, None, None)
    assert "prove a bound" in proof.refused[0]
    boast = prove(made.problem, schedule, papers, papers.bound_millipoints / 1000 + 0.001)
    assert boast.accepted is False
    assert "The method claims" in boast.refused[0]
