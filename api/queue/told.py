"""What a worker process is told when it starts: one line of JSON on its input."""

from pydantic import BaseModel, ConfigDict

from api.settings import ServiceSettings


class Told(BaseModel):
    """Which run, under which claim. Not on the command line, where everybody could read it.

    `server`: the process id of whoever started the worker; without it the work is given back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: ServiceSettings
    run: str
    claim: str
    server: int
