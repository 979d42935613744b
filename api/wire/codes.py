"""Codes that the service itself answers with. Codes are stable: programs refer to them.

Faults of a question have the engine's codes (`engine.validation.CODES`), type faults those of
`type_faults.py`. A refusal under a code that is not in this list cannot be made.
"""

from dataclasses import dataclass
from types import MappingProxyType

from engine.rules import RULES


@dataclass(frozen=True, slots=True)
class RefusalCode:
    """The HTTP statuses that a refusal comes with, and what it means."""

    statuses: tuple[int, ...]
    meaning: str


_REFUSALS: tuple[tuple[str, tuple[int, ...], str], ...] = (
    # who asks
    ("no-key", (401,), "There is no valid API key."),
    ("scope", (403,), "The API key may not do that."),
    ("not-local", (403,), "Without API keys only the service's own machine is answered."),
    # the request
    ("not-found", (404,), "There is nothing like that, or it is another practice's."),
    ("method-not-allowed", (405,), "The address does not answer to that method."),
    ("not-json", (400, 415), "The body is no JSON, or is not said to be."),
    ("bad-request", (400,), "The request cannot be read."),
    ("cursor", (400,), "This is not the cursor of a page."),
    ("too-slow", (408,), "The body did not arrive in time."),
    ("too-large", (413,), "The body is too large."),
    ("input", (422,), "The input has faults; `problems` lists all of them."),
    ("calendar", (422,), "The dates lead out of the calendar."),
    ("idempotency-key-reused", (422,), "The Idempotency-Key was used for another request."),
    ("schedule-missing", (422,), "The operation needs a schedule in the submission."),
    ("too-long", (422,), "The run could take longer than the service allows."),
    ("queue-full", (429,), "Too many runs are waiting; `Retry-After` says when to come back."),
    # runs
    ("no-schedule", (409,), "The run has no schedule, or none yet."),
    ("no-answer", (409,), "The run has no such answer, or none yet."),
    ("not-ended", (409,), "The run still goes on; its book is not settled."),
    ("purged", (410,), "The content was removed when its time was over."),
    ("changed", (412,), "Run or hold have changed since the ETag that was sent."),
    # openings
    ("unknown-procedure", (422,), "The caller's procedure is not of the practice."),
    ("unknown-chair", (422,), "The chair is not of the practice."),
    ("other-dates", (422,), "The date lies outside the dates of the run."),
    ("which-hole", (422,), "Neither a visit nor a whole time was named."),
    ("id-taken", (409,), "The caller's visit has the id of another visit."),
    ("no-time", (409,), "The visit has no time that could be free."),
    ("held-already", (409,), "A time is held or committed for the visit already."),
    ("taken", (409,), "The time is taken, or does not suit the visit."),
    ("expired", (409,), "The hold is over."),
    # the service
    ("internal", (500,), "The service failed; nothing was kept."),
    ("not-ready", (503,), "The service cannot take runs now."),
    ("refused", (), "Anything else that the web framework refuses."),
)

REFUSALS: MappingProxyType[str, RefusalCode] = MappingProxyType(
    {code: RefusalCode(statuses, meaning) for code, statuses, meaning in _REFUSALS}
)
"""By code: the last part of a problem document's `type`."""

_REQUESTS: tuple[tuple[str, str], ...] = (
    ("pin-without-time", "A pinned visit has no time in the schedule."),
    ("answered-twice", "Two answers are about one visit."),
    ("nothing-proposed", "An answer is about a visit to which no new time was proposed."),
    ("unknown-visit", "A visit is named that is not in the question."),
    ("unknown-staff", "Somebody is out who is not in the practice."),
    ("date-outside", "The date lies outside the dates of the schedule."),
    ("date-over", "The date is over."),
    ("moment-outside", "The moment that is asked about lies outside the dates of the schedule."),
    ("moment-without-visit", "A moment is asked about, and not exactly one visit."),
    ("unwritable-id", "An id cannot stand in a cell of a table."),
    ("file-encoding", "A file is not UTF-8 text."),
    *(
        (f"schedule-breaks-{rule.id.replace('_', '-')}", f"The schedule breaks: {rule.sentence}")
        for rule in RULES
    ),
)

REQUESTS: MappingProxyType[str, str] = MappingProxyType(dict(_REQUESTS))
"""Faults of what is asked about a schedule, by code. All of them refuse the request."""
