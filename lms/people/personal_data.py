"""Which personal data is held, why, by what right, who sees it and for how long: a declaration, field by field.

Law 91/2025/QH15 on the protection of personal data and Decree 356/2025/NĐ-CP ask for purpose, basis and retention to be stated.
Each room declares its own models in its `personal_data`; a test fails for a field nobody has declared, and the page
people read (`/my/data/purposes/`) is made from the same declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One class of personal data."""

    code: str
    name: Promise | str
    purpose: Promise | str = ""
    basis: Promise | str = ""
    seen_by: Promise | str = ""
    kept: Promise | str = ""


_STAFF_LAW = _(
    "Duty of the employing agency under the laws on cadres, civil servants and public employees; Decree 27/2026/NĐ-CP"
)
_HR = _("The person; HR officers of the agency and of those above it; auditors")
_SERVICE = _(
    "During service and the years of retention after the last post; then the person is made nameless and the counts stay"
)

IDENTITY = Kind(
    "identity", _("Who you are"), _("To know whose post, course and certificate it is, and that one person counts once"),
    _STAFF_LAW, _("The person; HR officers of the agency and of those above it; auditors. Lists show the number masked"), _SERVICE,
)  # fmt: skip
CONTACT = Kind(
    "contact", _("How you are reached"), _("To sign in and to send the first code and notices"), _STAFF_LAW, _HR, _SERVICE
)  # fmt: skip
ACCOUNT = Kind(
    "account", _("Your account"), _("To let nobody else sign in as you"),
    _("Law on cybersecurity 116/2025/QH15: protection of the system"),
    _("Nobody reads a password or a second factor; administrators see that an account is locked"),
    _("As long as the account is open"),
)  # fmt: skip
CAREER = Kind(
    "career", _("Your service"), _("To count staff by agency on any day and to let the right officers see the right records"),
    _STAFF_LAW, _HR, _("Always, without a name once the person is made nameless: past figures rest on it"),
)  # fmt: skip
TRAINING = Kind(
    "training", _("Your training"), _("To show who is trained, to count the statutory figures and to issue certificates"),
    _STAFF_LAW, _HR, _("Always, without a name once the person is made nameless: past figures rest on it"),
)  # fmt: skip
LEARNING = Kind(
    "learning", _("How you learn"), _("To resume a course where it was left and to grade an exam fairly"), _STAFF_LAW,
    _("The person alone; other agencies never see single marks"), _SERVICE,
)  # fmt: skip
EXAM_TRACE = Kind(
    "exam_trace", _("How you sat exams"),
    _("To let a person see where an exam may not have been sat alone; nothing is decided by it automatically"),
    _STAFF_LAW, _("The person; examiners of the agency that issues the course"),
    _("Device marks and addresses for one year after the exam; what an examiner noted, as long as the exam"),
)  # fmt: skip
CERTIFICATE = Kind(
    "certificate", _("Your certificates"), _("To prove training to anybody; printed and frozen at issue"), _STAFF_LAW,
    _("The person; HR officers; whoever holds the paper sees name and course, never number or birth date"),
    _("As long as the certificate is valid; the holder of a withdrawn one is made nameless with the person"),
)  # fmt: skip
CASE = Kind(
    "case", _("Your part in inspections"), _("To show who decided, inspected, signed and entered what"),
    _("Decree 217/2025/NĐ-CP: the record of an inspection names its officials"),
    _("Whoever may open the case; auditors"), _("With the record of the inspection, as the law on archives says"),
)  # fmt: skip
PARTY = Kind(
    "party", _("Inspected persons and their representatives"), _("To address and to document an inspection"),
    _("Decree 217/2025/NĐ-CP"), _("Whoever may open the case; auditors"),
    _("With the record of the inspection, as the law on archives says"),
)  # fmt: skip
WORK = Kind(
    "work", _("What you did as an official"), _("To know who wrote, approved, imported or asked for something"),
    _("Law on cybersecurity 116/2025/QH15: logging; accountability in office"),
    _("Those who may open the thing itself; auditors"), _("As long as the thing itself; the audit log for at least 12 months"),
)  # fmt: skip
TRACE = Kind(
    "trace", _("Who looked at your record"), _("To let you know and to find misuse"),
    _("Law on the protection of personal data 91/2025/QH15: the person's right to know"),
    _("The person; HR officers; auditors"), _SERVICE,
)  # fmt: skip
PLAIN = Kind("plain", _("Not personal by itself"))

KINDS = (
    IDENTITY,
    CONTACT,
    ACCOUNT,
    CAREER,
    TRAINING,
    LEARNING,
    EXAM_TRACE,
    CERTIFICATE,
    CASE,
    PARTY,
    WORK,
    TRACE,
)


@dataclass
class Declaration:
    """What a model holds: each field's kind; `whole` for a model of another library, whose fields are not ours."""

    label: str
    fields: dict[str, Kind] = field(default_factory=dict)
    whole: Kind | None = None


_declared: dict[str, Declaration] = {}


