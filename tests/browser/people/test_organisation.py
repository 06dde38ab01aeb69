"""The organisation's pages as a careful reader sees them, narrow and wide, by day and by night."""

import os
from datetime import date

import pytest
from django.urls import reverse

from lms.people.actions.organisation import prepare_change
from lms.people.models import OrganisationChange
from tests.factories.organisation import MERGER, carried_out, founding, request
from tests.factories.people import agency, person, succeed
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp tỉnh Đồng Tháp"


@pytest.fixture
def pages():
    """Every page of the organisation, with long names, a preview, a refusal and a split."""
    old = agency("82", name="Tỉnh Tiền Giang", valid_to=MERGER)
    new = agency("82", name="Tỉnh Đồng Tháp", valid_from=MERGER)
    succeed(old, new, on=MERGER)
    one, two = agency("SNV", name="Sở Nội vụ", parent=old), agency("BQL", name=LONG, parent=old)
    agency("SNV.1", name="Phòng Cải cách hành chính", parent=one)
    for name in ("Nguyễn Hoàng Thị Phương Thảo", "Trần Đặng Quốc Ân"):
        completion(person(name, agency=one), hours="8")
    who = person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")
    applied = carried_out(who, "rename", two, on=date(2026, 1, 1), name=f"{LONG} và thủy lợi")
    merge = request(
        "merge", one, two, on=date(2026, 3, 1), successors=[founding("SNX", "Sở Nội vụ và Xây dựng", new)]
    )
    split = request(
        "split",
        one,
        on=date(2026, 3, 1),
        successors=[founding("S1", "Sở Một", new), two],
        children={one.pk + 2: -1},
    )
    previewed, refused = prepare_change(request=merge, by=who), prepare_change(request=split, by=who)
    wizard = reverse("organisation-new")
    return who, {
        "tree": "/people/organisation/?on=2025-06-30",
        "found": "/people/organisation/?q=so",
        "agency": reverse("agency", args=[two.pk]),
        "changes": reverse("organisation-changes"),
        "start": wizard,
        "choose": f"{wizard}?kind=move&on=2026-01-01",
        "merge": f"{wizard}?kind=merge&on=2026-03-01",
        "new-split": f"{wizard}?kind=split&on=2026-03-01&parts=2&agency={one.pk}",
        "rename": f"{wizard}?kind=rename&on=2026-03-01&agency={one.pk}",
        "abolish": f"{wizard}?kind=abolish&on=2026-03-01&agency={one.pk}",
        "applied": reverse("organisation-change", args=[applied.pk]),
        "preview": reverse("organisation-change", args=[previewed.pk]),
        "refused": reverse("organisation-change", args=[refused.pk]),
        "split": reverse("organisation-split", args=[refused.pk]),
    }


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(1440, "light", "vi"), (360, "light", "vi"), (360, "dark", "en")]
)
def test_every_page_reads_well(visit, pages, width, scheme, language):
    who, addresses = pages
    visitor = visit(width=width, scheme=scheme, who=who, language=language)
    for name, address in addresses.items():
        page = visitor.go(address)
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    assert OrganisationChange.objects.count() == 3
