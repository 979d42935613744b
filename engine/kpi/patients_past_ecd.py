"""Expected number of patients who finish after their completion date."""

from engine.kpi.filled import Filled
from engine.kpi.personal import personal_sum


def quanta(filled: Filled) -> int:
    """Ten-thousandths of a patient."""
    return personal_sum(filled, "patients_past_ecd")
