"""Reading a practice folder: every fault of every file at once, and the rest loaded."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from engine.files.booking_rows import (
    BOOKING_FILE_COLUMNS,
    BOOKING_FILE_REQUIRED,
    read_bookings,
)
from engine.files.case_types import ImportDefaults
from engine.files.cell_rows import CELL_COLUMNS, CELL_REQUIRED, read_cells
from engine.files.history_rows import HISTORY_COLUMNS, HISTORY_REQUIRED, read_history
from engine.files.import_context import ImportContext
from engine.files.links import settle_links
from engine.files.loaded import DefaultsTally, Loaded, SetAside
from engine.files.practice_reader import PracticeFile, read_practice
from engine.files.rows import Row
from engine.files.semantics import settle_semantics
from engine.files.tables import Table, read_table
from engine.files.visit_rows import VISIT_FILE_COLUMNS, VISIT_FILE_REQUIRED, read_visits
from engine.practice import Booking, Cell, Practice, Problem, Visit
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
