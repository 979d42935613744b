"""Is this schedule right, whoever made it?"""

from fastapi import APIRouter

from api.routes.asking import WITH_BODY, RawBody, Reader, refusals, takes
from api.services import verify
from api.wire.verdict import Verdict, VerifyRequest

router = APIRouter(prefix="/v1/schedules", tags=["schedules"])


@router.post("/verify", responses=refusals(*WITH_BODY), openapi_extra=takes(VerifyRequest))
def verify_schedule(caller: Reader, body: RawBody) -> Verdict:
    """Hold a schedule against every rule. Lists every input problem at once."""
    return verify.verify(body)
