"""Fingerprints: two questions or schedules are the same where every field is."""

from hashlib import sha256

from pydantic import BaseModel


def digest_of(model: BaseModel) -> str:
    """SHA-256 of the JSON of a problem or schedule, fields in the order of their types."""
    return sha256(model.model_dump_json().encode("utf-8")).hexdigest()
