"""The proof runs where there is no solver."""

import subprocess
import sys


def test_verifying_loads_no_solver() -> None:
    script = (
        "import sys, engine.certificate.verify, engine.certificate.certificate_json; "
        "print([name for name in ('ortools', 'engine.solver', 'scipy') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
