"""Jobs about accounts: codes for a unit, letters erased, messages sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lms.base.dates import today
from lms.base.jobs import Running, handles
from lms.base.models import Job
from lms.people.actions.accounts import ERASE, INVITE, NOTICE, VALID_FOR, finish_run, invite
from lms.people.models import Invitation, InvitationRun, Person
from lms.people.organisation import Organisation
from lms.people.sign_in.letters import Letter, letters_pdf
from lms.people.sign_in.messages import send_invitation, send_notice_mail
from lms.people.sign_in.newcomers import people_of_run
from lms.people.sign_in.sealing import new_code, seal


@handles(INVITE, long=True)
def make_invitations(run: Running) -> None:
    """Make the codes of a unit and bring them on their way; a run that is made is left as it is."""
    asked = InvitationRun.objects.select_related("asked_by").get(pk=run.payload["run"])
    result = {"url": reverse("account-run", args=[asked.key])}
    if asked.made_at:
        with run.finish(result=result):
            return
    people = people_of_run(asked)
    run.progress(0, len(people) or 1)
    if asked.way == InvitationRun.Way.LETTER:
        _letters(run, asked, people, result)
    else:
        _mails(run, asked, people, result)


def _letters(run: Running, asked: InvitationRun, people: list[Any], result: dict[str, str]) -> None:
    codes = [new_code() for _person in people]
    name = ""
    if people:
        pdf = _paper(asked, people, codes)
        run.progress(len(people), len(people))
        name = storages["private"].save(f"letters/{asked.key}.bin", ContentFile(seal(pdf)))
    with run.finish(result=result):
        invite(run=asked, people=people, codes=codes)
        finish_run(run=asked, made=len(people), left_out=0, file_name=name)


def _paper(asked: InvitationRun, people: list[Any], codes: list[str]) -> bytes:
    tree = Organisation.on(today())
    letters = [
        Letter(
            name=person.full_name,
            masked_number=person.masked_code,
            position=person.position or "",
            unit=tree.name(person.unit_id) if person.unit_id else asked.agency_name,
            code=code,
        )
        for person, code in zip(people, codes, strict=True)
    ]
    until = timezone.localdate(timezone.now() + VALID_FOR)
    return letters_pdf(
        letters,
        issuer=asked.agency_name,
        place=tree.place_name(asked.agency_id),
        on=today(),
        until=until,
    )


def _mails(run: Running, asked: InvitationRun, people: list[Any], result: dict[str, str]) -> None:
    """Send one by one: a mail server that stops halfway is asked again for the rest only."""
    reached = set(asked.invitations.exclude(sent_at=None).values_list("person", flat=True))
    addressed = [person for person in people if person.email]
    for done, person in enumerate(addressed, start=1):
        if person.pk not in reached:
            [code] = invite(run=asked, people=[person])
            invitation = Invitation.objects.select_related("person").get(
                person=person, run=asked, used_at=None, withdrawn_at=None
            )
            send_invitation(invitation, code)
            Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
        run.progress(done, len(addressed))
    with run.finish(result=result):
        finish_run(run=asked, made=len(addressed), left_out=len(people) - len(addressed))


@handles(ERASE)
def erase_letters(job: Job) -> None:
    """Erase the file of codes when its day is over."""
    run = InvitationRun.objects.get(pk=job.payload["run"])
    run.erased_at = timezone.now()
    run.save(update_fields=["erased_at"])
    name = run.file_name
    transaction.on_commit(lambda: storages["private"].delete(name))


@handles(NOTICE, long=True)
def notify(run: Running) -> None:
    """Send one message about a change of the account."""
    person = Person.objects.filter(pk=run.payload["person"]).exclude(email="").first()
    if person:
        send_notice_mail(person, run.payload["what"], datetime.fromisoformat(run.payload["at"]))
    with run.finish():
        pass
