"""The relaxation in a process of its own: it can hang or crash without taking the search along.

Run as `python -m engine.solver.relaxing FOLDER`: reads `program.npz`, writes `relaxed.npz`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy import sparse

from engine.solver.arrays import ProgramArrays
from engine.solver.relaxation import Relaxed, relax

_PROGRAM, _RELAXED = "program.npz", "relaxed.npz"


class Relaxing:
    """A relaxation under way; `stop` ends it whatever it is doing."""

    def __init__(self, arrays: ProgramArrays, seconds: float) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="modelday-")
        path = Path(self._folder.name)
        _write(arrays, seconds, path / _PROGRAM)
        self._answer = path / _RELAXED
        self._process = subprocess.Popen(
            [sys.executable, "-m", "engine.solver.relaxing", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is for the search, which then stops this
        )

    def result(self, *, wait: bool = False) -> Relaxed | None:
        """The relaxation, or None while there is none (with `wait`: if it failed)."""
        if wait:
            self._process.wait()
        if self._process.poll() != 0 or not self._answer.exists():
            return None
        with np.load(self._answer) as answer:
            return Relaxed(float(answer["bound"]), answer["values"], answer["reduced_costs"])

    def stop(self) -> None:
        """End the process and remove its files."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._folder.cleanup()


def _write(arrays: ProgramArrays, seconds: float, path: Path) -> None:
    matrix = arrays.matrix
    np.savez(
        path,
        lower=arrays.lower,
        upper=arrays.upper,
        cost=arrays.cost,
        day=arrays.day,
        minute=arrays.minute,
        data=matrix.data,
        indices=matrix.indices,
        indptr=matrix.indptr,
        shape=np.array(matrix.shape),
        row_lower=arrays.row_lower,
        row_upper=arrays.row_upper,
        constant=np.array(arrays.constant),
        seconds=np.array(seconds),
    )


def _read(path: Path) -> tuple[ProgramArrays, float]:
    with np.load(path) as stored:
        shape = (int(stored["shape"][0]), int(stored["shape"][1]))
        entries = (stored["data"], stored["indices"], stored["indptr"])
        arrays = ProgramArrays(
            lower=stored["lower"],
            upper=stored["upper"],
            cost=stored["cost"],
            day=stored["day"],
            minute=stored["minute"],
            matrix=sparse.csr_matrix(entries, shape=shape),
            row_lower=stored["row_lower"],
            row_upper=stored["row_upper"],
            constant=int(stored["constant"]),
        )
        return arrays, float(stored["seconds"])


def main(folder: str) -> None:
    """Solve the relaxation that lies in the folder."""
    path = Path(folder)
    relaxed = relax(*_read(path / _PROGRAM))
    if relaxed is not None:
        part = path / "part.npz"
        np.savez(
            part,
            bound=np.array(relaxed.bound),
            values=relaxed.values,
            reduced_costs=relaxed.reduced_costs,
        )
        part.rename(path / _RELAXED)


if __name__ == "__main__":
    main(sys.argv[1])
