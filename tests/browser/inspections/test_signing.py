"""Journey: the subject draws on a phone, the secretary types, the leader signs and locks; the draft goes out in Word."""

import pytest

from inspections.models import DrawnSignature, Minutes
from tests.browser.inspections.test_inspection import picture
from tests.browser.quiet import until_quiet
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc"


def scribble(page) -> None:
    """Draw a line in the box, as a finger does."""
    pad = page.locator("[data-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.7)
    page.mouse.down()
    for step in range(1, 9):
        across, down = 0.1 + step * 0.09, 0.7 if step % 2 else 0.3
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    page.mouse.up()


def test_minutes_are_signed_on_the_screen(visit):
    who = make.cast()
    case = make.announced(who)
    subject = case.subjects.get()
    make.send_sheet(who, subject)
    make.write(who, subject, representative=LONG, others="Lê Văn Chứng, ấp Mỹ Lợi")
    at = f"/inspections/{case.pk}/subjects/{subject.pk}/minutes"
    visitor = visit(width=360, also=1440, who=who.secretary)
    visitor.page.set_default_timeout(60_000)
    page = visitor.go(f"{at}/sign/")
    picture(page, "places")
    page = visitor.go(f"{at}/sign/?place=SUBJECT")
    page.locator("main form button.btn-primary").click()
    until_quiet(page)
    assert not DrawnSignature.objects.exists()  # nothing drawn: said at the field
    scribble(page)
    visitor.look_now()
    picture(page, "pad")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**{at}/sign/")
    visitor.look()
    visitor.go(f"{at}/sign/?place=SECRETARY")
    page.locator("#id_typed").fill(who.secretary.full_name)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**{at}/sign/")
    picture(page, "two-signed")
    leader = visit(width=360, also=1440, who=who.leader)
    leader.page.set_default_timeout(60_000)
    page = leader.go(f"{at}/sign/?place=LEADER")
    scribble(page)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**{at}/sign/")
    page = leader.go(f"{at}/lock/")
    picture(page, "lock")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**/inspections/{case.pk}/")
    assert set(Minutes.objects.get().content["drawn"]) == {"SUBJECT", "SECRETARY", "LEADER"}
    assert DrawnSignature.objects.get(place="SUBJECT").strokes
    picture(leader.go("/inspections/signing-images/"), "images")
