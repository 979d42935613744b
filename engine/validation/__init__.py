"""What is wrong with a question before anything is solved: every fault at once, with its remedy."""

from engine.validation.codes import CODES, Code
from engine.validation.set_aside import put_aside
from engine.validation.validate import problems_of

__all__ = ["CODES", "Code", "problems_of", "put_aside"]
