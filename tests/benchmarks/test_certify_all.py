"""Every answer of a folder through the command: accepted, refused, not kept, not its own."""

import json
from pathlib import Path

import pytest

from benchmarks import certify_all
from benchmarks.cases import CASES, Case
from benchmarks.records import NO_CERTIFICATE, Outcome, Record, Run, run_path, write
from benchmarks.report import report
from engine.certificate.certificate import Certificate
from engine.certificate.certificate_json import write_certificate
from engine.certificate.verify import certificate_for
from engine.files import write_schedule
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Seed 0: all in order. 1: a bound too high by one. 2: no certificate. 3: the harness's own.

    Seed 4 gave no answer, and another method owes no certificate.
    """
    case = Case("tiny", "Tiny", lambda seed: generate("one-doctor", 8, seed=seed), 5.0, 8)
    monkeypatch.setitem(CASES, "tiny", case)
    answers = tmp_path / "answers"
    for seed in range(4):
        made = case.make(seed)
        run = Run(case="tiny", method="engine", seed=seed)
        schedule = fill_by_hand(made.problem, made.horizon)
        papers: Certificate = certificate_for(made.problem, schedule, ())
        if seed == 1:
            raised = {"bound_millipoints": papers.bound_millipoints + 1}
            papers = papers.model_copy(update=raised)
        answers.mkdir(exist_ok=True)
        write_schedule(schedule, answers / run.file)
        if seed != 2:
            write_certificate(papers, answers / run.certificate_file)
        reason = NO_CERTIFICATE if seed == 3 else ""
        keep(tmp_path, run, reason=reason, certificate=None if seed == 2 else True)
    keep(tmp_path, Run(case="tiny", method="engine", seed=4), outcome=Outcome.KILLED)
    keep(tmp_path, Run(case="tiny", method="highs", seed=0))
    return answers


def keep(folder: Path, run: Run, **fields: object) -> None:
    known = {"outcome": Outcome.ANSWERED, "limit": 5.0, "objective": 1.0, **fields}
    write(run_path(folder, run), Record(run=run, **known))


def test_what_the_command_says_is_kept(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        certify_all.main([str(tmp_path), "--answers", str(answers)])
    assert ended.value.code == 1
    kept = certify_all.read_certified(tmp_path)
    assert kept is not None
    verdicts = {one.run.seed: (one.accepted, one.own) for one in kept.answers}
    assert verdicts == {0: (True, True), 1: (False, True), 2: (False, False), 3: (True, False)}
    failed = {one.run.seed: " ".join(one.failed) for one in kept.answers}
    assert "prove a bound of" in failed[1]
    assert failed[2] == "tiny__engine__seed-2__workers-2__certificate.json was not kept."
    said = (
        "`modelday certify` accepts 1 of 4 answers of the engine; "
        "2 have no certificate of their own."
    )
    told = capsys.readouterr().out.splitlines()
    assert (len(told), told[-1]) == (5, said)
    assert said in report(tmp_path, into_readme=False)
    assert (answers / "questions" / "tiny__seed-0.json").exists()


def test_an_answer_that_is_accepted_ends_well(answers: Path, tmp_path: Path) -> None:
    for file in (tmp_path / "runs").glob("tiny__engine__seed-[123]*"):
        file.unlink()
    with pytest.raises(SystemExit) as ended:
        certify_all.main([str(tmp_path), "--answers", str(answers)])
    assert ended.value.code == 0
    told = json.loads((tmp_path / certify_all.CERTIFIED).read_text("utf-8"))
    (one,) = told["answers"]
    assert one["accepted"] is True


def test_a_folder_without_answers_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no answer of the engine"):
        certify_all.main([str(tmp_path)])
