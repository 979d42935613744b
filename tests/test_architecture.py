"""The house keeps its shape: every rule and KPI has its files, floors hold, nothing leaks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import engine
from engine.rules import RULE_IDS
from engine.weights import DEFAULT_WEIGHTS

ROOT = Path(__file__).parents[1]
KPI_IDS = tuple(weight.kpi for weight in DEFAULT_WEIGHTS)

# Modules beside the rules and KPIs that are no rule and no KPI. A new one is added here on purpose.
CHECKER_HELPERS = {"__init__", "book", "check", "free", "head_count", "report", "spans"}
SOLVER_HELPERS = {"__init__", "head_count"}
KPI_HELPERS = {
    *("__init__", "measure", "filled", "personal"),
    *("figures", "adherence", "chair_spaces", "doctor_load", "next_appointments", "past_ecd"),
    *("seating", "choices", "cell_use"),
}
LONGEST_FILE = 350


def stems(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob("*.py")}


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Every module named in an import, also inside functions and under TYPE_CHECKING."""
    named: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            named.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            named.add(node.module or "")
    return named


@pytest.mark.parametrize("rule", RULE_IDS)
@pytest.mark.parametrize(
    "place",
    ["engine/checker/{}.py", "engine/solver/constraints/{}.py", "tests/rules/test_{}.py"],
)
def test_every_rule_has_its_file(rule: str, place: str) -> None:
    assert (ROOT / place.format(rule)).is_file(), f"rule '{rule}' lacks {place.format(rule)}"


def test_no_checker_file_without_a_rule() -> None:
    assert stems("engine/checker") - set(RULE_IDS) - CHECKER_HELPERS == set()


def test_no_constraint_file_without_a_rule() -> None:
    assert stems("engine/solver/constraints") - set(RULE_IDS) - SOLVER_HELPERS == set()


def test_no_rule_test_without_a_rule() -> None:
    tested = {stem.removeprefix("test_") for stem in stems("tests/rules") if stem[:5] == "test_"}
    assert tested - set(RULE_IDS) == set()


@pytest.mark.parametrize("kpi", KPI_IDS)
def test_every_weight_has_its_kpi_file(kpi: str) -> None:
    assert (ROOT / f"engine/kpi/{kpi}.py").is_file(), f"weight '{kpi}' lacks engine/kpi/{kpi}.py"


def test_no_kpi_file_without_a_weight() -> None:
    assert stems("engine/kpi") - set(KPI_IDS) - KPI_HELPERS == set()


def test_rule_and_kpi_ids_are_named_once() -> None:
    assert len(set(RULE_IDS)) == len(RULE_IDS)
    assert len(set(KPI_IDS)) == len(KPI_IDS)


def test_files_stay_small() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in sources("engine", "api", "tests", "benchmarks")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def door_names(path: Path) -> set[str]:
    """What a file takes from the door itself; a subpackage in `from engine import` is none."""
    taken: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "engine":
            taken.update(alias.name for alias in node.names if alias.name in engine.__all__)
        elif isinstance(node, ast.Import):
            taken.update(alias.name for alias in node.names if alias.name == "engine")
    return taken


def test_nothing_inside_the_engine_imports_the_door() -> None:
    taken = {str(path.relative_to(ROOT)): door_names(path) for path in sources("engine")}
    assert {name: names for name, names in taken.items() if names} == {}


def test_the_door_opens_every_name_it_shows() -> None:
    """Loads the solver, so it runs in a process of its own."""
    script = "import engine; [getattr(engine, name) for name in engine.__all__]; print('open')"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ran.stdout == "open\n", ran.stderr


def test_the_door_shows_what_it_opens_and_refuses_the_rest() -> None:
    assert sorted(engine.__all__) == sorted(engine._HOMES)
    with pytest.raises(AttributeError, match="no_such_name"):
        engine.no_such_name  # noqa: B018


def test_no_judge_of_a_rule_leans_on_the_judge_of_another() -> None:
    others = {f"engine.checker.{rule}" for rule in RULE_IDS}
    for rule in RULE_IDS:
        path = ROOT / "engine" / "checker" / f"{rule}.py"
        if path.is_file():
            assert imports_of(path) & others == set(), rule


@pytest.mark.parametrize(
    "module",
    ["engine", "engine.checker", "engine.kpi", "engine.files", "engine.cli.main", "api.cli.main"],
)
def test_importing_leaves_the_solver_unloaded(module: str) -> None:
    # Loading the solver takes a second and much memory: only a fill pays for it.
    script = f"import sys, {module}; print('ortools' in sys.modules, 'fastapi' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.split() == ["False", "False"]


def tracked_texts() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    texts: dict[str, str] = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file():
            try:
                texts[name] = path.read_text("utf-8")
            except UnicodeDecodeError:
                continue
    return texts


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    # Written in two halves, so that this file does not find itself.
    words = ["/wo" + "rk/", "/tm" + "p/", "../sha" + "red", "pypi" + ".org", "python" + "hosted"]
    found = {
        (name, word) for name, text in tracked_texts().items() for word in words if word in text
    }
    assert found == set()


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]
)
def test_requirements_are_pinned_with_hashes_and_without_addresses(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 25
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert [line for line in lines if "://" in line or line.startswith(("-i", "--", "-f"))] == []


def test_installed_versions_agree_between_the_two_requirement_files() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text("utf-8")
        return {line.split()[0] for line in text.splitlines() if "==" in line.split(" ")[0]}

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()
