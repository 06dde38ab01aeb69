"""A certificate that was printed wrongly: a new row points to the old, which stays in the book."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from certificates.actions import RegisterRefused, annul, issue_due, reissue
from certificates.exports import note_of
from certificates.models import Certificate
from certificates.second_person import REISSUE, propose_correction
from courses.actions import revoke_completion
from lms.base.models import AuditEvent
from lms.people.actions.approvals import approve
from tests.factories import people
from tests.factories.people import sign_in
from tests.integration.certificates.test_issue import text_of


@pytest.fixture
def corrected(world, certificate):
    """The name in the record was put right after the certificate was printed."""
    world.learner.full_name = "Nguyễn Thị Mỹ Tiền"
    world.learner.save()
    return certificate


def test_the_new_one_bears_the_corrected_name_and_the_old_leads_to_it(world, corrected, client):
    fresh = reissue(
        certificate=corrected, reason="Sai dấu trong họ tên", by=world.head, confirmed_by=world.provincial
    )
    old = Certificate.objects.get(pk=corrected.pk)
    assert (old.state, old.standing, old.replaced_by, old.person_name) == (
        "replaced",
        "replaced",
        fresh,
        "Nguyễn Thị Mỹ Tiên",
    )
    assert (fresh.number, fresh.state, fresh.replaces, fresh.reissue_reason) == (
        2,
        "issued",
        corrected,
        "Sai dấu trong họ tên",
    )
    assert "NGUYỄN THỊ MỸ TIỀN" in text_of(fresh)
    assert fresh.facts["replaces"] == old.serial
    page = client.get(old.get_absolute_url()).content.decode()
    assert fresh.get_absolute_url() in page
    assert f"{fresh.serial}" in page
    assert "Sai dấu trong họ tên" not in page
    event = AuditEvent.objects.get(action="certificates.reissue")
    assert (event.new["number"], event.new["confirmed_by"]) == (fresh.serial, world.provincial.pk)
    rows = list(Certificate.objects.for_book().order_by("number"))
    assert [note_of(row) for row in rows] == [
        f"Được thay bằng {fresh.serial}",
        f"Cấp thay cho {old.serial}: Sai dấu trong họ tên",
    ]
    assert issue_due().count == 0


@pytest.mark.parametrize("second", ["head", "hr", "other_hr"])
def test_it_needs_a_second_person_over_the_issuing_agency(world, corrected, second):
    with pytest.raises(PermissionDenied):
        reissue(certificate=corrected, reason="Sai tên", by=world.head, confirmed_by=getattr(world, second))
    assert Certificate.objects.count() == 1


def test_what_was_replaced_annulled_or_withdrawn_is_not_issued_anew(world, corrected):
    both = {"by": world.head, "confirmed_by": world.provincial}
    fresh = reissue(certificate=corrected, reason="Sai tên", **both)
    for certificate in (corrected, Certificate.objects.get(pk=corrected.pk)):
        with pytest.raises(RegisterRefused):
            reissue(certificate=certificate, reason="Lại sai", **both)
    with pytest.raises(RegisterRefused, match="Cấp lại phải ghi lý do"):
        reissue(certificate=fresh, reason=" ", **both)
    revoke_completion(
        completion=fresh.completion, mode="ab_initio", on=timezone.localdate(), reason="Thi hộ", by=None
    )
    with pytest.raises(RegisterRefused, match="đã bị thu hồi"):
        reissue(certificate=Certificate.objects.get(pk=fresh.pk), reason="Lại sai", **both)
    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_proposed_by_one_it_is_done_when_another_approves(world, corrected):
    approval = propose_correction(
        certificate=corrected, kind=REISSUE, reason="Sai dấu trong họ tên", by=world.head
    )
    assert Certificate.objects.count() == 1
    approve(approval=approval, by=world.provincial)
    assert Certificate.objects.issued().get().person_name == "Nguyễn Thị Mỹ Tiền"


def test_an_annulled_number_is_shown_as_such_and_another_given(world, certificate, client):
    annul(certificate=certificate, reason="Mất phôi", by=world.head, confirmed_by=world.provincial)
    assert issue_due().count == 1
    page = client.get(certificate.get_absolute_url()).content.decode()
    assert "Số đã hủy" in page
    rows = list(Certificate.objects.for_book().order_by("number"))
    assert note_of(rows[0]) == f"Số đã hủy, {timezone.localdate():%d/%m/%Y}: Mất phôi"
    assert [row.number for row in rows] == [1, 2]


def test_the_page_shows_both_names_and_proposes(world, corrected, client):
    sign_in(client, world.head)
    address = reverse("correct-certificate", args=[corrected.public_code])
    page = client.get(address).content.decode()
    assert "Nguyễn Thị Mỹ Tiên" in page
    assert "Nguyễn Thị Mỹ Tiền" in page
    response = client.post(address, {"kind": REISSUE, "reason": "Sai dấu"})
    assert response.status_code == 302
    again = client.post(address, {"kind": REISSUE, "reason": "Sai dấu"})
    assert "đang chờ người thứ hai" in again.content.decode() or again.status_code == 200
    sign_in(client, people.person("Người Lạ", agency=world.other))
    assert client.get(address).status_code == 403
