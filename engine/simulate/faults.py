"""What is wrong with a practice year that was asked for: everything at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.simulate.care_path import OPTIONAL, steps_of
from engine.simulate.policies import POLICIES
from engine.simulate.settings import YearSettings

_SHOULD = ("Input should be ", "Value error, ")


def settings_of(document: Mapping[str, Any]) -> YearSettings:
    """The settings of a document. PracticeProblemsError with every value that cannot be."""
    try:
        return YearSettings.model_validate(document)
    except ValidationError as error:
        found = [_setting_fault(dict(fault)) for fault in error.errors(include_url=False)]
        raise PracticeProblemsError(found) from None


def asked_faults(policies: tuple[str, ...], replications: int) -> tuple[PracticeProblem, ...]:
    """What is wrong with policies and replications, whatever the settings are."""
    found = list(_policies(policies))
    if not 1 <= replications <= 1000:
        remedy = "choose 1 to 1,000; ten are usual"
        found.append(_fault("replications", "replications", f"is {replications}", remedy))
    return tuple(found)


def year_faults(
    problem: Problem, settings: YearSettings, policies: tuple[str, ...], replications: int
) -> tuple[PracticeProblem, ...]:
    """Every fault of the settings, the policies, and of the practice's care path."""
    faults: tuple[PracticeProblem, ...] = ()
    try:  # copies with other values are not checked when they are made
        settings_of(settings.model_dump())
    except PracticeProblemsError as error:
        faults = error.problems
    return (*faults, *asked_faults(policies, replications), *_path(problem, settings))


def _setting_fault(fault: dict[str, Any]) -> PracticeProblem:
    """One of pydantic's faults, in the words of all other problems."""
    names = [str(step) for step in fault["loc"]]
    last = next((step for step in reversed(fault["loc"]) if isinstance(step, str)), "settings")
    where = ".".join(names) or "settings"
    if fault["type"] == "extra_forbidden":
        return _fault("unknown-setting", where, "is no setting", "correct the name or leave it out")
    should = str(fault["msg"])
    for words in _SHOULD:
        should = should.removeprefix(words)
    code = last.replace("_", "-")
    return _fault(code, where, f"is {_short(fault['input'])}", f"it should be {should}")


def _short(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _fault(code: str, where: str, cause: str, remedy: str) -> PracticeProblem:
    return PracticeProblem(f"year-{code}", where, cause, remedy)


def _policies(policies: tuple[str, ...]) -> Iterator[PracticeProblem]:
    known = ", ".join(POLICIES)
    if not policies:
        yield _fault("no-policy", "policy", "none is named", f"choose of {known}")
    for name in dict.fromkeys(policies):
        if name not in POLICIES:
            yield _fault("policy", f"policy '{name}'", "is not known", f"choose of {known}")
        if policies.count(name) > 1:
            yield _fault(
                "policy-twice", f"policy '{name}'", "is named more than once", "name it once"
            )


def _path(problem: Problem, settings: YearSettings) -> Iterator[PracticeProblem]:
    for step, mix in steps_of(settings.path, problem).items():
        if not any(share > 0 for _, share in mix) and step not in OPTIONAL:
            wanted = ", ".join(code for code, _ in getattr(settings.path, step)) or "none"
            yield _fault(
                "care-path",
                f"care path, step '{step.replace('_', ' ')}'",
                f"the practice has no procedure for it (codes asked for: {wanted})",
                f'name the practice\'s own codes: [path] {step} = [["CODE", 1.0]] in the settings',
            )
