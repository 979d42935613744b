"""Writes the contract where it is kept: `python -m api.cli.write_openapi docs/openapi.json`."""

import json
import sys
from pathlib import Path

from api.main import create_app
from engine.files.atomic import write_text


def main(path: str) -> None:
    """The description of the service, in the order of its keys."""
    described = create_app().openapi()
    write_text(Path(path), json.dumps(described, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
