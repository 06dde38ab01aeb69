"""What happened before there was a log is told to it once, from the rows that hold it."""

from django.db import migrations

BATCH = 2000


def tell(apps, schema_editor):
    Fact = apps.get_model("courses", "LearningFact")
    for told in (_lessons, _activities, _attempts, _completions):
        Fact.objects.bulk_create((Fact(**fact) for fact in told(apps)), batch_size=BATCH)


def _rows(apps, name, **which):
    return apps.get_model("courses", name).objects.filter(**which).order_by("pk").iterator(chunk_size=BATCH)


def _lessons(apps):
    for row in _rows(apps, "LessonProgress", finished_at__isnull=False):
        yield dict(enrolment_id=row.enrolment_id, kind="lesson", subject=str(row.lesson_key), at=row.finished_at)


def _activities(apps):
    for row in _rows(apps, "ActivityProgress"):
        subject = f"{row.lesson_key}/{row.activity_key}"
        yield dict(enrolment_id=row.enrolment_id, kind="activity", subject=subject, at=row.finished_at)


def _attempts(apps):
    for row in _rows(apps, "Attempt", closed_at__isnull=False):
        detail = {"right": row.right, "score": str(row.score), "passed": row.passed}
        yield dict(
            enrolment_id=row.enrolment_id, kind="attempt", subject=str(row.key), at=row.closed_at, detail=detail
        )


def _completions(apps):
    for row in _rows(apps, "Completion", enrolment__isnull=False):
        detail = {
            "completed_on": row.completed_on.isoformat(),
            "code": row.course_code,
            "version": row.course_version,
            "hours": str(row.hours),
            "tags": [tag for tag, is_set in (("DS", row.is_ds), ("DA", row.is_da)) if is_set],
            "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        }
        yield dict(enrolment_id=row.enrolment_id, kind="completed", at=row.completed_at, detail=detail)


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_facts_decisions_drift")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
