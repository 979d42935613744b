"""`offices` and `short_office`, beside this file, can be imported by the tests here."""

import importlib.util
import sys
from pathlib import Path

for _name in ("offices", "short_office"):
    _path = Path(__file__).with_name(f"{_name}.py")
    _spec = importlib.util.spec_from_file_location(_name, _path)
    assert _spec is not None
    assert _spec.loader is not None
    _module = importlib.util.module_from_spec(_spec)
    sys.modules[_name] = _module
    _spec.loader.exec_module(_module)
