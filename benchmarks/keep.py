"""A table that is kept, with its figures and the machine beside it."""

import json
from pathlib import Path
from typing import Any

from benchmarks.machine import machine


def keep_table(out: Path, text: str, **figures: Any) -> None:
    """The Markdown, and beside it a JSON file of the same name with figures and machine."""
    out.write_text(text, "utf-8")
    document = json.dumps({"machine": machine(), **figures}, indent=1, ensure_ascii=False)
    out.with_suffix(".json").write_text(document + "\n", "utf-8")
