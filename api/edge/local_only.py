"""Without API keys the service answers to its own machine alone, however it was started."""

import ipaddress

from starlette.types import ASGIApp, Receive, Scope, Send

from api.edge.problem_documents import problem_response


class LocalOnly:
    """ASGI layer: 403 for whoever is connected from another machine. A socket file is here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Looks at the address of the other end."""
        peer = scope.get("client")
        if scope["type"] != "http" or peer is None or is_loopback(peer[0]):
            await self._app(scope, receive, send)
            return
        detail = "Without API keys the service answers on a loopback address only."
        await problem_response(403, "not-local", detail)(scope, receive, send)


def is_loopback(host: str) -> bool:
    """True for a name or an address of this machine that nobody else can reach."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # A socket for both families tells IPv4 peers as addresses of IPv6.
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
