"""The page for people, and the files that it loads."""

from importlib.resources import files

from fastapi import APIRouter, Response

from api.wire.refusal import Refusal

router = APIRouter(include_in_schema=False)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "service.js": "text/javascript; charset=utf-8",
    "columns.js": "text/javascript; charset=utf-8",
    "curve.js": "text/javascript; charset=utf-8",
    "dropped.js": "text/javascript; charset=utf-8",
}


@router.get("/")
def read_page() -> Response:
    """The page; whatever it shows it asks of the same routes as everybody."""
    return _file("index.html", "text/html; charset=utf-8")


@router.get("/page/{name}")
def read_part(name: str) -> Response:
    """A style sheet or a script of the page."""
    if name not in _TYPES:
        raise Refusal(404, "not-found", "There is nothing at this address.")
    return _file(name, _TYPES[name])


def _file(name: str, kind: str) -> Response:
    content = (files("api.page") / name).read_bytes()
    return Response(content, media_type=kind, headers={"Content-Security-Policy": _POLICY})
