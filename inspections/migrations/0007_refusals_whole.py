"""A refusal to sign is recorded whole: why, and the witness with post or address (Điều 15.3.a NĐ 217/2025).

SQLite makes a table anew to change it and loses its triggers, and the trigger of 0002 would refuse to fill in the
rows: so it is taken off and put back.
"""

from importlib import import_module

from django.db import migrations, models

lock = import_module("inspections.migrations.0002_locked_minutes")
# Anew made tables may have lost it already.
SQLITE = "DROP TRIGGER IF EXISTS inspections_minutes_stay_locked"
NOT_RECORDED = "Không được ghi lại khi lập biên bản"


def let_go(apps, schema_editor):
    """Take the trigger off."""
    if schema_editor.connection.vendor == "postgresql":
        lock.let_go(apps, schema_editor)
    else:
        schema_editor.execute(SQLITE)


def fill(apps, schema_editor):
    """Say of earlier refusals that nobody asked; a witness where nobody refused is none."""
    minutes = apps.get_model("inspections", "Minutes").objects
    minutes.filter(refused=True).update(refusal_reason=NOT_RECORDED)
    minutes.filter(refused=True, witness_title="").update(witness_title=NOT_RECORDED)
    minutes.filter(refused=False).exclude(witness_title="").update(witness_title="")


class Migration(migrations.Migration):
    dependencies = [("inspections", "0006_register_reconciliation")]

    operations = [
        migrations.RunPython(let_go, lock.stay_locked),
        migrations.RemoveConstraint(
            model_name='minutes',
            name='inspections_minutes_refusal_has_witness',
        ),
        migrations.AddField(
            model_name='minutes',
            name='refusal_reason',
            field=models.TextField(blank=True, verbose_name='why the subject refuses'),
        ),
        migrations.AlterField(
            model_name='minutes',
            name='witness_title',
            field=models.CharField(blank=True, max_length=200, verbose_name='post or address of the witness'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refusal_reason', ''), ('refused', False), ('witness_kind', ''), ('witness_name', ''), ('witness_title', '')), models.Q(('refused', True), models.Q(('refusal_reason', ''), _negated=True), models.Q(('witness_kind', ''), _negated=True), models.Q(('witness_name', ''), _negated=True), models.Q(('witness_title', ''), _negated=True)), _connector='OR'), name='inspections_minutes_refusal_has_witness', violation_error_message='Where the subject refuses to sign, the minutes say why, and a representative of the commune or a witness signs: with name, and post or address.'),
        ),
        migrations.RunPython(lock.stay_locked, let_go),
    ]
