"""What a design of model days says."""

from api.wire.on_wire import OnWire
from engine.model_day.built import BuiltDays
from engine.practice import Practice


class ModelDaysOnWire(OnWire):
    """The designed days, and the practice with them in the place of its own.

    `derivation`: from the goals to columns and doctor load, line by line.
    """

    derivation: tuple[str, ...]
    built: BuiltDays
    practice: Practice
