"""A person's certificates, on their page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from lms.people.models import Person
from lms.people.personal_data import CERTIFICATE
from lms.people.ports import Link, Section


def certificate_sections(person: Person) -> list[Section]:
    """Return the certificates of ours, those under duplicate records among them."""
    rows = [
        (
            Link(row.serial, row.get_absolute_url()),
            row.course_name,
            row.issued_on,
            row.issuer_name,
            str(row.standing.label),
            Link(_("PDF"), reverse("certificate-file", args=[row.public_code])),
        )
        for row in Certificate.objects.of(person).shown().with_standing().order_by("-issued_on", "-pk")
    ]
    headers = [_("Serial number"), _("Course"), _("Issued on"), _("Issued by"), _("Status"), _("File")]
    return [
        Section(
            "certificates",
            _("Certificates"),
            headers,
            rows,
            empty=_("No certificate of ours yet."),
            kind=CERTIFICATE,
        )
    ]
