"""A typed client of the service: `ModelDay("http://127.0.0.1:8000")`."""

from api.client.client import ModelDay
from api.client.errors import ServiceError
from api.client.tagged import Tagged

__all__ = ["ModelDay", "ServiceError", "Tagged"]
