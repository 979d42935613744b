"""Exported files over the wire: read as a folder is; nothing is kept, no file name leads out."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.settings import ServiceSettings
from engine import generate_practice
from engine.files import model_text, write_folder

Ask = Callable[..., httpx.Response]


@pytest.fixture
def app(open_app: Callable[[ServiceSettings], FastAPI], settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("practice")
    write_folder(generate_practice("one-doctor", visits=12, seed=5).problem, path)
    return {file.name: file.read_bytes() for file in Path(path).iterdir()}


def sent(files: dict[str, bytes]) -> dict[str, Any]:
    return {"files": {name: b64encode(text).decode() for name, text in files.items()}}


def test_a_folder_becomes_a_question_that_can_be_submitted(
    app: FastAPI, ask: Ask, folder: dict[str, bytes]
) -> None:
    read = ask(app, "POST", "/v1/imports", json=sent(folder)).json()
    by_name = {one["file"]: one for one in read["files"]}
    assert by_name["visits.csv"]["rows"] == 12
    assert by_name["visits.csv"]["not_read"] == []
    assert "procedure" in by_name["visits.csv"]["columns"]
    body = {"problem": read["problem"], "dates": {"start": read["start"], "days": 7}}
    assert ask(app, "POST", "/v1/schedules", json=body).status_code == 202


def test_columns_that_are_not_read_are_named_and_name_like_ones_too(
    app: FastAPI, ask: Ask, folder: dict[str, bytes]
) -> None:
    lines = folder["visits.csv"].decode().splitlines()
    wider = [f"{lines[0]},shoe size,last name", *(f"{line},38,SECRET" for line in lines[1:])]
    files = {**folder, "visits.csv": "\n".join(wider).encode()}
    answer = ask(app, "POST", "/v1/imports", json=sent(files))
    visits = next(one for one in answer.json()["files"] if one["file"] == "visits.csv")
    assert visits["not_read"] == ["shoe_size", "last_name"]
    assert "SECRET" not in answer.text


def test_what_is_missing_is_said(app: FastAPI, ask: Ask, folder: dict[str, bytes]) -> None:
    files = {"visits.csv": folder["visits.csv"], "holiday.jpg": b"\xff\xd8"}
    read = ask(app, "POST", "/v1/imports", json=sent(files)).json()
    assert read["problem"] is None
    assert read["ignored"] == 1
    missing = {one["where"] for one in read["problems"] if one["code"] == "file-missing"}
    assert {"practice.toml", "cells.csv"} <= missing


@pytest.mark.parametrize(
    ("content", "code"),
    [("visits;procedure\n1;2\n".encode("utf-16"), "file-encoding"), (b"a\0b", "file-binary")],
)
def test_files_that_are_no_text(
    app: FastAPI, ask: Ask, folder: dict[str, bytes], content: bytes, code: str
) -> None:
    read = ask(app, "POST", "/v1/imports", json=sent({**folder, "visits.csv": content})).json()
    assert read["problem"] is None
    assert code in {one["code"] for one in read["problems"]}


def test_a_problem_json(app: FastAPI, ask: Ask) -> None:
    problem = generate_practice("one-doctor", visits=12, seed=5).problem
    files = {"problem.json": model_text(problem).encode()}
    read = ask(app, "POST", "/v1/imports", json=sent(files)).json()
    assert read["problems"] == []
    assert len(read["problem"]["visits"]) == 12


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/passwd", "visits.csv/../x"])
def test_no_file_name_leads_anywhere(app: FastAPI, ask: Ask, name: str) -> None:
    answer = ask(app, "POST", "/v1/imports", json=sent({name: b"x"}))
    assert answer.status_code == 200
    assert answer.json()["ignored"] == 1
    assert name not in answer.text


def test_contents_that_are_not_base64_are_refused(app: FastAPI, ask: Ask) -> None:
    answer = ask(app, "POST", "/v1/imports", json={"files": {"visits.csv": "§"}})
    assert answer.status_code == 422
