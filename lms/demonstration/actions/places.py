"""Finding the agencies of today by their codes."""

from lms.base.dates import today
from lms.people.models import Agency
from lms.people.organisation import code_bearer


def agency_of(code: str) -> Agency:
    """Return who bears the code today. Raises LookupError where the sheet of agencies was changed by hand."""
    agency = code_bearer(code, today())
    if agency is None:
        raise LookupError(f"No agency bears the code {code} today.")
    return agency
