"""Findings are frozen by the result document, not even SQL changes them; remedies and their log."""

import django.db.models.deletion
import inspections.models.checklist
import uuid
from django.conf import settings
from django.db import migrations, models


SQLITE = """
CREATE TRIGGER inspections_finding_stays_frozen BEFORE UPDATE ON inspections_finding
WHEN OLD.frozen_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen finding never changes'); END;
"""
POSTGRESQL = """
CREATE FUNCTION inspections_finding_stays_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a frozen finding never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER inspections_finding_stays_frozen BEFORE UPDATE ON inspections_finding
FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION inspections_finding_stays_frozen();
"""


def stay_frozen(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER inspections_finding_stays_frozen ON inspections_finding")
        schema_editor.execute("DROP FUNCTION inspections_finding_stays_frozen()")
    else:
        schema_editor.execute("DROP TRIGGER inspections_finding_stays_frozen")


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0007_refusals_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=120, verbose_name='item of the checklist')),
                ('checklist', models.SlugField(max_length=60, verbose_name='checklist')),
                ('label', models.CharField(max_length=500, verbose_name='what was examined')),
                ('result', models.CharField(max_length=60, verbose_name='result')),
                ('article', models.CharField(blank=True, max_length=300, verbose_name='article')),
                ('severity', models.CharField(choices=[('MINOR', 'Minor'), ('SERIOUS', 'Serious'), ('GRAVE', 'Very serious')], default='MINOR', max_length=7, verbose_name='severity')),
                ('words', models.TextField(blank=True, verbose_name='what was found')),
                ('about_skills', models.BooleanField(default=False, verbose_name='skills are missing')),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='frozen')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Remedy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.TextField(verbose_name='what is to be done')),
                ('responsible', models.CharField(max_length=200, verbose_name='who is responsible')),
                ('deadline', models.DateField(db_index=True, verbose_name='deadline')),
                ('state', models.CharField(choices=[('OPEN', 'Open'), ('HANDED_IN', 'Handed in'), ('SENT_BACK', 'Sent back'), ('ACCEPTED', 'Accepted')], default='OPEN', max_length=9, verbose_name='state')),
                ('state_reason', models.TextField(blank=True, verbose_name='why it was sent back')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
            ],
            options={
                'verbose_name': 'remedy',
                'verbose_name_plural': 'remedies',
                'ordering': ['deadline', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RemedyEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('ask', 'Ask for the remedy'), ('hand_in', 'Hand in what was done'), ('send_back', 'Send back'), ('accept', 'Accept')], max_length=9, verbose_name='event')),
                ('source', models.CharField(blank=True, choices=[('OPEN', 'Open'), ('HANDED_IN', 'Handed in'), ('SENT_BACK', 'Sent back'), ('ACCEPTED', 'Accepted')], max_length=9, verbose_name='from')),
                ('target', models.CharField(choices=[('OPEN', 'Open'), ('HANDED_IN', 'Handed in'), ('SENT_BACK', 'Sent back'), ('ACCEPTED', 'Accepted')], max_length=9, verbose_name='to')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by_name', models.CharField(blank=True, max_length=200, verbose_name='name then')),
            ],
            options={
                'verbose_name': 'event of a remedy',
                'verbose_name_plural': 'events of remedies',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RemedyEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='UUID')),
                ('caption', models.CharField(blank=True, max_length=300, verbose_name='what it shows')),
                ('file', models.FileField(blank=True, max_length=200, storage=inspections.models.checklist.private_storage, upload_to='remedies/%Y/%m/', verbose_name='file')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='file name')),
                ('size', models.PositiveBigIntegerField(verbose_name='size')),
                ('content_type', models.CharField(max_length=100, verbose_name='type')),
                ('statement', models.TextField(blank=True, verbose_name='statement')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='reference')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='received')),
            ],
            options={
                'verbose_name': 'evidence of a remedy',
                'verbose_name_plural': 'evidence of remedies',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RemedyReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('soon', 'Due soon'), ('overdue', 'Overdue: escalated to the head')], max_length=7, verbose_name='kind')),
                ('deadline', models.DateField(verbose_name='deadline')),
                ('noted_on', models.DateField(verbose_name='noted on')),
            ],
            options={
                'verbose_name': 'reminder of a remedy',
                'verbose_name_plural': 'reminders of remedies',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='basis',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='inspections.legalbasis', verbose_name='legal text'),
        ),
        migrations.AddField(
            model_name='finding',
            name='evidence',
            field=models.ManyToManyField(blank=True, related_name='findings', to='inspections.evidence', verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='finding',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='inspections.checklistrecord'),
        ),
        migrations.AddField(
            model_name='finding',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='inspections.inspectedsubject'),
        ),
        migrations.AddField(
            model_name='remedy',
            name='finding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remedies', to='inspections.finding'),
        ),
        migrations.AddField(
            model_name='remedyentry',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='remedyentry',
            name='remedy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='inspections.remedy'),
        ),
        migrations.AddField(
            model_name='remedyevidence',
            name='added_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='remedyevidence',
            name='remedy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='inspections.remedy'),
        ),
        migrations.AddField(
            model_name='remedyreminder',
            name='remedy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='inspections.remedy'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('subject', 'item'), name='inspections_finding_once', violation_error_message='This item of the checklist is a finding already.'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item', ''), _negated=True), models.Q(('label', ''), _negated=True), models.Q(('result', ''), _negated=True)), name='inspections_finding_whole', violation_error_message='A finding names the item, what was examined and the result.'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', ''), _negated=True), models.Q(('responsible', ''), _negated=True)), name='inspections_remedy_whole', violation_error_message='A remedy says what is to be done, and who is responsible.'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT_BACK'), _negated=True), models.Q(('state_reason', ''), _negated=True), _connector='OR'), name='inspections_remedy_sent_back_with_reason', violation_error_message='Sending back needs a reason.'),
        ),
        migrations.AddConstraint(
            model_name='remedyentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event', 'ask'), ('source', ''), ('target', 'OPEN')), models.Q(('event', 'hand_in'), ('source', 'OPEN'), ('target', 'HANDED_IN')), models.Q(('event', 'hand_in'), ('source', 'SENT_BACK'), ('target', 'HANDED_IN')), models.Q(('event', 'send_back'), ('source', 'HANDED_IN'), ('target', 'SENT_BACK')), models.Q(('event', 'accept'), ('source', 'HANDED_IN'), ('target', 'ACCEPTED')), _connector='OR'), name='inspections_remedyentry_in_the_table', violation_error_message='The table of states knows no such passage.'),
        ),
        migrations.AddConstraint(
            model_name='remedyentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['send_back']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='inspections_remedyentry_has_reason', violation_error_message='Give the reason.'),
        ),
        migrations.AddConstraint(
            model_name='remedyevidence',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('size__gte', 1)), name='inspections_remedyevidence_has_hash', violation_error_message='Evidence has a size and a SHA-256.'),
        ),
        migrations.AddConstraint(
            model_name='remedyevidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('file', ''), _negated=True), ('added_by__isnull', False), ('reference', ''), ('statement', '')), models.Q(('file', ''), models.Q(('statement', ''), _negated=True), models.Q(('reference', ''), _negated=True)), _connector='OR'), name='inspections_remedyevidence_file_or_statement', violation_error_message='Evidence is a file, or a statement with what it refers to.'),
        ),
        migrations.AddConstraint(
            model_name='remedyevidence',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('remedy', 'reference'), name='inspections_remedyevidence_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='remedyreminder',
            constraint=models.UniqueConstraint(fields=('remedy', 'kind', 'deadline'), name='inspections_remedyreminder_once'),
        ),
        migrations.RunPython(stay_frozen, let_go),
    ]
