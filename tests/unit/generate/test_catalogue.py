"""The procedure catalogue."""

from engine.generate.catalogue import PROCEDURES, segments
from engine.practice import ChairKind, Role, SegmentKind, Supervision
from engine.practice.pattern import pattern_of

CODES = (
    *("NPEX", "REC", "CONF", "SEP", "BOND", "BOND2", "BND1", "BAND", "ALDEL"),
    *("ALCHK", "ADJS", "ADJR", "ADJL", "PROG", "REPO", "REP", "EMG", "EMGX"),
    *("SCAN", "FRET", "DEB", "RETD", "DEBR", "RETC", "RETCN", "OBS", "VIRT"),
)

# Published totals bound these lengths; PROG counts both rooms.
MINUTES = {"NPEX": 60, "BOND": 75, "BOND2": 75, "ADJR": 20, "PROG": 30, "DEBR": 80, "VIRT": 5}


def test_all_codes_are_there_with_their_lengths() -> None:
    by_code = {procedure.code: procedure for procedure in PROCEDURES}
    assert sorted(by_code) == sorted(CODES)
    assert {code: by_code[code].minutes for code in MINUTES} == MINUTES
    assert len({procedure.procedure_class for procedure in PROCEDURES}) >= 8


def test_pattern_text_is_read_with_its_float() -> None:
    first, doctor, last = segments("A25-D10~5-A20")
    assert (first.kind, first.minutes, first.float_minutes) == (SegmentKind.ASSISTANT, 25, 0)
    assert (doctor.kind, doctor.minutes, doctor.float_minutes) == (SegmentKind.DOCTOR, 10, 5)
    assert last.minutes == 20


def test_special_shapes() -> None:
    by_code = {procedure.code: procedure for procedure in PROCEDURES}
    rooms = [stage.chair_kind for stage in by_code["PROG"].stages]
    assert rooms == [ChairKind.RECORDS, ChairKind.CLINIC]
    (remote,) = by_code["VIRT"].stages
    assert remote.chair_kind is None
    assert remote.role is None
    doctor = {
        code: sum(
            segment.kind is SegmentKind.DOCTOR
            for stage in by_code[code].stages
            for segment in stage.segments
        )
        for code in ("BOND", "BOND2", "DEBR", "RETCN")
    }
    assert doctor == {"BOND": 1, "BOND2": 2, "DEBR": 2, "RETCN": 0}


def test_turnover_in_the_clinic_only_and_doctor_means_direct_supervision() -> None:
    for procedure in PROCEDURES:
        for stage in procedure.stages:
            clinic = stage.chair_kind is ChairKind.CLINIC
            assert stage.turnover_minutes == (5 if clinic else 0)
            assert stage.role is not Role.DOCTOR
            if any(segment.kind is SegmentKind.DOCTOR for segment in stage.segments):
                assert procedure.supervision is Supervision.DIRECT


def test_floats_leave_room_before_the_next_border() -> None:
    for procedure in PROCEDURES:
        asked = [
            segment.float_minutes
            for stage in procedure.stages
            for segment in stage.segments
            if segment.kind is SegmentKind.DOCTOR
        ]
        usable = [
            piece.float_minutes
            for stage in pattern_of(procedure, None, 5)
            for piece in stage.doctor
        ]
        assert asked == usable, procedure.code
