"""The database itself refuses to change the audit log; what was written before can be searched too."""

from django.db import migrations

from lms.base.audit import guards
from lms.base.vietnamese import fold


def make_searchable(apps, schema_editor):
    events = apps.get_model("base", "AuditEvent")
    for event in events.objects.iterator():
        words = (event.actor_name, event.actor_agency, event.target_label, event.reason)
        events.objects.filter(pk=event.pk).update(search_text=fold(" ".join(words)))


def stay(apps, schema_editor):
    guards.install(schema_editor.connection)


def let_go(apps, schema_editor):
    guards.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("base", "0002_audit_chain")]
    operations = [
        migrations.RunPython(make_searchable, migrations.RunPython.noop),
        migrations.RunPython(stay, let_go),
    ]
