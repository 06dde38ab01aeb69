"""What is frozen with the number: everything the paper prints and everything it stands on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from certificates import facts as plain
from certificates.documents import Look, Paper, Signer
from certificates.models import Certificate, TemplateUse, TemplateVersion
from certificates.rules import RULE_VERSION, issuer_of
from certificates.states import Superior
from courses.models import Completion, Course
from lms.base.dates import local_date
from lms.people.models import Grant, Person, Post
from lms.people.organisation import history

# Printed on paper: Vietnamese whatever language the worker speaks.
SALUTATIONS = {Person.Gender.MALE: "Ông", Person.Gender.FEMALE: "Bà"}
FORMS = {
    Course.Form.REMOTE: "Từ xa",
    Course.Form.CLASSROOM: "Tập trung",
    Course.Form.BLENDED: "Bán tập trung",
}
PASSED = "Đạt"
COMPLETION_FACTS = (
    "person_name",
    "course_code",
    "course_version",
    "course_name",
    "hours",
    "started_on",
    "completed_on",
    "valid_until",
    "source",
    "agency_code",
    "agency_name",
    "post_category",
    "post_position",
)


class NotIssued(Exception):
    """A certificate cannot be issued, and the sentence says why."""


def frozen_columns(completion: Completion, instant: datetime) -> dict[str, Any]:
    """Return the columns of the certificate that a completion earns. Raises NotIssued."""
    on = local_date(instant)
    course, person = completion.course, completion.person.canonical
    assert course is not None  # noqa: S101 (rules.earns has seen it)
    issuer = _issuer_columns(completion, on)
    version = template_version(course, issuer["issuer_id"], on)
    return {
        **issuer,
        "superior_name": _superior(version, issuer["superior_name"]),
        "template_version": version,
        "kind": course.certificate_kind,
        "issued_at": instant,
        "issued_on": on,
        "person": completion.person,
        "person_name": completion.person_name or person.full_name,
        "salutation": SALUTATIONS.get(Person.Gender(person.gender), "") if person.gender else "Ông/Bà",
        "birth_date": person.birth_date,
        "position": completion.post_position,
        "agency_name": completion.agency_name,
        "course_code": completion.course_code,
        "course_version": completion.course_version,
        "course_name": completion.course_name,
        "hours": completion.hours,
        "form": FORMS[Course.Form(course.form)],
        "started_on": completion.started_on,
        "completed_on": completion.completed_on,
        "valid_until": completion.valid_until,
        "result": _result(completion),
        "rule_version": RULE_VERSION,
        "evidence_sha256": evidence_sha256(completion),
    }


def freeze(certificate: Certificate) -> None:
    """Write into a numbered certificate the record of all it prints and stands on, and its hash."""
    version = certificate.template_version
    assert version is not None  # noqa: S101 (frozen_columns has chosen one)
    signers = signing(version, certificate.issuer_id, certificate.issued_on)
    first: dict[str, Any] = signers[0] if signers else {"lines": [], "name": ""}
    certificate.signer_title, certificate.signer_name = " ".join(first["lines"])[:200], first["name"]
    certificate.facts = _facts_of(certificate, version, signers)
    certificate.facts_sha256 = plain.sha256(certificate.facts)


def template_version(course: Course, issuer_id: int, on: date) -> TemplateVersion:
    """Return the newest published version of the template in use, else of the kind's default. Raises NotIssued."""
    kind = course.certificate_kind
    use = TemplateUse.objects.on(on).fitting(course=course.pk, agency=issuer_id, kind=kind).first()
    found = TemplateVersion.objects.published()
    found = (
        found.filter(template=use.template_id)
        if use
        else found.filter(template__kind=kind, template__is_default=True)
    )
    version = found.select_related("template").first()
    if version is None:
        raise NotIssued(
            _("Course %(course)s has no published certificate template.") % {"course": course.code}
        )
    return version


def evidence_sha256(completion: Completion) -> str:
    """Return the hash of what the completion stands on."""
    return plain.sha256(completion.evidence)


def paper_of(certificate: Certificate) -> Paper:
    """Return what the certificate prints, as it was frozen with its number."""
    facts = certificate.facts
    issuer, person, course = facts["issuer"], facts["person"], facts["course"]
    return Paper(
        kind=facts["kind"],
        superior=issuer["superior"],
        issuer=issuer["name"],
        place=issuer["place"],
        issued_at=_instant(facts["issued_at"]),
        issued_on=_day(facts["issued_on"]),
        salutation=person["salutation"],
        name=person["name"],
        birth_date=_optional_day(person["birth_date"]),
        position=person["position"],
        agency=person["agency"],
        course=course["name"],
        hours=Decimal(course["hours"]),
        form=course["form"],
        started_on=_optional_day(course["started_on"]),
        completed_on=_day(course["completed_on"]),
        result=course["result"],
        signer_title=certificate.signer_title,
        signer_name=certificate.signer_name,
        serial=facts["serial"],
        register_number=facts["register_number"],
        address=facts["address"],
        course_code=course["code"],
        valid_until=_optional_day(facts["valid_until"]),
        short_code=facts["short_code"],
        signers=tuple(Signer(tuple(one["lines"]), one["name"]) for one in facts["signers"]),
        look=look_of(certificate.template_version) if certificate.template_version else None,
    )