def declare(label: str, *parts: tuple[Kind, str]) -> None:
    """Declare the fields of a model of ours, by kind: `(IDENTITY, "code full_name")`."""
    fields = {name: kind for kind, names in parts for name in names.split()}
    _declared[label] = Declaration(label, fields)


def declare_whole(label: str, kind: Kind) -> None:
    """Declare a model of another library."""
    _declared[label] = Declaration(label, whole=kind)


def declaration_of(label: str) -> Declaration | None:
    """Return what is declared for a model, None where nobody has."""
    return _declared.get(label)


def declared_labels() -> list[str]:
    """Return every declared model."""
    return sorted(_declared)


def held(kind: Kind) -> Iterator[tuple[str, list[str]]]:
    """Yield, in words, the records and their fields that hold data of this kind."""
    for label in declared_labels():
        declaration, model = _declared[label], apps.get_model(label)
        names = [name for name, found in declaration.fields.items() if found is kind]
        if names:
            yield str(model._meta.verbose_name), [_words(model, name) for name in names]
        elif declaration.whole is kind:
            yield str(model._meta.verbose_name), []


def _words(model: type, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[attr-defined]


declare(
    "people.Person",
    (IDENTITY, "code full_name name_folded name_key birth_date gender merged_into"),
    (CONTACT, "email"),
    (ACCOUNT, "password last_login is_superuser is_active"),
    (PLAIN, "id"),
)
declare("people.PersonName", (IDENTITY, "full_name name_folded name_key"), (PLAIN, "id"))
declare(
    "people.Post",
    (CAREER, "person agency category position rank is_primary valid_from valid_to"),
    (PLAIN, "id"),
)
declare("people.Leave", (CAREER, "person kind valid_from valid_to"), (PLAIN, "id"))
declare(
    "people.Grant", (CAREER, "person role agency valid_from valid_to delegated_from reason"), (PLAIN, "id")
)
declare(
    "people.Approval",
    (WORK, "proposed_by proposed_at decided_by decided_at reason decision_reason"),
    (TRACE, "target_id target_label payload"),
    (PLAIN, "id kind agency expires_at state"),
)
declare(
    "people.AccessEvent",
    (TRACE, "person reader_id reader_name reader_roles reader_agency page at"),
    (PLAIN, "id"),
)
declare(
    "people.CorrectionRequest",
    (IDENTITY, "person field old_value new_value explanation evidence asked_at"),
    (WORK, "answered_by answered_at answer"),
    (PLAIN, "id state"),
)
declare("people.ErasureProposal", (IDENTITY, "person due_on"), (PLAIN, "id proposed_at"))
declare(
    "people.Merger",
    (IDENTITY, "duplicate kept followers reason separation_reason"),
    (WORK, "merged_by_id merged_by_name merged_at separated_by_id separated_by_name separated_at"),
    (PLAIN, "id"),
)
declare(
    "people.DistinctPair",
    (IDENTITY, "first second reason"),
    (WORK, "decided_by_id decided_by_name decided_at"),
    (PLAIN, "id"),
)
declare(
    "people.InvitationRun",
    (WORK, "asked_by asked_at"),
    (ACCOUNT, "person"),
    (PLAIN, "id key agency agency_name way made_at made left_out file_name erased_at"),
)
declare(
    "people.Invitation",
    (ACCOUNT, "person digest made_at expires_at sent_at used_at withdrawn_at"),
    (PLAIN, "id key run"),
)
declare_whole("people.Person_groups", ACCOUNT)
declare_whole("people.Person_user_permissions", ACCOUNT)
for _label in (
    "account.EmailAddress",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
):
    declare_whole(_label, ACCOUNT)
for _label in (
    "wagtailusers.UserProfile", "wagtaildocs.Document", "wagtailimages.Image", "wagtailadmin.EditingSession",
    "wagtailadmin.FormState", "wagtailcore.ModelLogEntry", "wagtailcore.Revision", "wagtailcore.UploadedFile",
    "wagtailcore.WorkflowState", "wagtailcore.TaskState", "wagtailcore.Page", "wagtailcore.PageLogEntry",
    "wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.PageSubscription",
):  # fmt: skip
    declare_whole(_label, WORK)
declare(
    "people.OrganisationChange",
    (
        WORK,
        "prepared_by_id prepared_by_name prepared_at applied_by_id applied_by_name applied_at reversed_by_name reversed_at request record",
    ),
    (PLAIN, "id kind on decree state title title_folded reversal_reason"),
)
declare(
    "base.AuditEvent",
    (
        WORK,
        "actor_id actor_name actor_roles acting_for actor_agency actor_agency_id happened_at action address channel",
    ),
    (TRACE, "target_type target_id target_label old new reason search_text"),
    (PLAIN, "id"),
)
declare(
    "base.ImportRun",
    (WORK, "uploaded_by_id uploaded_by_name uploaded_at confirmed_at applied_at undone_at undo_reason"),
    (IDENTITY, "file file_name report journal"),
    (PLAIN, "id kind sha256 state options digest job"),
)
declare(
    "base.Job",
    (WORK, "asked_by_id"),
    (
        PLAIN,
        "id kind key payload state run_after lease_token lease_until attempts last_error progress_done progress_total result created_at finished_at",
    ),
)
