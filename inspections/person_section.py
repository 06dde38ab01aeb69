"""The inspections somebody took part in: for their own eyes, a case is nobody else's business."""

from django.utils.translation import gettext as _

from inspections.models import TeamMember
from lms.people.models import Person
from lms.people.personal_data import CASE
from lms.people.ports import Section
from lms.people.records import same_person


def team_sections(person: Person) -> list[Section]:
    """Return the person's duties in inspection teams."""
    places = TeamMember.objects.filter(same_person(person)).select_related("inspection").order_by("-pk")
    rows = [(row.inspection.code, row.get_duty_display(), row.name, row.title) for row in places]
    headers = [_("Inspection"), _("Duty"), _("Name at that time"), _("Position and agency at that time")]
    return [
        Section("teams", _("Inspections taken part in"), headers, rows, empty=_("None."), own=True, kind=CASE)
    ]
