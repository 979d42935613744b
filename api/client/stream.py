"""Server-sent events as they come over the line.

WHATWG, "HTML Living Standard", section 9.2, "Server-sent events".
"""

from collections.abc import Iterator, Mapping

import httpx

from api.client.errors import demand_success


def events_of(
    http: httpx.Client, path: str, headers: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Id and data of each event until the stream ends. ServiceError where it never begins."""
    with http.stream("GET", path, headers=dict(headers)) as answer:
        if not answer.is_success:
            answer.read()
        demand_success(answer)
        number, data = "", list[str]()
        for line in answer.iter_lines():
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "id":
                number = value
            elif name == "data":
                data.append(value)
            elif not line and data:
                yield number, "\n".join(data)
                data = []
