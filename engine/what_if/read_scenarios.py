"""A file of scenarios: TOML with a table `settings` and a list `scenario`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from engine.files.key_faults import key_faults
from engine.practice import Frozen
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.what_if.scenarios import Scenario, ScenarioSettings

Kind = TypeVar("Kind", bound=Frozen)


@dataclass(frozen=True, slots=True)
class ReadScenarios:
    """What could be read, and every fault of the rest."""

    settings: ScenarioSettings
    scenarios: tuple[Scenario, ...]
    faults: tuple[PracticeProblem, ...]


def read_scenarios(path: Path) -> ReadScenarios:
    """Scenarios that can be read, with what is wrong with the others.

    PracticeProblemsError where the file is no TOML. OSError where it cannot be opened.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        problem = PracticeProblem("not-toml", path.name, str(error), "correct the file")
        raise PracticeProblemsError([problem]) from None
    faults = [
        PracticeProblem(
            "unknown-key",
            f"{path.name} {key[:40]}",
            "the key is not known",
            "use settings and scenario, or mend its spelling",
        )
        for key in document
        if key not in ("settings", "scenario")
    ]
    settings = _read(
        ScenarioSettings, document.get("settings", {}), f"{path.name} settings", faults
    )
    listed = document.get("scenario", [])
    if not isinstance(listed, list) or not listed:
        faults.append(
            PracticeProblem(
                "missing-key", path.name, "there is no scenario", "add one under [[scenario]]"
            )
        )
        listed = []
    scenarios = [
        _read(Scenario, raw, f"{path.name} {_name_of(raw, number)}", faults)
        for number, raw in enumerate(listed, start=1)
    ]
    sound = tuple(scenario for scenario in scenarios if scenario is not None)
    return ReadScenarios(settings or ScenarioSettings(), sound, tuple(faults))


def _read(kind: type[Kind], raw: Any, where: str, faults: list[PracticeProblem]) -> Kind | None:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        faults += key_faults(error, where, raw)
        return None


def _name_of(raw: Any, number: int) -> str:
    name = raw.get("name") if isinstance(raw, dict) else None
    return f"scenario '{name[:80]}'" if isinstance(name, str) and name else f"scenario {number}"
