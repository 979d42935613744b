"""A client that speaks to the service in memory, without a server."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask() -> Ask:
    """`ask(app, method, path, **request)` answers as the service would."""

    def send(app: FastAPI, method: str, path: str, **request: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
                return await client.request(method, path, **request)

        return asyncio.run(once())

    return send
