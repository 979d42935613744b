"""Entry page: the same practice years under two sets of model days, with the same patients.

Only the model days differ. Replication k of a policy has the same seed under both, and nothing that
is drawn hangs on a model day (`streams`), so that differences within a replication are paired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.practice import Problem
from engine.simulate.compare import Row, compare
from engine.simulate.record import Record
from engine.simulate.replicate import OnProgress, Progress, replicate
from engine.simulate.settings import YearSettings


@dataclass(frozen=True, slots=True)
class Years:
    """What is lived: policies, settings, years of each policy, seed, years at a time."""

    policies: tuple[str, ...]
    settings: YearSettings
    replications: int
    seed: int
    jobs: int = 1


def live_under(
    templates: Mapping[str, Problem],
    years: Years,
    folder: Path,
    on_progress: OnProgress = lambda progress: None,
) -> dict[str, tuple[Record, ...]]:
    """The runs under each of the named model days; each is kept in a folder of that name.

    `templates`: the same problem, once with each set. Faults and Ctrl-C as in `replicate`.
    """

    def under(name: str) -> OnProgress:
        def tell(progress: Progress) -> None:
            on_progress(replace(progress, policy=label(progress.policy, name)))

        return tell

    return {
        name: replicate(
            problem,
            years.policies,
            years.settings,
            years.replications,
            years.seed,
            folder / name,
            years.jobs,
            under(name),
        )
        for name, problem in templates.items()
    }


def compare_templates(runs: Mapping[str, Sequence[Record]]) -> dict[str, tuple[Row, ...]]:
    """By policy, a row for each figure and set of model days; the first set is the base."""
    policies = dict.fromkeys(record.policy for records in runs.values() for record in records)
    return {
        policy: compare(
            [
                record.model_copy(update={"policy": label(policy, name)})
                for name, records in runs.items()
                for record in records
                if record.policy == policy
            ]
        )
        for policy in policies
    }


def label(policy: str, template: str) -> str:
    """`first-fit, designed`: a policy under a set of model days, in tables and while it runs."""
    return f"{policy}, {template}"
