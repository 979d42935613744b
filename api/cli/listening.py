"""The socket at which the service listens."""

import socket


def listen(host: str, port: int) -> socket.socket:
    """Bound and listening; `port` 0 takes any free one. Connections send at once what is ready.

    asyncio asks for that only on sockets that were opened for TCP by name, which these are not.
    Without it the second packet of an answer waits until the client has acknowledged the first,
    up to 40 ms. Connections inherit it from the socket that listens.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=256)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
