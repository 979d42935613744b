"""What has to hold before anything is done: the key's scope, and the state that was seen.

If-Match is that of R. Fielding, M. Nottingham, J. Reschke (editors), "HTTP Semantics", RFC 9110,
2022, section 13.
"""

from sqlalchemy import RowMapping

from api.services.view import etag_of
from api.store.callers import Caller, Scope
from api.wire.etags import names
from api.wire.refusal import Refusal


def demand_scope(caller: Caller, scope: Scope) -> None:
    """Refusal (403) where the caller's key may not do that."""
    if scope not in caller.scopes:
        raise Refusal(403, "scope", f"The key needs the scope `{scope.value}`.")


def demand_match(row: RowMapping, if_match: str | None) -> None:
    """Refusal (412) where the run has changed since the caller looked."""
    if if_match is not None and not names(if_match, etag_of(row)):
        raise Refusal(412, "changed", "The run has changed since you looked; look again.")
