"""Findings are found by their words, cases by what their decision says. The seal of frozen findings is put back after."""

from importlib import import_module

from django.db import migrations, models

from lms.base.vietnamese import fold

sealed = import_module("inspections.migrations.0008_findings_and_remedies")


def fill(apps, schema_editor):
    Finding = apps.get_model("inspections", "Finding")
    for row in Finding.objects.only("label", "words", "article").iterator(chunk_size=2000):
        words = fold(f"{row.label} {row.words} {row.article}")
        Finding.objects.filter(pk=row.pk).update(search_text=words)
    Inspection = apps.get_model("inspections", "Inspection")
    for row in apps.get_model("inspections", "Decision").objects.select_related("inspection").iterator(chunk_size=2000):
        words = f"{row.inspection.search_text} {fold(row.content)}"
        Inspection.objects.filter(pk=row.inspection_id).update(search_text=words)


def nothing(apps, schema_editor):
    """The words go with their column; those of a case stay harmlessly longer."""


class Migration(migrations.Migration):

    dependencies = [
        ("inspections", "0014_signatures_on_the_screen_and_templates"),
    ]

    operations = [
        migrations.RunPython(sealed.let_go, sealed.stay_frozen),
        migrations.AddField(
            model_name="finding",
            name="search_text",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, nothing),
        migrations.RunPython(sealed.stay_frozen, sealed.let_go),
    ]
