"""The audit log, jobs, imports. The database itself refuses to change the audit log."""

from django.db import migrations, models
import django.db.models.deletion

import lms.base.models.import_run
from lms.base.audit import guards
from lms.base.migration_steps import CreateModels


def stay(apps, schema_editor):
    guards.install(schema_editor.connection)


def let_go(apps, schema_editor):
    guards.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='AuditLink',
                    fields=[
                        ('sequence', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='number in the chain')),
                        ('event_id', models.BigIntegerField(unique=True, verbose_name='event')),
                        ('previous', models.CharField(max_length=64, verbose_name='hash before')),
                        ('hash', models.CharField(max_length=64, verbose_name='hash')),
                    ],
                    options={
                        'verbose_name': 'place in the audit chain',
                        'verbose_name_plural': 'audit chain',
                    },
                ),
                migrations.CreateModel(
                    name='AuditHead',
                    fields=[
                        ('number', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                        ('sequence', models.BigIntegerField(verbose_name='number in the chain')),
                        ('hash', models.CharField(max_length=64, verbose_name='hash')),
                        ('last_event_id', models.BigIntegerField(verbose_name='highest event so far')),
                        ('day', models.DateField(null=True, unique=True, verbose_name='closes the day')),
                        ('made_at', models.DateTimeField(verbose_name='made')),
                        ('key_id', models.CharField(max_length=16, verbose_name='key')),
                        ('signature', models.CharField(max_length=128, verbose_name='signature')),
                    ],
                    options={
                        'verbose_name': 'signed head of the audit log',
                        'verbose_name_plural': 'signed heads of the audit log',
                    },
                ),
                migrations.CreateModel(
                    name='AuditCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='checked')),
                        ('events', models.BigIntegerField(verbose_name='events checked')),
                        ('heads', models.BigIntegerField(verbose_name='signatures checked')),
                        ('waiting', models.BigIntegerField(verbose_name='events waiting for their place')),
                        ('finding', models.CharField(blank=True, choices=[('link_missing', 'its place in the chain is missing'), ('link_changed', 'the hash before it was changed'), ('event_missing', 'the event was deleted'), ('event_changed', 'the event or its hash was changed'), ('backdated', 'the event claims a day that was already closed'), ('rewritten', 'from here the chain was computed anew without the key'), ('head_missing', 'a signed head is missing'), ('head_changed', 'a signed head was changed'), ('key_unknown', 'a head is signed by a key that the settings do not name'), ('unsigned', 'no signed head covers it'), ('tail_missing', 'the end of the chain was cut off'), ('outside', 'the event was added outside the chain'), ('printed_differs', 'the printed head is not in the chain')], max_length=20, verbose_name='finding')),
                        ('sequence', models.BigIntegerField(null=True, verbose_name='number in the chain')),
                        ('event_id', models.BigIntegerField(null=True, verbose_name='event')),
                    ],
                    options={
                        'verbose_name': 'check of the audit log',
                        'verbose_name_plural': 'checks of the audit log',
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('happened_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                        ('actor_id', models.CharField(blank=True, max_length=40, verbose_name='actor')),
                        ('actor_name', models.CharField(blank=True, max_length=200, verbose_name='who')),
                        ('actor_roles', models.CharField(blank=True, max_length=200, verbose_name='roles')),
                        ('acting_for', models.CharField(blank=True, max_length=300, verbose_name='acting for')),
                        ('actor_agency', models.CharField(blank=True, max_length=200, verbose_name='agency')),
                        ('actor_agency_id', models.BigIntegerField(null=True, verbose_name="agency's key")),
                        ('action', models.CharField(max_length=80, verbose_name='action')),
                        ('target_type', models.CharField(max_length=80, verbose_name='kind of record')),
                        ('target_id', models.CharField(max_length=64, verbose_name='record')),
                        ('target_label', models.CharField(blank=True, max_length=300, verbose_name="record's name")),
                        ('old', models.JSONField(default=dict, verbose_name='before')),
                        ('new', models.JSONField(default=dict, verbose_name='after')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('channel', models.CharField(max_length=20, verbose_name='by way of')),
                        ('address', models.GenericIPAddressField(null=True, verbose_name='from')),
                        ('search_text', models.TextField(blank=True, verbose_name='words to search, without accents')),
                    ],
                    options={
                        'verbose_name': 'audit event',
                        'verbose_name_plural': 'audit events',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['happened_at', 'id'], name='base_audit_when'), models.Index(fields=['actor_id', 'happened_at', 'id'], name='base_audit_who'), models.Index(fields=['action', 'happened_at', 'id'], name='base_audit_action'), models.Index(fields=['actor_agency_id', 'happened_at', 'id'], name='base_audit_agency'), models.Index(fields=['target_type', 'target_id'], name='base_audite_target__72149e_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60, verbose_name='kind')),
                        ('key', models.CharField(max_length=120, verbose_name='key')),
                        ('payload', models.JSONField(default=dict, verbose_name='payload')),
                        ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10, verbose_name='state')),
                        ('run_after', models.DateTimeField(verbose_name='not before')),
                        ('lease_token', models.UUIDField(null=True, verbose_name='lease')),
                        ('lease_until', models.DateTimeField(null=True, verbose_name='leased until')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                        ('last_error', models.TextField(blank=True, verbose_name='last error')),
                        ('progress_done', models.PositiveIntegerField(default=0, verbose_name='done so far')),
                        ('progress_total', models.PositiveIntegerField(default=0, verbose_name='of')),
                        ('result', models.JSONField(default=dict, verbose_name='result')),
                        ('asked_by_id', models.CharField(blank=True, max_length=40, verbose_name='asked by')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                        ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                    ],
                    options={
                        'verbose_name': 'job',
                        'verbose_name_plural': 'jobs',
                        'indexes': [models.Index(fields=['state', 'run_after'], name='base_job_state_57f3a6_idx')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='base_job_once'), models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', False), ('lease_until__isnull', False), ('state', 'running')), models.Q(('state', 'running'), _negated=True), _connector='OR'), name='base_job_running_has_lease'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='base_job_done_has_time')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=30, verbose_name='kind')),
                        ('file', models.FileField(blank=True, storage=lms.base.models.import_run.private_storage, upload_to='imports/%Y/%m/', verbose_name='file')),
                        ('file_name', models.CharField(max_length=200, verbose_name='file name')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('state', models.CharField(choices=[('checking', 'being checked'), ('refused', 'has errors'), ('checked', 'checked, waiting for your confirmation'), ('applying', 'being imported'), ('applied', 'applied'), ('undoing', 'being taken back'), ('undone', 'taken back')], max_length=10, verbose_name='state')),
                        ('options', models.JSONField(default=dict, verbose_name='options')),
                        ('report', models.JSONField(default=dict, verbose_name='report')),
                        ('digest', models.CharField(blank=True, max_length=64, verbose_name='preview (SHA-256)')),
                        ('journal', models.FileField(blank=True, storage=lms.base.models.import_run.private_storage, upload_to='imports/journal/%Y/%m/', verbose_name='journal')),
                        ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='base.job', verbose_name='job')),
                        ('uploaded_by_id', models.CharField(max_length=40, verbose_name='by')),
                        ('uploaded_by_name', models.CharField(blank=True, max_length=200, verbose_name='by (name)')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded')),
                        ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                        ('applied_at', models.DateTimeField(null=True, verbose_name='applied')),
                        ('undone_at', models.DateTimeField(null=True, verbose_name='taken back')),
                        ('undo_reason', models.TextField(blank=True, verbose_name='reason for taking back')),
                    ],
                    options={
                        'verbose_name': 'import',
                        'verbose_name_plural': 'imports',
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', False), ('state__in', ['applied', 'undoing', 'undone'])), models.Q(models.Q(('state__in', ['applied', 'undoing', 'undone']), _negated=True), ('applied_at__isnull', True)), _connector='OR'), name='base_importrun_written_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', True)), _connector='OR'), name='base_importrun_undone_has_time')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='base.importrun')),
                        ('effect', models.CharField(choices=[('added', 'added'), ('changed', 'changed'), ('ended', 'ended, not in the full list'), ('refused', 'refused'), ('warning', 'taken, looks odd')], max_length=8, verbose_name='effect')),
                        ('row', models.PositiveIntegerField(null=True, verbose_name='row')),
                        ('label', models.CharField(blank=True, max_length=400, verbose_name='what')),
                        ('folded', models.CharField(editable=False, max_length=400)),
                        ('changes', models.JSONField(default=list, verbose_name='changes')),
                        ('column', models.CharField(blank=True, max_length=100, verbose_name='column')),
                        ('value', models.CharField(blank=True, max_length=300, verbose_name='value')),
                        ('message', models.TextField(blank=True, verbose_name='message')),
                    ],
                    options={
                        'verbose_name': 'line of an import',
                        'verbose_name_plural': 'lines of imports',
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['run', 'effect', 'row'], name='base_import_run_id_896786_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportLock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('domain', models.CharField(max_length=30, unique=True, verbose_name='domain')),
                    ],
                    options={
                        'verbose_name': 'lock of imports',
                        'verbose_name_plural': 'locks of imports',
                    },
                ),
            ],
        ),
        migrations.RunPython(stay, let_go),
    ]
