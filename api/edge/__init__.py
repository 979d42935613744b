"""ASGI layers around the routes: what is refused, added or logged whatever the route."""