def look_of(version: TemplateVersion) -> Look:
    """Return how a version makes a certificate look."""
    return Look(
        title=version.title,
        wording=version.wording,
        title_en=version.title_en,
        wording_en=version.wording_en,
        language=version.language,
        paper=version.paper,
        ground=version.ground,
        hidden=tuple(version.hidden),
        logo=bytes(version.logo),
    )


def signing(version: TemplateVersion, issuer_id: int, on: date) -> list[dict[str, Any]]:
    """Return who signs, as the template says; whom it does not name is the head of the agency on the day."""
    title, name = head_of(issuer_id, on)
    return [
        {
            "lines": [
                line
                for line in (f"{one.authority} {one.body}".strip(), one.title or ("" if one.name else title))
                if line
            ],
            "name": one.name or name,
        }
        for one in version.signers.all()
    ]


def _facts_of(row: Certificate, version: TemplateVersion, signers: list[dict[str, Any]]) -> dict[str, Any]:
    completion = row.completion
    return {
        "schema": plain.SCHEMA,
        "serial": row.serial,
        "register_number": row.register_number,
        "kind": row.kind,
        "short_code": row.short_code,
        "address": row.address,
        "issued_at": row.issued_at.isoformat(),
        "issued_on": row.issued_on.isoformat(),
        "valid_until": _said(row.valid_until),
        "issuer": {
            "code": row.issuer_code,
            "name": row.issuer_name,
            "superior": row.superior_name,
            "place": row.place_name,
        },
        "signers": signers,
        "person": {
            "salutation": row.salutation,
            "name": row.person_name,
            "birth_date": _said(row.birth_date),
            "position": row.position,
            "agency": row.agency_name,
        },
        "course": {
            "code": row.course_code,
            "version": row.course_version,
            "name": row.course_name,
            "hours": f"{row.hours:f}",
            "form": row.form,
            "started_on": _said(row.started_on),
            "completed_on": row.completed_on.isoformat(),
            "result": row.result,
        },
        "template": {"code": version.template.code, "version": version.number, "sha256": version.sha256},
        "rule_version": row.rule_version,
        "evidence": {
            "completion": completion.pk,
            "sha256": row.evidence_sha256,
            "manifest": plain.manifest(completion_facts(completion), completion.evidence),
        },
        "replaces": row.replaces.serial if row.replaces else None,
    }


def completion_facts(completion: Completion) -> dict[str, Any]:
    """Return the frozen columns of the completion as they are hashed into the manifest."""
    return {name: _said(getattr(completion, name)) for name in COMPLETION_FACTS}


def _superior(version: TemplateVersion, of_the_day: str) -> str:
    if version.superior == Superior.OF_THE_DAY:
        return of_the_day
    return version.superior_words if version.superior == Superior.GIVEN else ""


def _issuer_columns(completion: Completion, on: date) -> dict[str, Any]:
    known = history()
    issuer_id = issuer_of(completion, on, known)
    period = known.period(issuer_id, on) if issuer_id else None
    if issuer_id is None or period is None:
        raise NotIssued(
            _("Course %(course)s has no issuing agency, and the person's agency on that day is not known.")
            % {"course": completion.course_code}
        )
    superior_id = known.on(on).parent(issuer_id)
    return {
        "issuer_id": issuer_id,
        "issuer_code": period.code,
        "issuer_name": period.name,
        "superior_name": known.name(superior_id, on) if superior_id else "",
        "place_name": period.place_name,
    }


def head_of(issuer_id: int, on: date) -> tuple[str, str]:
    """Return post and name of the issuing agency's head on the day; empty where none is known."""
    held = Grant.objects.own().on(on).filter(role="agency_head", agency=issuer_id, person__is_active=True)
    grant = held.select_related("person").order_by("valid_from", "pk").first()
    if grant is None:
        return "", ""
    post = Post.objects.primary_of(grant.person, on)
    return (post.position if post else ""), grant.person.full_name


def _result(completion: Completion) -> str:
    score = str(completion.evidence.get("score") or "")
    if not score:
        return PASSED
    shown = score.rstrip("0").rstrip(".") if "." in score else score
    return f"{PASSED} ({shown.replace('.', ',')}/100 điểm)"


def _said(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def _instant(text: str) -> datetime:
    found = parse_datetime(text)
    assert found is not None  # noqa: S101 (written by _facts_of)
    return found


def _day(text: str) -> date:
    found = parse_date(text)
    assert found is not None  # noqa: S101 (written by _facts_of)
    return found


def _optional_day(text: str | None) -> date | None:
    return _day(text) if text else None
