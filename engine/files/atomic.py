"""Writing files so that a reader sees the old content or the new one, never half of it."""

import os
from collections.abc import Mapping
from pathlib import Path


def write_texts(texts: Mapping[Path, str]) -> None:
    """Write all the files, or none: each text goes to a neighbour file first, then all are renamed.

    UTF-8 with the line ends as they are in the text. Missing folders are made. OSError where a
    folder cannot be written; the neighbour files are then removed again.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            neighbour = path.with_name(f".{path.name}.{os.getpid()}.part")
            written.append((neighbour, path))
            with neighbour.open("w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        for neighbour, path in written:
            neighbour.replace(path)
    finally:
        for neighbour, _ in written:
            neighbour.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write one file, whole or not at all."""
    write_texts({path: text})
