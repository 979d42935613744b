"""Says where a fault happened, never with which values: messages may hold ids and dates."""

import logging
import traceback

LOGGER = logging.getLogger("modelday.service")


def say_trouble(what: str, error: BaseException) -> None:
    """One line: the kind of the error, and the places it went through, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames)
    LOGGER.error("%s: %s at %s", what, type(error).__name__, places)
