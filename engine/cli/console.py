"""What a person sees: results on stdout, progress and problems on stderr, and the exit codes."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.problems import PracticeProblem, PracticeProblemsError

_PIPE_COLUMNS = None if sys.stdout.isatty() else 120
"""Tables for a pipe or a log are not squeezed into 80 columns."""

OUT = Console(width=_PIPE_COLUMNS)
"""Results."""
ERR = Console(stderr=True)
"""Progress and problems: never mixed with what a machine reads on stdout."""
SHOWN_OF_A_CODE = 20
"""Problems of one code that are shown, each with its row."""


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    NOT_GOOD = 1
    """Violations, or no schedule."""
    INPUT = 2
    """The input has problems."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C; the best schedule so far is saved."""


AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
"""The option of a command that can answer a machine, by `print_json`."""


def print_json(document: Any) -> None:
    """One JSON document on stdout, nothing else."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))


def print_problems(problems: Sequence[PracticeProblem], heading: str) -> None:
    """Problems with their four parts, in the order of the input. Plain lines where piped.

    Of one code the first of many are shown and the others counted: a column in the wrong format
    faults thousands of rows. `--json` has them all.
    """
    if not problems:
        return
    ERR.print(f"[bold]{escape(heading)}[/bold]")
    shown, more = _first_of_each_code(problems)
    if ERR.is_terminal:
        table = Table("code", "where", "cause", "what to do", box=None, pad_edge=False)
        for problem in shown:
            parts = (problem.code, problem.where, problem.cause, problem.remedy)
            table.add_row(*map(escape, parts))
        ERR.print(table)
    else:
        for problem in shown:
            ERR.print(f"  {problem}", markup=False, highlight=False, soft_wrap=True, crop=False)
    for code, count in more.items():
        ERR.print(f"  ... and {count:,} more: {code}", markup=False, highlight=False)


def _first_of_each_code(
    problems: Sequence[PracticeProblem],
) -> tuple[list[PracticeProblem], dict[str, int]]:
    """What is shown, and how many more there are of which code."""
    seen: Counter[str] = Counter()
    shown = []
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= SHOWN_OF_A_CODE:
            shown.append(problem)
    return shown, {code: n - SHOWN_OF_A_CODE for code, n in seen.items() if n > SHOWN_OF_A_CODE}


def telling(quiet: bool) -> Callable[[str], None]:
    """Says lines of progress as they are; says nothing where a machine listens."""

    def tell(line: str) -> None:
        if not quiet:
            ERR.print(line, markup=False, highlight=False, soft_wrap=True)

    return tell


def count_of(number: int, noun: str) -> str:
    """`1 problem`, `3 problems`, `0 clashes`."""
    plural = f"{noun}es" if noun.endswith("sh") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


@contextmanager
def refusing_bad_input(as_json: bool) -> Iterator[None]:
    """Turns every fault of the input into lines (or JSON) and exit code 2, never a traceback.

    Ctrl-C before there is anything to save ends with exit code 1.
    """
    try:
        yield
    except KeyboardInterrupt:
        ERR.print("Interrupted before there was anything to save; nothing was written.")
        raise typer.Exit(Exit.NOT_GOOD) from None
    except PracticeProblemsError as error:
        refuse(error.problems, as_json)
    except ValidationError as error:
        refuse([_type_problem(dict(fault)) for fault in error.errors(include_url=False)], as_json)
    except OSError as error:
        refuse([_file_problem(*_place_and_cause(error))], as_json)
    except UnicodeDecodeError:
        refuse([_file_problem("the file", "it is not UTF-8 text")], as_json)


def refuse(problems: Sequence[PracticeProblem], as_json: bool) -> None:
    """Says what is wrong and ends the command with exit code 2."""
    if as_json:
        print_json({"problems": [problem.as_dict() for problem in problems]})
    else:
        print_problems(problems, f"Refused: {count_of(len(problems), 'problem')} in the input")
    raise typer.Exit(Exit.INPUT)


def _place_and_cause(error: OSError) -> tuple[str, str]:
    """A rename is refused for its target: the other name is that of a neighbour nobody knows."""
    place = str(error.filename2 or error.filename or "the file")
    if isinstance(error, FileExistsError):  # only folders are made where nothing may stand yet
        return place, "a file stands where a folder is needed"
    return place, (error.strerror or "it cannot be used").lower()


def _file_problem(name: str, cause: str) -> PracticeProblem:
    return PracticeProblem("unusable-file", name, cause, "name a file or folder that can be used")


def _type_problem(fault: dict[str, Any]) -> PracticeProblem:
    where = ".".join(str(step) for step in fault["loc"]) or "document"
    return PracticeProblem(
        str(fault["type"]).replace("_", "-"), where, str(fault["msg"]), "correct the value"
    )
