"""A process that does solver work for the search: `python -m engine.solver.child`.

Reads pickled jobs from its input, writes pickled answers to its output, one each, and what a job
tells on its way. Whatever a solver does here (crash, hang, run out of memory) costs one job; the
search ends the process and starts another. Pickles go between the search and its own children
only, never to or from files.
"""

import os
import pickle
import signal
import sys
from typing import BinaryIO

from engine.solver.job import Job, OnTheWay


def main(read: BinaryIO, write: BinaryIO) -> None:
    """Do jobs until the input ends."""
    while True:
        try:
            job: Job = pickle.load(read)
        except EOFError:
            return
        _send(write, job.run(lambda told: _send(write, OnTheWay(told))))


def _send(write: BinaryIO, message: object) -> None:
    pickle.dump(message, write, protocol=pickle.HIGHEST_PROTOCOL)
    write.flush()


if __name__ == "__main__":
    import engine.solver.jobs  # noqa: F401  (the solver is loaded before the first job comes)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the search, which ends this
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a solver prints is no answer
    main(sys.stdin.buffer, answers)
