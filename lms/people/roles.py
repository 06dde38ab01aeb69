"""Roles in plain words. The same text stands on the screen, in the admin and in the manual."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """What somebody may do, and whether only in an agency and below."""

    code: str
    name: Promise
    paragraph: Promise
    permissions: frozenset[str]
    scoped: bool = True
    delegable: bool = True


def _role(
    code: str,
    name: Promise,
    paragraph: Promise,
    *permissions: str,
    scoped: bool = True,
    delegable: bool = True,
) -> Role:
    return Role(code, name, paragraph, frozenset(permissions), scoped, delegable)


HR = ("people.view", "people.import", "training.import", "targets.view", "targets.lists", "certificates.view")

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "hr_officer",
            _("HR officer of a unit"),
            _(
                "Keeps the staff list of one agency and those below it, imports staff, leave and training, and sees"
                " who is trained and who is missing there. Sees nobody outside."
            ),
            *HR,
        ),
        _role(
            "provincial_hr",
            _("Provincial HR officer"),
            _(
                "Keeps agencies and staff of the whole province, carries out mergers, splits and renamings,"
                " verifies training done elsewhere, withdraws certificates and examines."
            ),
            *HR,
            "agencies.import",
            "agencies.change",
            "people.erase",
            "training.verify",
            "certificates.revoke",
            "courses.examine",
        ),
        _role(
            "author",
            _("Course author"),
            _(
                "Writes courses, lessons and questions, previews and publishes them. Sees no learner's results."
            ),
            "courses.author",
            scoped=False,
            delegable=False,
        ),
        _role(
            "trainer",
            _("Trainer"),
            _(
                "Teaches classes of the agency and signs who attended. Examines in the agency's courses: extra time,"
                " what was noticed about attempts, supervised re-sits; with a second person more attempts and"
                " attempts opened again."
            ),
            "courses.train",
            "courses.examine",
        ),
        _role(
            "inspector",
            _("Inspector or team leader"),
            _(
                "Opens and runs the inspections led by the agency: decision, announcement, checklist, minutes, result."
            ),
            "inspections.view",
            "inspections.run",
            "inspections.import",
        ),
        _role(
            "agency_head",
            _("Head of an agency"),
            _(
                "Signs decisions and results, sees the agency's figures and lists, and may withdraw certificates."
            ),
            "inspections.view",
            "inspections.sign",
            "targets.view",
            "targets.lists",
            "certificates.view",
            "certificates.revoke",
        ),
        _role(
            "registry_clerk",
            _("Registry clerk"),
            _("Gives documents their numbers and registers inspections done on paper."),
            "inspections.view",
            "inspections.register",
            "inspections.import",
        ),
        _role(
            "auditor",
            _("Auditor"),
            _("Reads everything, writes nothing."),
            "people.view",
            "targets.view",
            "targets.lists",
            "inspections.view",
            "certificates.view",
            "audit.view",
            delegable=False,
        ),
        _role(
            "administrator",
            _("Administrator"),
            _(
                "Runs the system: grants roles, approves H5P libraries, watches jobs. Sees no personal records"
                " by default."
            ),
            "system.run",
            "people.grant",
            "courses.author",
            "courses.approve_library",
            scoped=False,
            delegable=False,
        ),
    )
}


def permissions_of(role_code: str) -> frozenset[str]:
    """Return what a role may do; a role that no longer exists may do nothing."""
    role = ROLES.get(role_code)
    return role.permissions if role else frozenset()
