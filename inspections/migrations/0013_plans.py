"""Inspection plans. The lines of a version that left its draft never change, not even by SQL."""

import django.db.models.deletion
import inspections.models.checklist
import uuid
from django.conf import settings
from django.db import migrations, models


TELLS = "the lines of a plan change only in its draft"
# Of each table: the draft its row belongs to.
TABLES = {
    "inspections_planline": "{row}.version_id",
    "inspections_plannedsubject": "(SELECT version_id FROM inspections_planline WHERE id = {row}.line_id)",
}
# By which row: what is new must go into a draft, what goes must come from one, what changes both.
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when}
BEGIN SELECT RAISE(ABORT, '{tells}'); END;
"""
POSTGRESQL_SAYS = """
CREATE FUNCTION inspections_plan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {when} THEN RAISE EXCEPTION '{tells}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
"""


def triggers():
    for table, version in TABLES.items():
        for event, rows in EVENTS.items():
            asked = [
                "(SELECT state FROM inspections_planversion WHERE id = {}) <> 'DRAFT'".format(version.format(row=row))
                for row in rows
            ]
            yield f"{table}_{event.lower()}_stays", table, event, " OR ".join(asked)


def stay(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, event, when in triggers():
        if on_postgresql:
            says = POSTGRESQL_SAYS.replace("inspections_plan_stays", name).format(when=when, tells=TELLS)
            schema_editor.execute(says, params=None)
            does = f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            schema_editor.execute(does, params=None)
        else:
            sql = SQLITE.format(name=name, table=table, event=event, when=when, tells=TELLS)
            schema_editor.execute(sql, params=None)


def let_go(apps, schema_editor):
    for name, table, _event, _when in triggers():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0012_portal_of_the_party'),
        ('people', '0011_keys_by_bytes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlannedSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'planned subject',
                'verbose_name_plural': 'planned subjects',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('legal_ground', models.TextField(verbose_name='legal ground')),
                ('aims', models.TextField(blank=True, verbose_name='aims and requirements')),
                ('state', models.CharField(choices=[('DRAFT', 'Draft'), ('SENT', 'Sent for the overlap check'), ('APPROVED', 'Approved'), ('PUBLISHED', 'Published'), ('REPLACED', 'Replaced by a later version')], default='DRAFT', max_length=9, verbose_name='state')),
                ('returned_because', models.TextField(blank=True, verbose_name='why it was returned')),
                ('drafted_at', models.DateTimeField(auto_now_add=True, verbose_name='drafted at')),
                ('reason', models.TextField(blank=True, verbose_name='reason of the change')),
                ('change_number', models.CharField(blank=True, max_length=60, verbose_name='number of the document')),
                ('change_on', models.DateField(blank=True, null=True, verbose_name='date of the document')),
                ('change_file', models.FileField(blank=True, max_length=200, storage=inspections.models.checklist.private_storage, upload_to='plans/%Y/', verbose_name='the signed document (PDF)')),
                ('change_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the document')),
                ('sent_to', models.CharField(blank=True, max_length=200, verbose_name='sent to')),
                ('signer_name', models.CharField(blank=True, max_length=200, verbose_name="signer's name")),
                ('signer_title', models.CharField(blank=True, max_length=200, verbose_name="signer's title")),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved at')),
                ('overlaps_settled', models.TextField(blank=True, verbose_name='how the overlaps were settled')),
                ('paper_number', models.CharField(blank=True, max_length=60, verbose_name='number')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('pdf', models.FileField(blank=True, max_length=200, storage=inspections.models.checklist.private_storage, upload_to='plans/%Y/', verbose_name='PDF')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the PDF')),
            ],
            options={
                'verbose_name': 'version of a plan',
                'verbose_name_plural': 'versions of plans',
                'ordering': ['plan', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SkippedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('reason', models.TextField(verbose_name='reason')),
                ('by_name', models.CharField(max_length=200, verbose_name='name then')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'skipped line of a plan',
                'verbose_name_plural': 'skipped lines of plans',
            },
        ),
        migrations.CreateModel(
            name='InspectionPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(db_index=True, verbose_name='year')),
                ('scope', models.CharField(choices=[('ANNUAL', 'Annual plan'), ('THEMATIC', 'Thematic plan')], default='ANNUAL', max_length=8, verbose_name='kind of plan')),
                ('act', models.CharField(choices=[('KT', 'Inspection (kiểm tra)'), ('TT', 'State inspectorate case (thanh tra)')], default='KT', max_length=4, verbose_name='kind of act')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_plans', to='people.agency', verbose_name='agency')),
            ],
            options={
                'verbose_name': 'inspection plan',
                'verbose_name_plural': 'inspection plans',
                'ordering': ['-year', '-pk'],
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='PlanEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('make', 'Draft the plan'), ('change', 'Change the draft'), ('send', 'Send for the overlap check'), ('return', 'Return to the draft'), ('approve', 'Approve the plan'), ('publish', 'Give the number and publish'), ('renew', 'Make a new version'), ('replace', 'Replace by the new version')], max_length=8, verbose_name='event')),
                ('source', models.CharField(blank=True, choices=[('DRAFT', 'Draft'), ('SENT', 'Sent for the overlap check'), ('APPROVED', 'Approved'), ('PUBLISHED', 'Published'), ('REPLACED', 'Replaced by a later version')], max_length=9, verbose_name='from')),
                ('target', models.CharField(choices=[('DRAFT', 'Draft'), ('SENT', 'Sent for the overlap check'), ('APPROVED', 'Approved'), ('PUBLISHED', 'Published'), ('REPLACED', 'Replaced by a later version')], max_length=9, verbose_name='to')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('by_name', models.CharField(blank=True, max_length=200, verbose_name='name then')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'event of a plan',
                'verbose_name_plural': 'events of plans',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='line')),
                ('field', models.CharField(max_length=200, verbose_name='field')),
                ('content', models.TextField(verbose_name='content')),
                ('month_from', models.PositiveSmallIntegerField(verbose_name='from month')),
                ('month_to', models.PositiveSmallIntegerField(verbose_name='to month')),
                ('leader_name', models.CharField(blank=True, max_length=200, verbose_name="leader's name")),
                ('team', models.CharField(blank=True, max_length=300, verbose_name='team')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspectionkind', verbose_name='kind of inspection')),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='team leader')),
            ],
            options={
                'verbose_name': 'line of a plan',
                'verbose_name_plural': 'lines of plans',
                'ordering': ['version', 'number'],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='plan_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='inspections.planline', verbose_name='line of the plan'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('plan_line', None), ('ground', 'PLAN'), _connector='OR'), name='inspections_decision_of_a_plan_says_so', violation_error_message='A decision opened from a plan has the plan as its ground.'),
        ),
        migrations.AddField(
            model_name='plannedsubject',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='inspections.planline'),
        ),
        migrations.AddField(
            model_name='plannedsubject',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='planline',
            name='subjects',
            field=models.ManyToManyField(related_name='planned', through='inspections.PlannedSubject', to='inspections.subject', verbose_name='subjects'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='drafted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='drafted by'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='inspections.inspectionplan'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='signer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='planline',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='inspections.planversion'),
        ),
        migrations.AddField(
            model_name='planentry',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='inspections.planversion'),
        ),
        migrations.AddField(
            model_name='skippedline',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='skippedline',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skipped', to='inspections.inspectionplan'),
        ),
        migrations.AddConstraint(
            model_name='inspectionplan',
            constraint=models.UniqueConstraint(condition=models.Q(('scope', 'ANNUAL')), fields=('agency', 'year', 'act'), name='inspections_plan_annual_once', violation_error_message='This agency already has an annual plan for the year: change that one by a new version.'),
        ),
        migrations.AddConstraint(
            model_name='inspectionplan',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='inspections_plan_year_plausible', violation_error_message='Give a year between 2000 and 2100.'),
        ),
        migrations.AddConstraint(
            model_name='plannedsubject',
            constraint=models.UniqueConstraint(fields=('line', 'subject'), name='inspections_plannedsubject_once'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='inspections_planversion_once'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['DRAFT', 'SENT'])), fields=('plan',), name='inspections_planversion_one_open', violation_error_message='A new version of this plan is being drafted already.'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['APPROVED', 'PUBLISHED'])), fields=('plan',), name='inspections_planversion_one_in_force', violation_error_message='One version of a plan is in force at a time.'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_number', ''), ('change_on', None), ('number', 1), ('reason', '')), models.Q(('change_on__isnull', False), ('number__gt', 1), models.Q(('reason', ''), _negated=True), models.Q(('change_number', ''), _negated=True)), _connector='OR'), name='inspections_planversion_change_has_reason', violation_error_message='A new version says why, and which document orders it.'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('signer__isnull', False), ('state__in', ['APPROVED', 'PUBLISHED', 'REPLACED'])), models.Q(models.Q(('state__in', ['APPROVED', 'PUBLISHED', 'REPLACED']), _negated=True), ('approved_at', None), ('signer', None)), _connector='OR'), name='inspections_planversion_approved_whole', violation_error_message='An approved plan has its signer and the moment.'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('signer', None), models.Q(('signer', models.F('drafted_by')), _negated=True), _connector='OR'), name='inspections_planversion_other_signer', violation_error_message='Who drafted a plan does not approve it.'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'PUBLISHED'), ('issued_on__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), models.Q(('paper_number', ''), ('pdf', ''), ('sha256', ''), _connector='OR', _negated=True)), models.Q(('state', 'REPLACED'), models.Q(models.Q(('issued_on__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), models.Q(('paper_number', ''), ('pdf', ''), ('sha256', ''), _connector='OR', _negated=True)), models.Q(('issued_on', None), ('paper_number', ''), ('pdf', ''), ('published_at', None), ('published_by', None), ('sha256', '')), _connector='OR')), models.Q(models.Q(('state__in', ['PUBLISHED', 'REPLACED']), _negated=True), ('issued_on', None), ('paper_number', ''), ('pdf', ''), ('published_at', None), ('published_by', None), ('sha256', '')), _connector='OR'), name='inspections_planversion_published_whole', violation_error_message='A published plan has its number, its day and its PDF.'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('legal_ground', ''), _negated=True)), name='inspections_planversion_has_ground', violation_error_message='A plan has a title and its legal ground.'),
        ),
        migrations.AddConstraint(
            model_name='planline',
            constraint=models.UniqueConstraint(fields=('version', 'number'), name='inspections_planline_number_once', violation_error_message='There is already a line with this number.'),
        ),
        migrations.AddConstraint(
            model_name='planline',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='inspections_planline_key_once'),
        ),
        migrations.AddConstraint(
            model_name='planline',
            constraint=models.CheckConstraint(condition=models.Q(('month_from__gte', 1), ('month_to__gte', models.F('month_from')), ('month_to__lte', 12)), name='inspections_planline_months', violation_error_message='Months run from 1 to 12, the first not after the last.'),
        ),
        migrations.AddConstraint(
            model_name='planline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('field', ''), _negated=True), models.Q(('content', ''), _negated=True), ('number__gte', 1)), name='inspections_planline_whole', violation_error_message='A line names its field and its content.'),
        ),
        migrations.AddConstraint(
            model_name='skippedline',
            constraint=models.UniqueConstraint(fields=('plan', 'key'), name='inspections_skippedline_once', violation_error_message='This line was skipped already.'),
        ),
        migrations.AddConstraint(
            model_name='skippedline',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='inspections_skippedline_has_reason', violation_error_message='Give the reason.'),
        ),
        migrations.RunPython(stay, let_go),
    ]
