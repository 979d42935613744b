"""certificate.json: one document without line breaks, since prices are many."""

from pathlib import Path

from engine.certificate.certificate import Certificate
from engine.files.atomic import write_text
from engine.files.problem_json import read_model

CERTIFICATE_FILE = "certificate.json"


def read_certificate(path: str | Path) -> Certificate:
    """A certificate from its file. PracticeProblemsError with every fault of the file."""
    return read_model(Path(path), Certificate)


def write_certificate(certificate: Certificate, path: str | Path) -> None:
    """Write the file whole or not at all. Reading it gives an equal certificate."""
    write_text(Path(path), certificate.model_dump_json() + "\n")
