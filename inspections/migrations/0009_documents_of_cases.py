"""Documents of cases. A numbered one never changes, not even by SQL: the database itself refuses the update."""

import django.db.models.deletion
import inspections.models.checklist
from django.conf import settings
from django.db import migrations, models

FROZEN = (
    "inspection_id", "type", "template_code", "template_version", "by_team", "agency_id", "series", "symbol",
    "inputs", "content", "signer_id", "signed_at", "number", "year", "issued_on", "numbered_at",
    "numbered_by_id", "pdf", "sha256", "replaces_id", "replaces_because", "made_at", "made_by_id",
)  # fmt: skip
TELLS = "a numbered document never changes"
WHEN = "OLD.state = 'FILED' OR (OLD.state = 'NUMBERED' AND (NEW.state NOT IN ('NUMBERED', 'FILED') OR {changed}))"
SQLITE = """
CREATE TRIGGER inspections_document_stays BEFORE UPDATE ON inspections_casedocument
WHEN {when}
BEGIN SELECT RAISE(ABORT, '{tells}'); END;
"""
POSTGRESQL = """
CREATE FUNCTION inspections_document_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{tells}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER inspections_document_stays BEFORE UPDATE ON inspections_casedocument
FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION inspections_document_stays();
"""


def stay(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgresql else "IS NOT"
    changed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in FROZEN)
    sql = POSTGRESQL if postgresql else SQLITE
    schema_editor.execute(sql.format(when=WHEN.format(changed=changed), tells=TELLS), params=None)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER inspections_document_stays ON inspections_casedocument")
        schema_editor.execute("DROP FUNCTION inspections_document_stays()")
    else:
        schema_editor.execute("DROP TRIGGER inspections_document_stays")


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0008_findings_and_remedies'),
        ('people', '0011_keys_by_bytes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('quyet-dinh-kiem-tra', 'Inspection decision'), ('ke-hoach-tien-hanh', 'Work plan of the team'), ('thong-bao-kiem-tra', 'Notice of the inspection'), ('de-cuong-bao-cao', "Outline of the subject's report"), ('bien-ban-cong-bo', 'Minutes of the announcement'), ('yeu-cau-cung-cap', 'Request for documents'), ('bien-ban-kiem-tra', 'Inspection minutes'), ('bien-ban-vi-pham', 'Record of an administrative violation'), ('van-ban-chuyen-ho-so', 'Letter handing the file over'), ('bao-cao-ket-qua', 'Report on the result'), ('thong-bao-ket-qua', 'Notice of the result'), ('yeu-cau-chan-chinh', 'Request to put right'), ('quyet-dinh-gia-han', 'Decision to extend'), ('quyet-dinh-tam-dung', 'Decision to suspend'), ('quyet-dinh-tiep-tuc', 'Decision to go on'), ('quyet-dinh-dinh-chi', 'Decision to terminate'), ('quyet-dinh-thay-doi-thanh-vien', 'Decision to change the team'), ('quyet-dinh-huy-bo', 'Decision to cancel')], max_length=40, verbose_name='document')),
                ('template_code', models.SlugField(max_length=60, verbose_name='code of the template')),
                ('template_version', models.PositiveSmallIntegerField(verbose_name='version of the template')),
                ('by_team', models.BooleanField(default=False, verbose_name='issued by the team')),
                ('series', models.CharField(max_length=10, verbose_name='series of numbers')),
                ('symbol', models.CharField(max_length=40, verbose_name='symbol')),
                ('state', models.CharField(choices=[('DRAFT', 'Draft'), ('SIGNED', 'Signed, waits for its number'), ('NUMBERED', 'Numbered'), ('FILED', 'Filed')], default='DRAFT', max_length=8, verbose_name='state')),
                ('inputs', models.JSONField(blank=True, default=dict, verbose_name='what its author wrote')),
                ('content', models.JSONField(blank=True, default=dict, verbose_name='what is printed')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signed at')),
                ('returned_because', models.TextField(blank=True, verbose_name='why it was returned')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='number')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('numbered_at', models.DateTimeField(blank=True, null=True, verbose_name='numbered at')),
                ('pdf', models.FileField(blank=True, max_length=200, storage=inspections.models.checklist.private_storage, upload_to='documents/%Y/%m/', verbose_name='PDF')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the PDF')),
                ('filed_at', models.DateTimeField(blank=True, null=True, verbose_name='filed at')),
                ('replaces_because', models.TextField(blank=True, verbose_name='why it is corrected')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='drafted at')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_documents', to='people.agency', verbose_name='agency that numbers it')),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='filed by')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='inspections.inspection')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='drafted by')),
                ('numbered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='numbered by')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='inspections.casedocument', verbose_name='document it corrects')),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents_to_sign', to=settings.AUTH_USER_MODEL, verbose_name='signer')),
            ],
            options={
                'verbose_name': 'document of an inspection',
                'verbose_name_plural': 'documents of inspections',
                'ordering': ['pk'],
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['state', 'agency'], name='inspections_state_6440a0_idx')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'series', 'year', 'number'), name='inspections_document_number_once', violation_error_message='This number is already used in this series and year.'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state__in', ['NUMBERED', 'FILED']), _negated=True), ('issued_on', None), ('number', None), ('numbered_at', None), ('numbered_by', None), ('pdf', ''), ('sha256', ''), ('year', None)), models.Q(('state__in', ['NUMBERED', 'FILED']), ('issued_on__isnull', False), ('number__gte', 1), ('numbered_at__isnull', False), ('year__isnull', False), ('numbered_by__isnull', False), models.Q(('pdf', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='inspections_document_numbered_whole', violation_error_message='A numbered document has number, day, clerk and PDF; a draft has none of them.'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('state', 'DRAFT')), models.Q(models.Q(('state', 'DRAFT'), _negated=True), ('returned_because', ''), ('signed_at__isnull', False)), _connector='OR'), name='inspections_document_signed_iff_dated', violation_error_message='A document is numbered only after it was signed.'), models.CheckConstraint(condition=models.Q(models.Q(('filed_at__isnull', False), ('filed_by__isnull', False), ('state', 'FILED')), models.Q(models.Q(('state', 'FILED'), _negated=True), ('filed_at', None), ('filed_by', None)), _connector='OR'), name='inspections_document_filed_whole', violation_error_message='A filed document has the moment and the clerk.'), models.CheckConstraint(condition=models.Q(('issued_on', None), ('year', models.F('issued_on__year')), _connector='OR'), name='inspections_document_year_of_its_day', violation_error_message='Numbers run from 1 January to 31 December.'), models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('replaces_because', '')), models.Q(('replaces__isnull', False), models.Q(('replaces_because', ''), _negated=True)), _connector='OR'), name='inspections_document_correction_has_reason', violation_error_message='A correction says why.')],
            },
        ),
        migrations.RunPython(stay, let_go),
    ]
