"""Exported files, looked at before anything is filled."""

from fastapi import APIRouter

from api.routes.asking import WITH_BODY, RawBody, Solver, refusals, takes
from api.services import import_files
from api.wire.imports import Imported, ImportRequest

router = APIRouter(prefix="/v1/imports", tags=["imports"])


@router.post("", responses=refusals(*WITH_BODY), openapi_extra=takes(ImportRequest))
def read_files(caller: Solver, body: RawBody) -> Imported:
    """The question in exported files: columns, faults, defaults. Nothing is kept."""
    return import_files.import_files(body)
