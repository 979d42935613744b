"""The catalogue of faults: code, what happens to the faulty thing, and one line of meaning.

Codes are stable: files, pages and programs may refer to them. A fault cannot be raised under a
code that is not in this list.
"""

from dataclasses import dataclass
from types import MappingProxyType

from engine.problems import PracticeProblem, Severity

_R, _A, _K, _N = Severity.REFUSED, Severity.SET_ASIDE, Severity.KEPT, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """What happens to the faulty thing, and what the code means."""

    severity: Severity
    meaning: str


_LIST: tuple[tuple[str, Severity, str], ...] = (
    # the fill
    ("horizon-length", _R, "The horizon is empty, too long, or leaves the calendar."),
    ("horizon-without-open-date", _R, "No date of the horizon is open for patients."),
    ("horizon-in-the-past", _N, "The horizon begins before the day that counts as now."),
    # ids and references
    ("duplicate-chair", _R, "Two chairs have one id."),
    ("duplicate-staff", _R, "Two people have one id."),
    ("duplicate-procedure", _R, "Two procedures have one code."),
    ("duplicate-limit", _R, "Two daily limits have one id."),
    ("duplicate-model-day", _R, "Two model days have one id."),
    ("duplicate-cell", _R, "Two cells of a model day have one id."),
    ("duplicate-visit", _A, "Two pending visits have one id, or one is booked already."),
    ("duplicate-booking", _A, "Two bookings have one visit id."),
    ("unknown-staff", _R, "A block of time away names a person who is not in the practice."),
    ("unknown-procedure", _R, "A daily limit names a procedure that the practice does not have."),
    ("unknown-class", _R, "A class is named that no procedure belongs to."),
    ("unknown-model-day", _R, "A date or weekday has a model day that does not exist."),
    ("unknown-column", _R, "A cell stands on a column that is no chair."),
    ("visit-unknown-procedure", _A, "A visit is for a procedure that the practice does not have."),
    ("booking-unknown-procedure", _A, "A booking is for a procedure the practice does not have."),
    ("booking-unknown-chair", _A, "A booking is in a chair that the practice does not have."),
    ("required-doctor-unknown", _A, "A visit requires a doctor who is not in the practice."),
    ("required-doctor-not-a-doctor", _A, "A visit requires as doctor somebody who is none."),
    ("required-doctor-idle", _N, "A doctor is required where the procedure has no doctor time."),
    ("preferred-doctor-unknown", _N, "The preferred doctor is no doctor of the practice."),
    ("preferred-assistant-unknown", _N, "The preferred assistant is not on the staff."),
    # order between visits
    ("follows-unknown-visit", _A, "A visit follows one that is not in the input."),
    ("follows-other-patient", _A, "A visit follows the visit of another patient."),
    ("follows-cycle", _A, "Visits follow each other in a circle."),
    ("follows-window-empty", _A, "A visit has to follow both later and sooner than possible."),
    ("follows-too-late", _A, "A frozen booking comes too late for the visit that follows it."),
    ("follows-twice", _N, "A visit names one predecessor twice."),
    ("booking-follows-unknown", _K, "A booking follows a visit that is not in the input."),
    ("booking-follows-other-patient", _K, "A booking follows the visit of another patient."),
    ("book-order-broken", _K, "Two bookings are in the wrong order or too close."),
    # hours
    ("window-empty", _R, "A time window of the practice begins when it ends."),
    ("window-reversed", _R, "A time window of the practice ends before it begins."),
    ("windows-overlap", _R, "Two patient hours or two shifts of one day overlap."),
    ("weekday-xor-date", _R, "Hours, a shift or a model day need a weekday or a date, not both."),
    ("block-without-day", _R, "A block of time away has neither weekday nor date."),
    ("no-patient-hours", _R, "The practice has no patient hours at all."),
    ("start-mark-off-grid", _R, "Start marks are not a multiple of the grid."),
    ("hours-off-grid", _N, "Hours or a shift begin or end between grid steps."),
    ("closed-date-with-hours", _N, "A date is closed and has hours of its own."),
    ("staff-without-shift", _N, "A person has no shift and is never there."),
    ("time-zone-unknown", _R, "The time zone is not an IANA name."),
    ("clock-time-skipped", _R, "Hours name a clock time that a clock change skips on a date."),
    ("clock-changes-in-hours", _R, "The clock changes inside the patient hours of a date."),
    ("booking-time-skipped", _K, "A booking starts at a clock time that a clock change skips."),
    # procedures and limits
    ("segment-off-grid", _R, "A segment is not a whole number of grid steps."),
    ("turnover-off-grid", _R, "A turnover is not a whole number of grid steps."),
    ("float-off-grid", _N, "A float is not a whole number of grid steps."),
    ("float-leaves-stage", _R, "Doctor time that comes late would end after its stage."),
    ("float-overlaps-doctor", _R, "Doctor time that comes late would run into the next one."),
    ("doctor-role-in-stage", _R, "A stage has the doctor as its own staff member."),
    ("skill-without-role", _R, "A stage asks for a skill of nobody."),
    ("assistant-time-without-role", _N, "A stage has assistant time and no staff member."),
    ("turnover-of-nothing", _N, "A turnover follows a stage with neither chair nor staff."),
    ("procedure-without-staff", _R, "Nobody has the role and skill that a stage needs."),
    ("procedure-without-chair", _R, "No chair of the kind takes the procedure."),
    ("procedure-without-doctor", _R, "A procedure needs a doctor and there is none."),
    ("doctor-units-too-few", _R, "Doctor time cannot be given within the units of a slot."),
    ("doctor-units-beyond-slot", _N, "A slot has more doctor minutes than it lasts."),
    ("limit-without-number", _N, "A daily limit limits nothing."),
    ("limit-zero", _N, "A daily limit of 0 keeps its procedures out altogether."),
    # model days
    ("cells-overlap", _R, "Two cells share time on one column."),
    ("cell-column-twice", _R, "A cell names a column twice."),
    ("cell-off-grid", _R, "A cell begins or ends between grid steps."),
    ("cell-outside-hours", _R, "A cell lies outside the patient hours of all its dates."),
    ("cell-beyond-hours", _N, "A cell sticks out of the patient hours of all its dates."),
    ("cell-never-usable", _N, "No procedure of the cell's class can sit in its columns."),
    ("quota-twice", _R, "A model day has two quotas for one class."),
    ("quota-target-above-most", _N, "A quota aims at more visits than it takes."),
    ("model-day-twice", _R, "A date or weekday has two model days."),
    ("model-day-closed-date", _N, "A closed date has a model day."),
    ("model-day-unused", _N, "No date or weekday has this model day."),
    ("class-without-cell", _N, "No cell takes a class and no chair time is without cell."),
    # visits
    ("visit-too-short", _A, "A visit's own length cannot hold one grid step per segment."),
    ("length-off-grid", _A, "A visit's own length is not a whole number of grid steps."),
    ("availability-empty", _A, "An available time is empty or reversed."),
    ("wish-empty", _N, "A wished time is empty or reversed."),
    ("earliest-after-latest", _A, "A visit's earliest date is after its latest."),
    ("latest-passed", _A, "A visit's latest date has passed."),
    ("latest-before-horizon", _A, "A visit's latest date is before the first date to fill."),
    ("earliest-after-horizon", _N, "Visits that are not possible before the horizon ends."),
    ("lab-after-latest", _A, "The lab item arrives too late for the latest date."),
    ("clearance-after-latest", _A, "A clearance is expected after the latest date."),
    ("clearance-without-date", _N, "A clearance is missing and no date is known for it."),
    ("treatment-dates", _A, "A treatment is to be completed before it started."),
    ("current-ecd-before-original", _N, "The current completion date is before the original."),
    ("treatment-not-under-way", _N, "Retention or observation visits carry a treatment."),
    ("due-after-latest", _N, "A visit is due after its latest date."),
    ("requested-in-future", _N, "A visit was asked for on a date that has not come."),
    ("patient-in-two-households", _N, "Visits of one patient name different households."),
    ("no-open-date", _A, "No date on which the visit is possible is open."),
    ("longer-than-hours", _A, "No patient hours are long enough for the visit."),
    ("times-never-fit", _A, "The times of day of the procedure never meet patient hours."),
    ("never-supervised", _A, "No doctor is in the office for the length of the visit."),
    ("no-chair-ever", _A, "No chair of the kind is usable for as long as the visit needs."),
    ("no-staff-ever", _A, "Nobody with role and skill is present as long as the visit needs."),
    ("no-doctor-ever", _A, "No doctor is present when the visit needs one."),
    ("no-cell-ever", _A, "No cell or open time that takes the visit is long enough."),
    ("availability-never-open", _A, "The available times never meet patient hours long enough."),
    ("never-all-at-once", _A, "Each need of the visit can be met, never all at one time."),
    ("not-in-this-horizon", _N, "The visit is possible, but not on the dates to fill."),
    # single bookings
    ("booking-too-short", _A, "A booking cannot hold one grid step per segment."),
    ("booking-past-midnight", _A, "A booking ends after midnight."),
    ("booking-in-the-past", _N, "A booking is before the day that counts as now."),
    ("booked-after-date", _N, "A booking was made after its own date."),
    ("booking-off-grid", _K, "A booking's start or length is off the marks or the grid."),
    ("booking-closed-date", _K, "A booking is on a closed date."),
    ("booking-outside-hours", _K, "A booking is outside patient hours."),
    ("booking-outside-times", _K, "A booking is outside the times of day of its procedure."),
    ("booking-outside-shift", _K, "Nobody who could serve a booking is there at its time."),
    ("booking-unsupervised", _K, "No doctor is in the office during a booking that needs one."),
    ("booking-wrong-chair-kind", _K, "A booking is in a chair of the wrong kind."),
    ("booking-in-overflow", _K, "A booking is in an overflow chair that does not take it."),
    ("booking-chair-blocked", _K, "A booking is in a chair while it is out of use."),
    ("booking-without-chair", _N, "A booking has no chair and needs one."),
    ("booking-chair-not-needed", _N, "A booking has a chair and needs none."),
    ("booking-against-visit", _K, "A booking breaks its visit's own dates or available times."),
    ("booking-treatment-dates", _K, "A booked treatment is to be completed before it started."),
    # clashes within the book
    ("book-chair-twice", _K, "Two bookings are in one chair at one time."),
    ("book-doctor-twice", _K, "Bookings need one doctor in two places."),
    ("book-short-of-staff", _K, "More bookings than people to serve them."),
    ("book-patient-twice", _K, "Two bookings of one patient overlap."),
    ("book-over-limit", _K, "The book has more visits than a daily limit allows."),
    ("book-over-quota", _K, "The book has more visits of a class than the model day takes."),
    # policy
    ("weight-unknown-kpi", _R, "A weight is given for a KPI that does not exist."),
    ("weight-negative", _R, "A weight is negative or not a number."),
    ("weight-twice", _R, "A KPI has two weights."),
    ("weight-lost-in-rounding", _R, "A weight is too small to count at all."),
    ("weight-rounded", _N, "A weight is rounded to whole thousandths of a point."),
    ("weights-too-large", _R, "The objective could leave the range of exact whole numbers."),
    ("weights-break-tiers", _R, "The practice's weights let a lower tier outweigh a higher one."),
    ("slot-prices-break-tiers", _R, "Slot prices let a lower tier outweigh a higher one."),
    ("default-weights-break-tiers", _N, "The default weights do not keep the tiers apart here."),
    ("release-class-twice", _R, "A class has two release ladders."),
    ("hour-effect-twice", _R, "An hour of the day has two effects on attendance."),
    ("delay-shares", _R, "The shares of the rebooking delays do not add up to 1."),
    ("no-show-model-off", _N, "The no-show model expects far more or fewer misses than its rate."),
    ("chain-off-grid", _N, "The priced length of a doctor chain is off the grid."),
)

CODES: MappingProxyType[str, Code] = MappingProxyType(
    {code: Code(severity, meaning) for code, severity, meaning in _LIST}
)


def fault(code: str, where: str, cause: str, remedy: str) -> PracticeProblem:
    """A problem under a catalogued code. KeyError on any other."""
    return PracticeProblem(code, where, cause, remedy, CODES[code].severity)
