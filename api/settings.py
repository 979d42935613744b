"""How a service is set: where it keeps its runs, how many it solves at once, what it refuses."""

from pydantic import BaseModel, ConfigDict, Field


class ServiceSettings(BaseModel):
    """All settings of a service; its worker processes are told the same ones.

    `database`: an SQLAlchemy URL. `auth`: every request needs an API key; without it the service
    answers to its own machine alone. `processes`: runs solved at once by this server, beside one
    that only checks and measures; 0: it only takes them, others solve. `queue_limit`,
    `key_queue_limit`: runs that may wait, of all keys and of each; `key_solving_limit`: that each
    key may have under way. `max_attempts`: a run whose worker was lost so often is failed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: str = "sqlite:///modelday.db"
    auth: bool = False
    allowed_hosts: tuple[str, ...] = ("*",)
    processes: int = Field(default=1, ge=0, le=64)
    max_body_bytes: int = Field(default=32 * 1024 * 1024, gt=0)
    """A ten-doctor quarter is a few megabytes of JSON."""
    body_seconds: float = Field(default=30.0, gt=0)
    """A body that takes longer to arrive is refused."""
    queue_limit: int = Field(default=200, ge=1)
    key_queue_limit: int = Field(default=50, ge=1)
    key_solving_limit: int = Field(default=4, ge=1)
    retry_after_seconds: int = Field(default=15, ge=1)
    poll_seconds: float = Field(default=0.25, gt=0)
    """Between two looks at the queue, and at the events of a run that is watched."""
    beat_seconds: float = Field(default=2.0, gt=0)
    stale_seconds: float = Field(default=20.0, gt=0)
    """A run of which neither server nor worker has been heard for so long is taken from them."""
    grace_seconds: float = Field(default=300.0, gt=0)
    """A worker that is not done so long after its time limit hangs, and is ended."""
    max_attempts: int = Field(default=5, ge=1)
    most_seconds: float = Field(default=12 * 3600.0, gt=0)
    """What asks for more work is refused: scenarios times repeats times seconds can be weeks."""
    keep_days: int = Field(default=30, ge=1)
    """Inputs and schedules of runs that ended longer ago are removed."""
