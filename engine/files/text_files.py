"""Reading a text file as it comes from a front desk: checked for size, kind and encoding first."""

from pathlib import Path
from typing import NoReturn

from engine.problems import PracticeProblem, PracticeProblemsError

LARGEST_MEGABYTES = 50
"""A year of a ten-doctor practice is about 15 MB."""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; a byte order mark is dropped.

    The size is asked for before a byte is read. PracticeProblemsError says why there is no text.
    """
    content = _bytes_of(path)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse(path, "file-encoding", "the text is UTF-16", "save it as UTF-8 ('CSV UTF-8')")
    if b"\0" in content:
        cause = f"byte {content.index(0)} is zero, so this is not text"
        _refuse(path, "file-binary", cause, "export it as text, not as a workbook")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        cause = f"line {line} holds a byte that is not UTF-8 (byte {error.start})"
        _refuse(path, "file-encoding", cause, "save it as UTF-8 ('CSV UTF-8')")


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.exists():
            _refuse(path, "file-missing", "the file is not there", "add it, or mend its name")
        if not path.is_file():
            _refuse(path, "file-not-a-file", "this is not a file", "put a file in its place")
        megabytes = path.stat().st_size / 1_000_000
        if megabytes > LARGEST_MEGABYTES:
            cause = f"it has {megabytes:.0f} MB (not read); allowed are {LARGEST_MEGABYTES}"
            _refuse(path, "file-too-large", cause, "export the coming weeks only")
        return path.read_bytes()
    except OSError as error:
        cause = f"the system says: {error.strerror or type(error).__name__}"
        _refuse(path, "file-not-readable", cause, "check that you may read it")


def _refuse(path: Path, code: str, cause: str, remedy: str) -> NoReturn:
    raise PracticeProblemsError([PracticeProblem(code, path.name, cause, remedy)]) from None
