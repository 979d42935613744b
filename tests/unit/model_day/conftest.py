"""`offices`, the module beside this file, can be imported by the tests of this folder."""

import importlib.util
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location("offices", Path(__file__).with_name("offices.py"))
assert _spec is not None
assert _spec.loader is not None
offices = importlib.util.module_from_spec(_spec)
sys.modules["offices"] = offices
_spec.loader.exec_module(offices)
