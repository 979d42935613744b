"""What is kept of practice years: the results of `simulate`, its runs, and the code they are of.

`runs.json` holds every run with its figures, without its weeks, so that all tables can be made
again from the record alone, and the commit whose code has the digest that the runs name.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT
from engine.simulate.record import Record

RUNS = "runs.json"


@dataclass(frozen=True, slots=True)
class Years:
    """`document`: a year.json; `table`: the year.csv. `commit`: None where nobody has said it."""

    document: dict[str, Any]
    table: str
    runs: tuple[Record, ...]
    commit: str | None

    @property
    def codes(self) -> list[str]:
        """Digests of the code that made the runs."""
        return sorted({run.code for run in self.runs})


def read_years(folder: Path) -> Years:
    """What `simulate --out` wrote, or a record of it; only runs that the document is about.

    OSError, ValueError (pydantic's too) where files are missing or not what they should be.
    """
    document: dict[str, Any] = json.loads((folder / "year.json").read_text("utf-8"))
    table, commit = (folder / "year.csv").read_text("utf-8"), None
    if (folder / RUNS).exists():
        kept = json.loads((folder / RUNS).read_text("utf-8"))
        commit, found = kept["commit"], [Record.model_validate(run) for run in kept["runs"]]
    else:
        paths = sorted((folder / "runs").glob("*.json"))
        found = [Record.model_validate_json(path.read_text("utf-8")) for path in paths]
    by_run = {(run.policy, run.replication): run for run in found}
    numbers = range(1, document["replications"] + 1)
    wanted = [(policy, number) for policy in document["policies"] for number in numbers]
    return Years(document, table, tuple(by_run[key] for key in wanted if key in by_run), commit)


def write_years(years: Years, kept: Path) -> None:
    """The record: year.json, year.csv, and the runs without their weeks."""
    kept.mkdir(parents=True, exist_ok=True)
    _write_json(kept / "year.json", years.document)
    (kept / "year.csv").write_text(years.table, "utf-8")
    runs = [run.model_copy(update={"weeks": ()}).model_dump(mode="json") for run in years.runs]
    _write_json(kept / RUNS, {"commit": years.commit, "runs": runs})


def _write_json(path: Path, document: dict[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def commit_of(codes: Sequence[str], named: str, root: Path = ROOT) -> str:
    """The short hash of the commit `named`, if its code is what made the runs.

    ValueError where it is not: years of other code are not passed off as that commit's.
    """
    commit = _git(root, "rev-parse", "--short", named).decode().strip()
    code = _code_at(commit, root)
    if [code] != list(codes):
        made = " and ".join(codes)
        raise ValueError(f"commit {commit} has code {code}, the runs are of {made}: name theirs")
    return commit


def _code_at(commit: str, root: Path) -> str:
    """The digest that the engine of a commit gives itself here, with the libraries of today."""
    with tempfile.TemporaryDirectory() as folder:
        packed = BytesIO(_git(root, "archive", "--format=tar", commit, "engine"))
        with tarfile.open(fileobj=packed) as archive:
            archive.extractall(folder, filter="data")
        asks = "from engine.simulate.code_version import code_version; print(code_version())"
        command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {folder!r}); {asks}"]
        told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return told.stdout.strip()


def _git(root: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True).stdout
