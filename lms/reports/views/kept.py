"""What the pages of both kinds of reports do alike: whose request it is, and sending a file that was kept."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import FileResponse
from django.utils.translation import gettext as _

from lms.base.views.errors import FileGone
from lms.people.models import Person
from lms.reports.models import FrozenReport


def refuse_another_s(reports: type[FrozenReport], key: UUID, person: Person) -> None:
    """Refuse a key under which somebody else asked: raise PermissionDenied."""
    if reports.objects.filter(key=key).exclude(asked_by=person).exists():
        raise PermissionDenied(_("This request belongs to somebody else."))


def send_kept(name: str, shown: str) -> FileResponse:
    """Send a stored file under the name it is shown by; where it is gone, say so in words."""
    if not name or not storages["private"].exists(name):
        raise FileGone(_("The file of this report cannot be found. Please tell the administrator."))
    return FileResponse(storages["private"].open(name), as_attachment=True, filename=shown)
