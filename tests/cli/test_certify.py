"""`modelday certify`: accepted is 0, refused 1, unreadable 2."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.certificate_json import read_certificate, write_certificate
from engine.certificate.verify import certificate_for
from engine.cli.main import app
from engine.files import read_problem, write_problem_json, write_schedule


@pytest.fixture
def papers(tiny, tmp_path: Path) -> Path:
    """A folder with problem.json, schedule.json and certificate.json."""
    write_problem_json(tiny.problem(tiny.visit("V1"), tiny.visit("V2")), tmp_path / "problem.json")
    problem = read_problem(tmp_path / "problem.json").problem
    placed = (tiny.place("V1", "08:00"), tiny.place("V2", "08:25"))
    schedule = tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)
    write_schedule(schedule, tmp_path / "schedule.json")
    line = PriceLine(of=Priced.DOCTOR, id="DR1", date=tiny.tuesday, steps=((485, 490, 10),))
    write_certificate(certificate_for(problem, schedule, (line,)), tmp_path / "certificate.json")
    return tmp_path


def certify(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(
        app,
        [
            *("certify", str(folder / "problem.json")),
            *("--schedule", str(folder / "schedule.json")),
            *("--certificate", str(folder / "certificate.json"), *more),
        ],
    )


def test_accepted(papers) -> None:
    result = certify(papers)
    assert result.exit_code == 0, result.output
    assert "Accepted." in result.stdout
    assert "points, proved by the prices" in result.stdout
    told = json.loads(certify(papers, "--json").stdout)
    assert told["ok"] is True
    assert told["bound_millipoints"] <= told["objective_millipoints"]


def test_refused(papers) -> None:
    path = papers / "certificate.json"
    certificate = read_certificate(path)
    raised = certificate.bound_millipoints + 1
    write_certificate(certificate.model_copy(update={"bound_millipoints": raised}), path)
    result = certify(papers)
    assert result.exit_code == 1
    assert f"not {raised}." in result.stdout
    assert "Refused: 1 claim not proved." in result.stdout


def test_unreadable(papers) -> None:
    (papers / "certificate.json").write_text("{}", "utf-8")
    assert certify(papers).exit_code == 2
