"""How the visits of each kind usually split into procedures, by the codes of the catalogue.

Chosen so that 300 starts a year in 165 days, seen every eight weeks for 22 months, are a day of 52
visits: a default of this project. A practice's own `mix`, or its history, stands above it.
"""

from engine.model_day.goals import Driver, Goals, Mix
from engine.practice import Practice

_TABLE = """
NPEX exam 1        REC start 0.99      CONF start 0.33    BOND start 0.715   BND1 start 0.165
BAND start 0.22    ALDEL start 0.165   REPO start 0.33    ALCHK adjustment 0.0923
ADJS adjustment 0.3692   ADJR adjustment 0.3923   ADJL adjustment 0.1385
REP repair 1       EMG emergency 1     SCAN debond 0.88   FRET debond 0.495  DEB debond 0.935
RETD debond 0.935  RETC retention 0.77 OBS observation 1
"""

_WORDS = _TABLE.split()
DEFAULT_MIX: tuple[Mix, ...] = tuple(
    Mix(procedure=code, driver=Driver(driver), share=float(share))
    for code, driver, share in zip(_WORDS[::3], _WORDS[1::3], _WORDS[2::3], strict=True)
)


def mix_of(goals: Goals, practice: Practice) -> tuple[Mix, ...]:
    """The mix stated, else the default one; only procedures that the practice has, in its order."""
    stated = {mix.procedure: mix for mix in goals.mix or DEFAULT_MIX}
    codes = (procedure.code for procedure in practice.procedures)
    return tuple(stated[code] for code in codes if code in stated)
