"""Electronic signatures: a row never changes, and the agency never signs before the person. The database refuses it."""

import django.db.models.deletion
import inspections.models.checklist
from django.conf import settings
from django.db import migrations, models


STAYS, ORDER = "a signature never changes", "the person signs before the agency"
LACKS_PERSON = (
    "NEW.field = 'CoQuan' AND NOT EXISTS (SELECT 1 FROM inspections_papersignature"
    " WHERE document_id = NEW.document_id AND field = 'NguoiKy')"
)
SQLITE = (
    f"""CREATE TRIGGER inspections_signature_stays BEFORE UPDATE ON inspections_papersignature
BEGIN SELECT RAISE(ABORT, '{STAYS}'); END;""",
    f"""CREATE TRIGGER inspections_signature_order BEFORE INSERT ON inspections_papersignature
WHEN {LACKS_PERSON}
BEGIN SELECT RAISE(ABORT, '{ORDER}'); END;""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION inspections_signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER inspections_signature_stays BEFORE UPDATE ON inspections_papersignature
FOR EACH ROW EXECUTE FUNCTION inspections_signature_stays();""",
    f"""CREATE FUNCTION inspections_signature_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {LACKS_PERSON} THEN RAISE EXCEPTION '{ORDER}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER inspections_signature_order BEFORE INSERT ON inspections_papersignature
FOR EACH ROW EXECUTE FUNCTION inspections_signature_order();""",
)
NAMES = ("inspections_signature_stays", "inspections_signature_order")


def keep(apps, schema_editor):
    for sql in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(sql, params=None)


def let_go(apps, schema_editor):
    for name in NAMES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON inspections_papersignature")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0009_documents_of_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('NguoiKy', 'Signer'), ('CoQuan', 'Agency')], max_length=10, verbose_name='place of the signature')),
                ('way', models.CharField(choices=[('key', 'By the key kept here'), ('outside', 'Signed outside and brought back')], max_length=7, verbose_name='how it was signed')),
                ('signer', models.CharField(max_length=250, verbose_name='signed by')),
                ('organisation', models.CharField(blank=True, max_length=250, verbose_name='organisation')),
                ('signed_at', models.DateTimeField(verbose_name='signed at')),
                ('is_stamped', models.BooleanField(default=False, verbose_name='time from a time stamp authority')),
                ('sha256', models.CharField(max_length=64, verbose_name='signature (SHA-256)')),
                ('key_sha256', models.CharField(max_length=64, verbose_name="signer's certificate (SHA-256)")),
                ('known_at', models.DateTimeField(verbose_name='checked at')),
                ('pdf', models.FileField(max_length=200, storage=inspections.models.checklist.private_storage, upload_to='documents/%Y/%m/', verbose_name='PDF')),
                ('file_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the PDF')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='inspections.casedocument')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by')),
            ],
            options={
                'verbose_name': 'electronic signature of a document',
                'verbose_name_plural': 'electronic signatures of documents',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('document', 'field'), name='inspections_paper_signed_once', violation_error_message='This document has been signed in this place already.'), models.CheckConstraint(condition=models.Q(('file_sha256__regex', '^[0-9a-f]{64}$'), ('sha256__regex', '^[0-9a-f]{64}$'), models.Q(('pdf', ''), _negated=True)), name='inspections_paper_signature_has_file', violation_error_message='A signature is kept with its file and their hashes.')],
            },
        ),
        migrations.RunPython(keep, let_go),
    ]
