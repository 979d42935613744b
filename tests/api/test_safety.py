"""Keys, practices that cannot see each other, what is logged, and what is never said."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from typer.testing import CliRunner

from api.cli import database_url
from api.cli.main import app as command
from api.services.known_callers import TRUSTED_SECONDS, KnownCallers
from api.settings import ServiceSettings
from api.store import audit, keys
from api.store.callers import Scope
from api.wire.examples import EXAMPLES

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
Submission = Callable[..., dict[str, Any]]
RUNS = "/v1/schedules"
FOLLOW_UPS = {"/respond": EXAMPLES["RespondRequest"], "/repair": EXAMPLES["RepairRequest"]}
"""Bodies where an empty one is refused."""


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings.model_copy(update={"auth": True}))


def key_for(app: FastAPI, practice: str, *scopes: str) -> dict[str, str]:
    with app.state.service.database.writing() as connection:
        text = keys.add(connection, practice, map(Scope, scopes or Scope), 0)
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.parametrize(
    "header", [None, "Bearer x", "Bearer mdk_local_", "Bearer mdk_a_b", "Basic eDp5"]
)
def test_without_a_valid_key_nothing_opens(
    app: FastAPI, ask: Ask, submission: Submission, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    for method, path in (("GET", RUNS), ("POST", RUNS), ("GET", "/v1/problem-codes")):
        sent = {"json": submission()} if method == "POST" else {}
        answer = ask(app, method, path, headers=headers, **sent)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    assert ask(app, "GET", "/health").status_code == 200


def test_every_versioned_route_asks_for_a_key(app: FastAPI, ask: Ask) -> None:
    for path, operations in app.openapi()["paths"].items():
        if path.startswith("/v1/"):
            for method in operations:
                sent = {"json": {}} if method == "post" else {}
                run = "run_000000000000000000000000"
                address = path.replace("{run}", run).replace("{demo}", "small")
                assert ask(app, method.upper(), address, **sent).status_code == 401, path


def test_scopes(app: FastAPI, ask: Ask, submission: Submission) -> None:
    reader, solver = key_for(app, "p", "read"), key_for(app, "p", "read", "solve")
    assert ask(app, "POST", RUNS, json=submission(), headers=reader).status_code == 403
    sent = ask(app, "POST", RUNS, json=submission(), headers=solver)
    assert sent.status_code == 202
    address = sent.headers["location"]
    assert ask(app, "GET", address, headers=reader).status_code == 200
    assert ask(app, "DELETE", address, headers=reader).status_code == 403
    assert ask(app, "POST", f"{address}/accept", json={}, headers=solver).status_code == 403
    # Who may settle, but not start runs, has what is left filled by hand alone.
    committer = key_for(app, "p", "commit")
    engine = {"refill": "engine"}
    answers = [
        ask(app, "POST", f"{address}/accept", json=body, headers=committer) for body in ({}, engine)
    ]
    assert [answer.status_code for answer in answers] == [409, 403]  # it has no schedule yet


def test_a_practice_never_sees_the_runs_of_another(
    app: FastAPI, ask: Ask, submission: Submission
) -> None:
    ours, theirs = key_for(app, "ours"), key_for(app, "theirs")
    sent = {**ours, "Idempotency-Key": "same"}
    address = ask(app, "POST", RUNS, json=submission(), headers=sent).headers["location"]
    for method, path in (
        ("GET", ""),
        ("GET", "/metadata"),
        ("GET", "/input"),
        ("GET", "/unplaced"),
        ("GET", "/day-sheet"),
        ("GET", "/schedule.csv"),
        ("GET", "/calls.csv"),
        ("GET", "/certificate"),
        ("GET", "/events"),
        ("DELETE", ""),
        ("POST", "/fork"),
        ("POST", "/accept"),
        ("POST", "/respond"),
        ("POST", "/repair"),
    ):
        body = FOLLOW_UPS.get(path, {})
        sent_along = {"json": body} if method == "POST" else {}
        answer = ask(app, method, address + path, headers=theirs, **sent_along)
        assert answer.status_code == 404, path
    assert ask(app, "GET", RUNS, headers=theirs).json()["runs"] == []
    # Another key of the same practice sees it, and the same request key stays apart.
    assert ask(app, "GET", address, headers=key_for(app, "ours", "read")).status_code == 200
    other = ask(app, "POST", RUNS, json=submission(), headers={**theirs, "Idempotency-Key": "same"})
    assert other.headers["location"] != address


def test_who_did_what_is_written_down(app: FastAPI, ask: Ask, submission: Submission) -> None:
    ours = key_for(app, "ours")
    sent = ask(app, "POST", RUNS, json=submission(), headers=ours)
    ask(app, "DELETE", sent.headers["location"], headers=ours)
    ask(app, "GET", sent.headers["location"] + "/input", headers=ours)
    with app.state.service.database.reading() as connection:
        rows = audit.entries(connection, "ours")
    assert [row["action"] for row in rows] == ["key-add", "solve", "stop", "read-input"]
    assert {row["run"] for row in rows[1:]} == {sent.json()["id"]}
    assert {row["api_key"] for row in rows} == {ours["Authorization"].split("_")[1]}
    assert "P0000" not in str(rows)


def test_no_id_is_logged_or_counted(
    app: FastAPI, ask: Ask, submission: Submission, caplog: pytest.LogCaptureFixture
) -> None:
    ours = key_for(app, "ours")
    router = APIRouter()

    @router.get("/breaks/{what}")
    def breaks(what: str) -> None:
        raise RuntimeError(f"{what} broke it")

    app.include_router(router)
    with caplog.at_level(logging.DEBUG):
        sent = ask(app, "POST", RUNS, json=submission(), headers=ours)
        run = sent.json()["id"]
        ask(app, "GET", f"{RUNS}/{run}", headers=ours)
        ask(app, "GET", f"{RUNS}/P00001/unplaced", headers=ours)
        faulty = submission()
        faulty["problem"]["visits"][0]["due"] = "P00001"
        assert ask(app, "POST", RUNS, json=faulty, headers=ours).status_code == 422
        broken = ask(app, "GET", "/breaks/P00001")
    assert broken.status_code == 500
    assert "P00001" not in broken.text
    said = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if record.name.startswith(("modelday", "uvicorn", "sqlalchemy", "alembic"))
    )
    assert "RuntimeError" in said
    metrics = ask(app, "GET", "/metrics").text
    assert 'route="/v1/schedules/{run}"' in metrics
    assert 'modelday_runs{status="queued"} 1.0' in metrics
    for text in (said, metrics):
        assert "P00001" not in text
        assert run not in text
        assert ours["Authorization"].split("_")[1] not in text


def test_a_service_without_keys_answers_to_its_own_name_only(
    open_app: OpenApp, settings: ServiceSettings, ask: Ask
) -> None:
    app = open_app(settings.model_copy(update={"allowed_hosts": ("localhost", "127.0.0.1")}))
    assert ask(app, "GET", RUNS, headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert ask(app, "GET", RUNS, headers={"Host": "evil.example"}).status_code == 400


def test_keys_by_command(tmp_path: Any, open_app: OpenApp, ask: Ask) -> None:
    url = f"sqlite:///{tmp_path / 'keys.db'}"
    run = CliRunner()

    def keys_of(*words: str) -> str:
        result = run.invoke(command, ["keys", *words, "--database", url])
        assert result.exit_code == 0, result.output
        return result.output.strip()

    first = keys_of("add", "p1", "--scopes", "read")
    app = open_app(ServiceSettings(database=url, processes=0, auth=True))
    later = 0.0
    app.state.service.callers = KnownCallers(app.state.service.database, lambda: later)

    def opens(key: str) -> bool:
        headers = {"Authorization": f"Bearer {key}"}
        return ask(app, "GET", RUNS, headers=headers).status_code == 200

    assert opens(first)
    name = first.split("_")[1]
    second = keys_of("rotate", name, "--grace-hours", "0")
    assert opens(second)
    later += TRUSTED_SECONDS
    assert not opens(first)
    assert opens(second)
    keys_of("revoke", second.split("_")[1])
    later += TRUSTED_SECONDS
    assert not opens(second)
    listed = keys_of("list")
    assert [line.split()[-1] for line in listed.splitlines()] == ["ended", "revoked"]
    assert first not in listed
    assert run.invoke(command, ["keys", "revoke", "none", "--database", url]).exit_code == 1


def test_without_keys_only_a_loopback_address_is_listened_at() -> None:
    result = CliRunner().invoke(command, ["serve", "--host", "0.0.0.0"])
    assert result.exit_code == 2
    assert "loopback" in result.output


@pytest.mark.parametrize(
    ("peer", "opens"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.1.7", False),
        ("10.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2001:db8::1", False),
        ("0.0.0.0", False),
        ("somewhere", False),
    ],
)
def test_without_keys_only_this_machine_is_answered(
    open_app: OpenApp, settings: ServiceSettings, peer: str, opens: bool
) -> None:
    """However the application was started: `serve` is not the only way."""

    def status(app: FastAPI) -> int:
        async def once() -> int:
            transport = httpx.ASGITransport(app, client=(peer, 50_000))
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
                return (await client.get("/health")).status_code

        return asyncio.run(once())

    assert status(open_app(settings)) == (200 if opens else 403)
    assert status(open_app(settings.model_copy(update={"auth": True}))) == 200


def test_without_its_driver_postgresql_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database_url, "find_spec", lambda _: None)
    for words in (["serve"], ["keys", "list"]):
        url = "postgresql+psycopg://nobody@localhost/none"
        result = CliRunner().invoke(command, [*words, "--database", url])
        assert result.exit_code == 2
        assert "postgres" in result.output


def test_options_of_the_command_are_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[ServiceSettings] = []

    def create(settings: ServiceSettings) -> FastAPI:
        seen.append(settings)
        return FastAPI()

    monkeypatch.setattr("api.main.create_app", create)
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    monkeypatch.setattr("gc.set_threshold", lambda _: None)
    options = {
        "--port": "0",
        "--queue": "7",
        "--key-queue": "6",
        "--key-solving": "3",
        "--body-mb": "2",
        "--attempts": "4",
        "--most-hours": "1.5",
    }
    words = [word for option in options.items() for word in option]
    for given in ([], words):
        result = CliRunner().invoke(command, ["serve", "--port", "0", *given])
        assert result.exit_code == 0, result.output
    usual, set_so = seen
    of_settings = ServiceSettings()
    # Two places name the usual values: they have to be the same.
    ours = {"allowed_hosts"}
    assert usual.model_dump(exclude=ours) == of_settings.model_dump(exclude=ours)
    assert set_so == usual.model_copy(
        update={
            "queue_limit": 7,
            "key_queue_limit": 6,
            "key_solving_limit": 3,
            "max_body_bytes": 2 * 1024 * 1024,
            "max_attempts": 4,
            "most_seconds": 5400.0,
        }
    )
