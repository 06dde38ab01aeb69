"""What was recorded before kinds had versions and cases had a log goes on under the new rules."""

import datetime

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce

FIRST_DAY = datetime.date(2021, 1, 1)
STOPPED = ("TERMINATED", "CANCELLED")


def carry_over(apps, schema_editor):
    give_kinds_a_version(apps)
    date_the_states(apps)
    apps.get_model("inspections", "Holiday").objects.filter(day__year=2027).update(is_assumed=True)
    for subject in apps.get_model("inspections", "Subject").objects.iterator():
        subject.search_text = f"{subject.identifier} {subject.name_folded}".strip().lower()
        subject.name_core = subject.name_folded
        subject.save(update_fields=["search_text", "name_core"])


def give_kinds_a_version(apps):
    Version = apps.get_model("inspections", "KindVersion")
    for kind in apps.get_model("inspections", "InspectionKind").objects.all():
        version = Version.objects.create(
            kind=kind,
            number=1,
            valid_from=FIRST_DAY,
            legal_basis=kind.legal_basis,
            requires_announcement=kind.requires_announcement,
            requires_result=kind.requires_result,
            closing_document=kind.closing_document,
            day_mode=kind.day_mode,
        )
        apps.get_model("inspections", "KindPeriod").objects.filter(kind=kind).update(version=version)
        apps.get_model("inspections", "Inspection").objects.filter(kind=kind).update(kind_version=version)


def date_the_states(apps):
    Announcement = apps.get_model("inspections", "Announcement")
    Announcement.objects.update(last_day=Coalesce(F("extended_deadline_on"), F("deadline_on")))
    Inspection = apps.get_model("inspections", "Inspection")
    for clock in Announcement.objects.iterator():
        Inspection.objects.filter(pk=clock.inspection_id).update(announced_on=clock.announced_on)
    # The day of a stop was not kept: it is not before the last day that is known.
    run_here = Inspection.objects.filter(origin="SYSTEM")
    last_known = Coalesce(F("announced_on"), F("decided_on"))
    run_here.filter(status="SUSPENDED").update(suspended_on=last_known)
    run_here.filter(status__in=STOPPED).update(stopped_on=last_known)
    Suspension = apps.get_model("inspections", "Suspension")
    for case in run_here.filter(status="SUSPENDED"):
        Suspension.objects.create(inspection=case, suspended_on=case.suspended_on)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_kinds_subjects_law_and_log")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
