"""The worked examples of the share of digital inspections, each inspection run act by act instead of imported."""

from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from inspections.actions import course, minutes, team
from inspections.actions.decision import Party
from inspections.actions.kinds import PeriodOf, publish_kind
from inspections.models import Inspection, LegalBasis
from tests.factories import inspections as make
from tests.factories.sheets import indicators
from tests.integration.targets.test_cases import CASES, INSPECTION_NAMES, question, shown

pytestmark = pytest.mark.django_db
# A paper step is entered so many days after it happened; on its own day, a digital one.
LATE = timedelta(days=7)
# What a case that did not end with a result says of its day.
SOME_DAY = date(2025, 6, 2)
STOPPED = {"TERMINATED": course.terminate, "SUSPENDED": course.suspend, "CANCELLED": course.cancel}


@contextmanager
def on(day):
    """Let every clock show noon of that day."""
    with patch("django.utils.timezone.now", lambda: make.at(day, 12)):
        yield


class Case:
    """An inspection as an example tells it, run through the actions."""

    def __init__(self, who, item):
        self.who, self.item = who, item
        self.letters = item["targets"]
        status = item.get("status", "COMPLETED")
        self.day = date.fromisoformat(item["on"] or str(SOME_DAY)) - self._delays() * LATE
        self.case = self._decided()
        self._announced()
        self._examined()
        self._written()
        if status == "COMPLETED":
            self._closed()
        elif stop := STOPPED.get(status):
            with on(self.day):
                stop(by=who.head, inspection=self.case, reason="Bất khả kháng", paper=make.paper(on=self.day))

    def _delays(self):
        steps = [set(letters) - {"N"} for letters in zip(*self.letters, strict=True)]
        last = max(number for number, letters in enumerate(steps) if letters)
        return sum("P" in letters for letters in steps[:last])

    def _happens(self, step, act):
        """Do an act of a step for each subject that has it: on its day or late; return whether there was one."""
        letters = [subject[step] for subject in self.letters]
        day = self.day
        for number, letter in enumerate(letters):
            if letter == "D":
                with on(day):
                    act(number, day)
        for number, letter in enumerate(letters):
            if letter == "P":
                with on(day + LATE):
                    act(number, day)
        self.day += LATE if "P" in letters else timedelta()
        return set(letters) != {"N"}

    def _once(self, step, act):
        """Do an act that the subjects share."""
        done = []
        return self._happens(step, lambda _number, day: done or done.append(act(day)))

    def _decided(self):
        with_result = self.letters[0][4] != "N" or self.item.get("status", "COMPLETED") != "COMPLETED"
        kind = publish_kind(
            by=None,
            code=f"thu-{self.item['id'].lower()}",
            name="Kiểm tra thử",
            valid_from=date(2025, 1, 1),
            bases=LegalBasis.objects.in_force(date(2025, 1, 1)).in_force(date(2025, 12, 31))[:1],
            periods=[PeriodOf("province", 90, 5)],
            documents=[],
            closing_document="Thông báo kết quả",
            requires_result=with_result,
        ).kind
        names = [f"{self.item['id']}-{number}" for number in range(len(self.letters))]
        parties = [Party("CQNN", name, f"Ủy ban nhân dân xã {name}") for name in names]
        made = []

        def decide(day):
            number = f"{self.item['id'].removeprefix('K')}/QĐ-{self.item['lead']}"
            given = {"kind": kind, "decision_no": number, "signed_on": day, "days": 90, "parties": parties}
            given["method"] = self.item.get("method", "ONSITE")
            given["visit_reason"] = "" if given["method"] == "REMOTE" else "Xem tận nơi"
            made.append(make.opened(self.who, **given))
            places = [team.Place(self.who.leader, "LEADER"), team.Place(self.who.secretary, "SECRETARY")]
            team.form_team(by=self.who.leader, inspection=made[0], places=places)

        self._once(0, decide)
        return made[0]

    def _announced(self):
        self._once(1, lambda day: course.announce(by=self.who.leader, inspection=self.case, announced_on=day))

    def _subject(self, number):
        return Inspection.objects.get(pk=self.case.pk).subjects.order_by("pk")[number]

    def _examined(self):
        self._happens(
            2,
            lambda number, day: make.send_sheet(
                self.who, self._subject(number), make.sheet_xml(examined=day), finalised_at=timezone.now()
            ),
        )

    def _written(self):
        def write(number, day):
            subject, ended = self._subject(number), make.at(day, 11)
            make.write(self.who, subject, started_at=ended - timedelta(hours=1), ended_at=ended)
            minutes.lock_minutes(by=self.who.leader, subject=subject)

        self._happens(3, write)

    def _closed(self):
        def issue(day):
            facts = {"number": f"9{self.item['id'].removeprefix('K')}/TB", "issued_on": day}
            course.issue_result(by=self.who.head, inspection=self.case, **facts)

        issued = self._once(4, issue)
        with on(self.day):
            if not issued:
                course.waive_result(by=self.who.leader, inspection=self.case, reason="Không có vi phạm")
            course.complete(by=self.who.leader, inspection=self.case)


@pytest.mark.parametrize("name", ["C13", "C14"])
def test_the_share_of_inspections_run_here_is_the_one_of_the_example(name):
    (case,) = [case for case in CASES if case["id"] == name]
    codes = {item["lead"] for item in case["items"]}
    codes |= {code for query in case["queries"] for code in query.get("scope", ())}
    cast = {code: make.cast(code, f"Cơ quan {code}") for code in sorted(codes)}
    for item in case["items"]:
        run = Case(cast[item["lead"]], item).case
        run.refresh_from_db()
        assert run.status == item.get("status", "COMPLETED"), item
        assert run.is_run_here
        assert list(run.subjects.order_by("pk").values_list("steps", flat=True)) == item["targets"], item
        assert str(run.completed_on or None) == str(item["on"] if run.status == "COMPLETED" else None), item
    for query in case["queries"]:
        found = shown(indicators(*question(query)), INSPECTION_NAMES, query["expect"])
        assert found == query["expect"], query
