"""A province with an issuing department, a commune beside it, and people in both."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.factories import certificates as made
from tests.factories import people


@pytest.fixture
def world(db, settings, tmp_path):
    settings.SITE_URL = "https://hoctap.example"
    province = people.agency("82", name="Ủy ban nhân dân tỉnh Đồng Tháp")
    department = people.agency("SNV", name="Sở Nội vụ", parent=province)
    commune = people.agency("28249", name="Ủy ban nhân dân phường Mỹ Tho", level="commune", parent=province)
    other = people.agency("28260", name="Ủy ban nhân dân xã Tân Phú Đông", level="commune", parent=province)
    head = people.person("Trần Văn Quý", agency=department, role="agency_head")
    learner = people.person("Nguyễn Thị Mỹ Tiên", agency=commune)
    learner.birth_date, learner.gender = date(1988, 3, 9), "female"
    learner.save()
    return SimpleNamespace(
        province=province,
        department=department,
        commune=commune,
        other=other,
        head=head,
        learner=learner,
        course=made.course("DS06", issuer=department),
        hr=people.person("Lê Cán Sự", agency=commune, role="hr_officer"),
        other_hr=people.person("Phạm Xã Khác", agency=other, role="hr_officer"),
        provincial=people.person("Võ Tỉnh", agency=department, role="provincial_hr", at=province),
        auditor=people.person("Đỗ Kiểm", agency=department, role="auditor", at=province),
    )


@pytest.fixture
def completion(world):
    return made.completion(world.learner, world.course, agency=world.commune)


@pytest.fixture
def certificate(world):
    return made.certificate(world.learner, world.course, agency=world.commune)
