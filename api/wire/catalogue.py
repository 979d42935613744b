"""Lists that describe the service itself: codes of faults, and data to try it with."""

from api.wire.on_wire import OnWire
from engine.problems import Severity


class CodeOnWire(OnWire):
    """A fault that the engine may find: what happens to the faulty thing, and what it means."""

    code: str
    severity: Severity
    meaning: str


class RefusalOnWire(OnWire):
    """A refusal: the last part of a problem document's `type`, and the statuses it comes with."""

    code: str
    statuses: tuple[int, ...]
    meaning: str


class CodeList(OnWire):
    """The codes that the service uses.

    In `validation` and in the `problems` of a document: `codes` of a question, `types` of a body
    that has not the form of the contract, `requests` of what is asked about a schedule. `refusals`:
    of the documents themselves. Not in the list: faults of goals, of scenarios (`scenario-…`) and
    of exported files, each of which says what is wrong in its `cause`.
    """

    codes: tuple[CodeOnWire, ...]
    types: tuple[CodeOnWire, ...]
    requests: tuple[CodeOnWire, ...]
    refusals: tuple[RefusalOnWire, ...]


class DemoOnWire(OnWire):
    """A made-up practice; its body is at `/v1/demo-data/{id}`."""

    id: str
    description: str


class DemoList(OnWire):
    """What there is to try."""

    demos: tuple[DemoOnWire, ...]
