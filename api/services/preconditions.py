"""If-Match after RFC 9110: act only on the state that the caller has seen.

R. Fielding, M. Nottingham, J. Reschke (editors), "HTTP Semantics", RFC 9110, 2022, section 13.
"""

from sqlalchemy import RowMapping

from api.services.view import etag_of
from api.wire.etags import names
from api.wire.refusal import Refusal


def demand_match(row: RowMapping, if_match: str | None) -> None:
    """Refusal (412) where the run has changed since the caller looked."""
    if if_match is not None and not names(if_match, etag_of(row)):
        raise Refusal(412, "changed", "The run has changed since you looked; look again.")
