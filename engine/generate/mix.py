"""How often each procedure occurs: counts of a steady day of about 52 visits.

300 starts a year, 165 patient days, 22-month cases seen every 8 weeks, 60.6 % acceptance, 20 % of
exams to observation and 10 % missed exams give 3.3 exam places and 1.8 starts a day and 21.7
adjustments; the split within a kind of visit is a default of this project. Acceptance and
observation shares: Gaidge, 'Data at a Glance: 10 Essential Metrics for Orthodontic Practice
Growth', gaidge.com, September 2025; days: C. White, 'Key Performance Indicators', Orthotown, April
2018.
"""

DAY_VISITS = 52

STEADY_DAY: dict[str, float] = {
    "NPEX": 3.0,
    "REC": 1.8,
    "CONF": 0.6,
    "SEP": 0.3,
    "BOND": 0.8,
    "BOND2": 0.3,
    "BND1": 0.3,
    "BAND": 0.4,
    "ALDEL": 0.3,
    "ALCHK": 2.0,
    "ADJS": 8.0,
    "ADJR": 8.5,
    "ADJL": 3.0,
    "PROG": 0.6,
    "REPO": 0.6,
    "REP": 2.0,
    "EMG": 1.0,
    "EMGX": 0.2,
    "SCAN": 1.6,
    "FRET": 0.8,
    "DEB": 1.2,
    "DEBR": 0.4,
    "RETD": 1.2,
    "RETC": 3.4,
    "RETCN": 3.6,
    "OBS": 4.0,
    "VIRT": 1.0,
}

AHEAD = {code: share for code, share in STEADY_DAY.items() if code not in ("EMG", "EMGX", "REP")}
"""What is booked weeks ahead: everything but what breaks."""


def counts_of(count: int, shares: dict[str, float]) -> dict[str, int]:
    """`count` visits split by share, by largest remainder, so that small sizes keep the mix."""
    total = sum(shares.values())
    exact = {code: count * share / total for code, share in shares.items()}
    counts = {code: int(value) for code, value in exact.items()}
    rest = count - sum(counts.values())
    for code in sorted(exact, key=lambda code: (counts[code] - exact[code], code))[:rest]:
        counts[code] += 1
    return counts
