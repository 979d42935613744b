"""Files that cannot be used as they are: each refused with one clear line, and read no further."""

from pathlib import Path
from typing import Any

import pytest

from engine.files import read_folder, read_problem, read_schedule
from engine.problems import PracticeProblem, PracticeProblemsError, Severity


def refused(folder: Any) -> list[PracticeProblem]:
    with pytest.raises(PracticeProblemsError) as error:
        read_folder(folder.path)
    return [one for one in error.value.problems if one.severity is Severity.REFUSED]


def only(folder: Any) -> tuple[str, str]:
    (one,) = refused(folder)
    return one.code, one.where


@pytest.mark.parametrize("file", ["visits.csv", "bookings.csv", "cells.csv", "practice.toml"])
def test_missing_file(folder: Any, file: str) -> None:
    (folder.path / file).unlink()
    assert only(folder) == ("file-missing", file)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(PracticeProblemsError, match="file-missing"):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(PracticeProblemsError, match="file-missing"):
        read_problem(tmp_path / "nowhere.json")


def test_200_megabytes_are_refused_unread(folder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder.path / "visits.csv").open("r+b") as stream:
        stream.truncate(200_000_000)  # sparse: takes no room on the disk
    monkeypatch.setattr(Path, "read_bytes", _read_small(Path.read_bytes))
    (one,) = refused(folder)
    assert (one.code, one.where) == ("file-too-large", "visits.csv")
    assert "200 MB" in one.cause
    assert "50" in one.cause


def _read_small(read_bytes: Any) -> Any:
    def guarded(path: Path) -> bytes:
        assert path.stat().st_size < 1_000_000
        return bytes(read_bytes(path))

    return guarded


def test_a_workbook_is_not_a_csv(folder: Any) -> None:
    (folder.path / "visits.csv").write_bytes(b"PK\x03\x04\x14\x00\x08\x00junk")
    assert only(folder) == ("file-binary", "visits.csv")


def test_a_folder_in_place_of_a_file(folder: Any) -> None:
    (folder.path / "cells.csv").unlink()
    (folder.path / "cells.csv").mkdir()
    assert only(folder) == ("file-not-a-file", "cells.csv")


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings(folder: Any, encoding: str) -> None:
    text = "id,patient,procedure,external\nV1,P1,ADJR,\u00e9\n"
    (folder.path / "visits.csv").write_bytes(text.encode(encoding))
    (one,) = refused(folder)
    assert (one.code, one.where) == ("file-encoding", "visits.csv")
    if encoding == "latin-1":
        assert "line 2" in one.cause


def test_a_byte_order_mark_and_windows_line_ends_are_fine(folder: Any, small: Any) -> None:
    for path in folder.path.iterdir():
        text = path.read_text("utf-8").replace("\n", "\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_folder(folder.path).problem == small.small_problem()


def test_blank_lines_do_not_shift_row_numbers(folder: Any) -> None:
    (folder.path / "visits.csv").write_text("patient,procedure\n\n , \nP1,ADJR\n\nP2,\n", "utf-8")
    (one,) = folder.faults()
    assert (one.code, one.where) == ("empty-cell", "visits.csv row 6")


@pytest.mark.parametrize("text", ["", "\n\n  \n"])
def test_empty_file(folder: Any, text: str) -> None:
    (folder.path / "visits.csv").write_text(text, "utf-8")
    assert only(folder) == ("file-empty", "visits.csv")


def test_semicolons_between_columns(folder: Any) -> None:
    (folder.path / "visits.csv").write_text("patient;procedure\nP1;ADJR\n", "utf-8")
    assert only(folder) == ("csv-delimiter", "visits.csv")


def test_an_open_quote(folder: Any) -> None:
    (folder.path / "visits.csv").write_text('patient,procedure\nP1,ADJR\nP2,"ADJR\n', "utf-8")
    (one,) = refused(folder)
    assert (one.code, one.where) == ("csv-broken", "visits.csv")
    assert "row 3" in one.cause


def test_a_line_far_wider_than_the_header(folder: Any) -> None:
    wide = "P2" + ",x" * 80
    (folder.path / "visits.csv").write_text(f"patient,procedure\nP1,ADJR\n{wide}\n", "utf-8")
    (one,) = refused(folder)
    assert one.code == "csv-broken"
    assert "line 3" in one.cause


def test_headers(folder: Any) -> None:
    folder.drop_column("visits.csv", "patient")
    (folder.path / "bookings.csv").write_text(
        "patient,patient,date,start,column,procedure\n", "utf-8"
    )
    found = [(one.code, one.where) for one in refused(folder)]
    assert found == [
        ("header-missing-column", "visits.csv row 1"),
        ("header-duplicate-column", "bookings.csv row 1"),
        ("header-missing-column", "bookings.csv row 1"),
    ]


def test_a_file_without_header_names_nobody(folder: Any) -> None:
    (folder.path / "visits.csv").write_text("P1,Marta Quill,ADJR\nP2,Jo Reed,ADJR\n", "utf-8")
    with pytest.raises(PracticeProblemsError) as error:
        read_folder(folder.path)
    assert "Marta" not in str(error.value)


def test_header_words_may_be_written_as_people_write_them(folder: Any) -> None:
    (folder.path / "visits.csv").write_text(
        " Patient , PROCEDURE,Lab Ready,age-band\nP1,ADJR,2026-03-09,over 30\n", "utf-8"
    )
    (visit,) = folder.load().problem.visits
    assert str(visit.lab_ready) == "2026-03-09"
    assert visit.age_band == "over_30"


def test_unknown_columns_are_named_and_name_like_ones_dropped_unread(folder: Any) -> None:
    titles = ("First Name", "surname", "Phone", "E-Mail", "DOB", "Home Address", "notes", "colour")
    folder.add(
        "visits.csv",
        patient="P00007",
        procedure="ADJR",
        procedur="x",
        **dict.fromkeys(titles, "Zoe"),
    )
    notes = [one for one in folder.load().problems if one.where.startswith("visits.csv row 1 ")]
    assert {one.severity for one in notes} == {Severity.NOTE}
    codes = [one.code for one in notes]
    assert codes == ["unknown-column", *["name-column-dropped"] * 7, "unknown-column"]
    assert "'procedure'" in notes[0].remedy
    assert "'first_name'" in notes[1].cause
    assert "Zoe" not in "".join(map(str, notes))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"as_of": ', "json-broken"),
        ('{"as_of": NaN}', "json-broken"),
        ("[" * 100_000, "json-broken"),
        ("\0", "file-binary"),
        ("[]", "wrong-type"),
    ],
)
def test_json_that_is_none(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "p.json").write_text(text, "utf-8")
    for read in (read_problem, read_schedule):
        with pytest.raises(PracticeProblemsError) as error:
            read(tmp_path / "p.json")
        (one,) = error.value.problems
        assert one.code == code
        assert one.where.startswith("p.json")


def test_all_files_are_looked_at_at_once(folder: Any) -> None:
    (folder.path / "practice.toml").write_text("as_of = ", "utf-8")
    (folder.path / "cells.csv").unlink()
    (folder.path / "bookings.csv").write_text("patient\n", "utf-8")
    folder.change("visits.csv", 3, due="soon")
    codes = [one.code for one in folder.faults()]
    assert codes[:2] == ["toml-broken", "file-missing"]
    # procedure, date, start, column and status are missing in bookings.csv.
    assert codes[2:] == ["header-missing-column"] * 5 + ["bad-date"]
