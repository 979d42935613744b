"""What patients said to the times that were proposed to them."""

from typing import Annotated

from pydantic import Field

from api.wire.on_wire import OnWire
from api.wire.run import RunMetadata
from api.wire.submission import Limits, Tag
from engine.files.responses_csv import Answer
from engine.practice import ClockWindow
from engine.practice.base import External, Frozen, Id


class PatientResponse(Frozen):
    """One answer. `wishes`: times that would suit better; none: unknown."""

    visit: Id
    answer: Answer
    wishes: Annotated[tuple[ClockWindow, ...], Field(max_length=100)] = ()


class RespondRequest(Frozen):
    """The answers so far.

    `limits` (None: those of this run), `tags` and `external` are those of the new run.
    """

    responses: Annotated[tuple[PatientResponse, ...], Field(min_length=1, max_length=20_000)]
    limits: Limits | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    external: External = ()


class Responded(OnWire):
    """What the answers mean, by visit, and the run that fills again around them.

    `held`: proposals without an answer, which keep their time in the run. `lost`: declined to move,
    though somebody else has accepted the old time: they wait, and are to be called again. `urgent`:
    held moves whose old time others have accepted; to be asked first.
    """

    accepted: tuple[str, ...]
    declined: tuple[str, ...]
    held: tuple[str, ...]
    lost: tuple[str, ...]
    urgent: tuple[str, ...]
    run: RunMetadata
