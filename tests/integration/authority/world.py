"""One small province in which everything asked about stands at one unit."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from certificates.actions.requests import ask_register
from certificates.models import RegisterRequest
from certificates.second_person import propose_withdrawal
from courses.actions import start_attempt
from courses.actions.decisions import Asked, propose_decision
from courses.models import Drift
from inspections.actions.findings import word_finding
from inspections.actions.reconciliation import reconcile
from inspections.actions.word import add_word_template
from inspections.models import Evidence, Holiday, InspectionKind, LegalBasis, WordTemplate
from inspections.rules.reconciling import RegisterLine
from lms.base.actions import enqueue, record_event
from lms.base.dates import today
from lms.base.documents.word import standard_template
from lms.base.jobs import run_due
from lms.base.models import ImportRun
from lms.followup.actions import ask_file
from lms.notices.actions import Message, tell
from lms.notices.models import Notice
from lms.people.actions.accounts import ask_invitations
from lms.people.actions.corrections import ask_correction
from lms.people.actions.delegations import delegate_role
from lms.people.actions.organisation import prepare_change
from lms.people.actions.roles import grant_role
from lms.people.changes.request import Founding, Request
from lms.people.delegation import Delegation
from lms.people.models import Agency, Grant, Person
from lms.people.roles import ROLES
from lms.reports.actions import ask_inspection_report, ask_report
from lms.reports.models import InspectionReport, PeriodReport
from lms.targets.figures import ask
from tests.factories import certificates, courses, inspections
from tests.factories.people import LONG_AGO, agency, person, sign_in
from tests.integration.authority.law import ACTORS, Actor


class World:
    """The objects that addresses name, and a signed-in browser for every actor."""

    def __init__(self) -> None:
        self.province = agency("82", name="Tỉnh Đồng Tháp")
        self.department = agency("SNV", name="Sở Nội vụ", parent=self.province)
        self.unit = agency("SNV.A", name="Phòng A", parent=self.department)
        self.sub_unit = agency("SNV.A.1", name="Tổ 1", parent=self.unit)
        self.sibling = agency("SNV.B", name="Phòng B", parent=self.department)
        self.foreign = agency("79", name="Thành phố khác")
        self.unit_code, self.layout, self.kind, self.step = "SNV.A", "pdf", "staff", "suspend"
        self.data_layout, self.sheet_layout = "json", "csv"
        self.owner = person("Trần Thị Chủ Sở Hữu", agency=self.unit)
        self.newcomer = person("Đỗ Văn Mới Đến", agency=self.unit)
        self.newcomer.set_unusable_password()
        self.newcomer.save()
        self.unit_pk, self.owner_pk, self.newcomer_pk = self.unit.pk, self.owner.pk, self.newcomer.pk
        self._courses()
        self._inspections()
        staff = [actor for actor in ACTORS if actor.role not in ("anonymous", "party")]
        self.people = {actor: self._person(actor) for actor in staff}
        self.browsers = {actor: self._browser(actor) for actor in ACTORS}
        self._changes()
        self._papers()
        self._decisions()

    def _courses(self) -> None:
        self.course_row = courses.ready_course("DS900")
        self.course_row.agency = self.unit
        self.course_row.save()
        self.bank, self.bank_layout = self.course_row.exam.bank_id, "gift"
        self.course, self.course_slug = self.course_row.pk, "ds900"
        page = courses.CoursePage.objects.get(course=self.course_row)
        enrolment = courses.enrolled(self.owner, self.course_row, lessons_done=True)
        lesson = courses.lessons(page)[0]
        self.lesson, self.lesson_slug, self.position = lesson.pk, lesson.slug, 1
        attempt = start_attempt(enrolment=enrolment, by=self.owner)
        self.attempt, self.enrolment, self.exam = attempt.key, enrolment.pk, attempt.exam_id
        self.flag = attempt.flags.create(signal="focus_lost", facts={"times": 5}).pk
        self.attempt = attempt.key
        self.upload = courses.handed_in(attempt)
        self.question = self.course_row.exam.bank.questions.first().pk
        activity = courses.activity("Hoạt động")
        self.activity, self.library = activity.pk, activity.library_id
        of = certificates.course("DS901", issuer=self.unit, hours=Decimal(8))
        self.certificate_row = certificates.certificate(self.owner, of, agency=self.unit)
        self.certificate_code = self.certificate_row.public_code
        self.credential_list = self.certificate_row.credential.list_number
        self.credential_key = self.certificate_row.credential.key.rsplit("/", 1)[-1]
        self.course_code, self.course_version = of.code, self.certificate_row.course_version or 0
        self.serial = self.certificate_row.serial
        self.completion = self.certificate_row.completion_id
        seen = timezone.now()
        self.drift = Drift.objects.create(
            kind="finished", record="courses.Enrolment", record_id=str(enrolment.pk), person=self.owner,
            stored="–", derived="x", found_at=seen, seen_at=seen,
        ).pk  # fmt: skip

    def _inspections(self) -> None:
        secretary = person("Lê Minh Thư", agency=self.unit)
        self.head = head = person("Nguyễn Văn Giám", agency=self.unit, role="agency_head")
        inspector = person("Phạm Mở", agency=self.unit, role="inspector")
        opener = inspections.Cast(self.unit, head, inspector, secretary)
        self.planned = inspections.opened(opener, decision_no="1/QĐ").pk
        who = inspections.Cast(self.unit, head, self.owner, secretary)
        case = inspections.opened(opener, decision_no="2/QĐ", parties=[OTHER_PARTY])
        places = [
            inspections.decision.Place(self.owner, "LEADER"),
            inspections.decision.Place(secretary, "SECRETARY"),
        ]
        inspections.decision.form_team(by=inspector, inspection=case, places=places)
        inspections.course.announce(by=self.owner, inspection=case, announced_on=today())
        subject = case.subjects.get()
        inspections.send_sheet(who, subject)
        inspections.write(who, subject)
        paper = inspections.Paper(
            "7/CV", today(), SimpleUploadedFile("cv.pdf", b"%PDF-1.7", content_type="application/pdf")
        )
        inspections.course.hand_over(
            by=head, inspection=case, reason="Lý do", recipient="Công an tỉnh", paper=paper
        )
        self.entry = case.entries.last().pk
        signed = inspections.signed(who, case, "de-cuong-bao-cao", outline="1. Tình hình")
        draft = inspections.drafted(who, case, "quyet-dinh-kiem-tra")
        self.document, self.draft, self.case_code = signed.pk, draft.pk, case.code
        self.word_template = word_template(head, self.unit).pk
        # A return asks for its reason: nothing changes while the matrix only knocks.
        self._collection(who, subject)
        self.document_type, self.document_act = "quyet-dinh-kiem-tra", "return"
        self.case, self.subject, self.version = case.pk, subject.pk, inspections.version().pk
        self.subject_name, self.case_leader = OTHER_PARTY.name, self.owner.full_name
        sheet_file = inspections.version().sheet  # the migrated template keeps rows, not files
        if not sheet_file.storage.exists(sheet_file.name):
            sheet_file.storage.save(sheet_file.name, ContentFile(b"x"))
        self.sheet = subject.records.get().pk
        self.party = subject.subject_id
        self.other_party = inspections.Subject.objects.exclude(pk=self.party).first().pk
        self.basis = LegalBasis.objects.first().pk
        self.holiday = Holiday.objects.first().pk
        self.inspection_kind = InspectionKind.objects.first().pk
        self.override = inspections.once_a_year.ask_second_inspection(
            by=head,
            subject=subject.subject,
            lead=self.unit,
            field="Khác",
            year=today().year,
            signs="Dấu hiệu",
            reason="Lý do",
            evidence=inspections.photo(),
        ).pk
        self.evidence = Evidence.objects.filter(subject=subject).first().pk
        line = RegisterLine(2, "9/QĐ-SNV", today(), "Quyết định kiểm tra công vụ")
        made = reconcile(
            by=inspector, agency=self.unit, period=(today(), today() + timedelta(days=1)), lines=[line],
            file_name="Sổ đi Phòng A.csv", content=b"x",
        )  # fmt: skip
        self.reconciliation, self.register_name = made.pk, "Phòng A"
        self.register_entry = made.entries.get().pk
        self._findings(opener, who)
        self._plans(opener)
        self._notices()

    def _notices(self) -> None:
        self.notice_words = "Thời hạn kín của hồ sơ"
        tell(messages=[Message(self.owner, "matrix", self.notice_words)])
        self.notice = Notice.objects.get(person=self.owner).pk

    def _plans(self, who: inspections.Cast) -> None:
        draft = inspections.plan_draft(who, year=2031, title="Kế hoạch kín của Phòng A")
        self.plan, self.plan_title, self.plan_line = draft.plan_id, draft.title, draft.lines.get().pk
        approved = inspections.approved_plan(who, year=2030)
        # A number without its shape is refused: nothing changes while the matrix only knocks.
        self.approved_plan, self.plan_act = approved.plan_id, "publish"
        self.approved_line = approved.lines.get().pk

    def _collection(self, who: inspections.Cast, subject: inspections.InspectedSubject) -> None:
        wanted = inspections.collection.Wanted("Hồ sơ cấp độ")
        self.draft_request = inspections.requested(who, subject, wanted).pk
        self.asked_item = inspections.handed_over(who, subject, wanted).items.get().pk
        self.received = inspections.papers(who, subject, file=inspections.photo()).pk

    def _findings(self, opener: inspections.Cast, who: inspections.Cast) -> None:
        body = inspections.decision.Party("CQNN", "CQ-1", "Cơ quan được kiểm tra")
        neighbour = inspections.decision.Party("CQNN", "CQ-2", "Cơ quan bên cạnh")
        case = inspections.opened(opener, decision_no="3/QĐ", parties=[body, neighbour])
        places = [inspections.decision.Place(self.owner, "LEADER")]
        inspections.decision.form_team(by=opener.leader, inspection=case, places=places)
        inspections.course.announce(by=self.owner, inspection=case, announced_on=today())
        subject, beside = case.subjects.all()
        self._portal(inspections.Cast(self.unit, self.head, self.owner, self.owner), subject, beside)
        inspections.send_sheet(who, subject, inspections.sheet_xml({"sao_luu_kq": "chua_dat"}), by=self.owner)
        inspections.write(who, subject, by=self.owner)
        inspections.minutes.lock_minutes(by=self.owner, subject=subject)
        word_finding(by=self.owner, finding=subject.findings.get(), about_skills=True)
        remedy = inspections.remedy_of(case, by=self.owner, what=REMEDY)
        self.remedy_evidence = inspections.bring(remedy, by=self.owner).pk
        inspections.remedies.hand_in(by=self.owner, remedy=remedy)
        self.found, self.found_subject = case.pk, subject.pk
        self.finding, self.remedy = remedy.finding_id, remedy.pk
        self.remedy_step, self.remedy_words = "send-back", REMEDY

    def _portal(self, who: inspections.Cast, subject: Any, beside: Any) -> None:
        asked = inspections.handed_over(who, subject, inspections.collection.Wanted("Quy chế"))
        self.party_request, self.party_document = asked.pk, asked.document_id
        self.party_item = asked.items.get().pk
        self.party_received = inspections.papers(who, subject, file=inspections.photo()).pk
        invited = inspections.invited(who, subject, email="moi@songtien.example")
        self.party_token = invited.token
        self.access = inspections.invited(who, subject).access.pk
        self.party_cookies = {
            "own": inspections.cookie_of(who, subject),
            "beside": inspections.cookie_of(who, beside),
        }

    def _changes(self) -> None:
        on = date(2027, 1, 1)
        rename = Request("rename", on, "1/QĐ", (self.unit.pk,), name="Phòng Mới")
        parts = tuple(
            Founding(f"SNV.A{part}", f"Phòng A{part}", "province", parent_id=self.unit.pk) for part in (1, 2)
        )
        apart = Request("split", on, "2/QĐ", (self.unit.pk,), founded=parts, successors=(-1, -2))
        self.change = prepare_change(request=rename, by=self.owner).pk
        self.split = prepare_change(request=apart, by=self.owner).pk

    def _papers(self) -> None:
        officer = self.people[Actor("hr_officer", "own")]
        letters, _job = ask_invitations(agency=self.unit, agency_name="Phòng A", way="letter", by=officer)
        self.letters = letters.key
        self.correction = ask_correction(
            person=self.owner,
            field="email",
            new_value="moi@songtien.example",
            explanation="",
            evidence=SimpleUploadedFile("a.pdf", b"%PDF-"),
            by=self.owner,
        ).pk
        self.national_file = ask_file(by=officer).pk
        run = ImportRun(
            kind="staff",
            file_name="a.csv",
            sha256="0" * 64,
            state="checked",
            report={"problems": [], "preview": []},
            uploaded_by_id=str(officer.pk),
        )
        run.file.save("a.bin", ContentFile(b"x"))
        self.run = run.pk
        self.key = str(uuid.uuid4())
        self.report = uuid.uuid4()
        ask_report(key=self.report, question=ask(codes=["SNV.A"], as_of=date(2026, 1, 31)), by=self.owner)
        self.cases_report, self.cases_key = uuid.uuid4(), str(uuid.uuid4())
        ask_inspection_report(
            key=self.cases_report, question=ask(codes=["SNV.A"], as_of=date(2026, 1, 31)), by=self.owner
        )
        run_due()
        assert PeriodReport.objects.get(key=self.report).is_made
        assert InspectionReport.objects.get(key=self.cases_report).is_made
        self._ask_the_register()
        with transaction.atomic():
            self.job = enqueue(kind="none.such", key="1", by=self.owner).pk
        self.grant = Grant.objects.filter(role="inspector").first().pk

    def _ask_the_register(self):
        self.register_request, self.first_file = uuid.uuid4(), 0
        days = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
        ask_register(
            key=self.register_request, wish="book", agency_id=self.unit.pk, name="A", by=self.head, **days
        )
        run_due()
        assert RegisterRequest.objects.get(key=self.register_request).made_at

    def _decision_about_training(self) -> None:
        uncertified = certificates.completion(
            self.owner, certificates.course("DS903", issuer=self.unit), agency=self.unit
        )
        asked = Asked("hours", hours=Decimal(4), file=SimpleUploadedFile("a.pdf", b"%PDF-"))
        officer = self.people[Actor("provincial_hr", "own")]
        proposed = propose_decision(completion=uncertified, asked=asked, reason="Đếm nhầm", by=officer)
        self.decided, self.sha256 = uncertified.pk, proposed.payload["file_sha256"]

    def _decisions(self) -> None:
        """The owner, without a right of their own any more, has proposed and delegated."""
        self._decision_about_training()
        held = grant_role(
            person=self.owner, role="agency_head", agency=self.unit, valid_from=LONG_AGO, by=None
        )
        facts = {"mode": "from_date", "on": today(), "reason": "Thi hộ"}
        self.own_approval = propose_withdrawal(certificate=self.certificate_row, by=self.owner, **facts).pk
        other = certificates.certificate(self.newcomer, certificates.course("DS902", issuer=self.unit))
        self.approval = propose_withdrawal(certificate=other, by=self.head, **facts).pk
        colleague = person("Hà Thị Thay", agency=self.unit)
        asked = Delegation(held, colleague, None, today(), today() + timedelta(days=5))
        self.delegation = delegate_role(asked=asked, reason="Nghỉ phép", by=self.owner).pk
        with transaction.atomic():
            event = record_event(
                by=self.owner, action="courses.enrol", target=self.course_row, reason="Sự việc kín"
            )
        self.event, self.audited = event.pk, "Sự việc kín"
        Grant.objects.filter(pk=held.pk).update(valid_to=today())

    def _browser(self, actor: Actor) -> Client:
        client = Client(raise_request_exception=False)
        if actor.role == "anonymous":
            return client
        if actor.role == "party":
            client.cookies["party"] = self.party_cookies[actor.place]
            return client
        return sign_in(client, self.people[actor])

    def _person(self, actor: Actor) -> Person:
        if actor.role == "owner":
            return self.owner
        at = self._place(actor.place)
        who = person(f"Người {actor}", agency=at)
        if actor.role in ROLES:
            ends = today() if actor.place == "nobody" else None
            unit = self.unit if actor.place == "nobody" else at
            grant_role(person=who, role=actor.role, agency=unit, valid_from=LONG_AGO, valid_to=ends, by=None)
        return who

    def _place(self, place: str) -> Agency | None:
        places = {
            "own": self.unit,
            "parent": self.department,
            "child": self.sub_unit,
            "sibling": self.sibling,
            "foreign": self.foreign,
        }
        return places.get(place)

    def named(self, name: str) -> Any:
        """Return the object an address names."""
        return getattr(self, name)

    def words(self, text: str) -> str:
        """Return a text with the world's own values in it."""
        return text.format(
            unit=self.unit_code,
            serial=self.serial,
            subject_name=self.subject_name,
            key=self.key,
            cases_key=self.cases_key,
            owner=self.owner.full_name,
            case_leader=self.case_leader,
            plan_title=self.plan_title,
            notice_words=self.notice_words,
            newcomer=self.newcomer.full_name,
            remedy_words=self.remedy_words,
            register_name=self.register_name,
            case_code=self.case_code,
            audited=self.audited,
        )


def word_template(by: Person, agency: Agency) -> WordTemplate:
    """Return a Word template of the agency."""
    file = SimpleUploadedFile("mau.docx", standard_template())
    return add_word_template(by=by, agency=agency, type="quyet-dinh-kiem-tra", file=file)


REMEDY = "Khôi phục thử bản sao lưu kín"
OTHER_PARTY = inspections.decision.Party("DN", "1200987654", "Công ty Trách nhiệm Bí Mật")
