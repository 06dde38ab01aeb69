"""Signatures on the screen (a row never changes: the database refuses it), their pictures, Word templates."""

import django.db.models.deletion
import inspections.models.checklist
from django.conf import settings
from django.db import migrations, models


STAYS = "a signature never changes"
SQLITE = f"""
CREATE TRIGGER inspections_drawn_stays BEFORE UPDATE ON inspections_drawnsignature
BEGIN SELECT RAISE(ABORT, '{STAYS}'); END;
"""
POSTGRESQL = f"""
CREATE FUNCTION inspections_drawn_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER inspections_drawn_stays BEFORE UPDATE ON inspections_drawnsignature
FOR EACH ROW EXECUTE FUNCTION inspections_drawn_stays();
"""


def keep(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE, params=None)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER inspections_drawn_stays ON inspections_drawnsignature")
        schema_editor.execute("DROP FUNCTION inspections_drawn_stays()")
    else:
        schema_editor.execute("DROP TRIGGER inspections_drawn_stays")


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0013_plans'),
        ('people', '0011_keys_by_bytes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='casedocument',
            name='type',
            field=models.CharField(choices=[('quyet-dinh-kiem-tra', 'Inspection decision'), ('ke-hoach-tien-hanh', 'Work plan of the team'), ('thong-bao-kiem-tra', 'Notice of the inspection'), ('de-cuong-bao-cao', "Outline of the subject's report"), ('bien-ban-cong-bo', 'Minutes of the announcement'), ('yeu-cau-cung-cap', 'Request for documents'), ('bien-ban-kiem-tra', 'Inspection minutes'), ('bien-ban-vi-pham', 'Record of an administrative violation'), ('van-ban-chuyen-ho-so', 'Letter handing the file over'), ('bien-ban-ban-giao', 'Record of the file handed over'), ('bao-cao-ket-qua', 'Report on the result'), ('thong-bao-ket-qua', 'Notice of the result'), ('yeu-cau-chan-chinh', 'Request to put right'), ('quyet-dinh-gia-han', 'Decision to extend'), ('quyet-dinh-tam-dung', 'Decision to suspend'), ('quyet-dinh-tiep-tuc', 'Decision to go on'), ('quyet-dinh-dinh-chi', 'Decision to terminate'), ('quyet-dinh-thay-doi-thanh-vien', 'Decision to change the team'), ('quyet-dinh-huy-bo', 'Decision to cancel')], max_length=40, verbose_name='document'),
        ),
        migrations.AlterField(
            model_name='kinddocument',
            name='type',
            field=models.CharField(choices=[('quyet-dinh-kiem-tra', 'Inspection decision'), ('ke-hoach-tien-hanh', 'Work plan of the team'), ('thong-bao-kiem-tra', 'Notice of the inspection'), ('de-cuong-bao-cao', "Outline of the subject's report"), ('bien-ban-cong-bo', 'Minutes of the announcement'), ('yeu-cau-cung-cap', 'Request for documents'), ('bien-ban-kiem-tra', 'Inspection minutes'), ('bien-ban-vi-pham', 'Record of an administrative violation'), ('van-ban-chuyen-ho-so', 'Letter handing the file over'), ('bien-ban-ban-giao', 'Record of the file handed over'), ('bao-cao-ket-qua', 'Report on the result'), ('thong-bao-ket-qua', 'Notice of the result'), ('yeu-cau-chan-chinh', 'Request to put right'), ('quyet-dinh-gia-han', 'Decision to extend'), ('quyet-dinh-tam-dung', 'Decision to suspend'), ('quyet-dinh-tiep-tuc', 'Decision to go on'), ('quyet-dinh-dinh-chi', 'Decision to terminate'), ('quyet-dinh-thay-doi-thanh-vien', 'Decision to change the team'), ('quyet-dinh-huy-bo', 'Decision to cancel')], max_length=40, verbose_name='document'),
        ),
        migrations.AlterField(
            model_name='transitionentry',
            name='paper_type',
            field=models.CharField(blank=True, choices=[('quyet-dinh-kiem-tra', 'Inspection decision'), ('ke-hoach-tien-hanh', 'Work plan of the team'), ('thong-bao-kiem-tra', 'Notice of the inspection'), ('de-cuong-bao-cao', "Outline of the subject's report"), ('bien-ban-cong-bo', 'Minutes of the announcement'), ('yeu-cau-cung-cap', 'Request for documents'), ('bien-ban-kiem-tra', 'Inspection minutes'), ('bien-ban-vi-pham', 'Record of an administrative violation'), ('van-ban-chuyen-ho-so', 'Letter handing the file over'), ('bien-ban-ban-giao', 'Record of the file handed over'), ('bao-cao-ket-qua', 'Report on the result'), ('thong-bao-ket-qua', 'Notice of the result'), ('yeu-cau-chan-chinh', 'Request to put right'), ('quyet-dinh-gia-han', 'Decision to extend'), ('quyet-dinh-tam-dung', 'Decision to suspend'), ('quyet-dinh-tiep-tuc', 'Decision to go on'), ('quyet-dinh-dinh-chi', 'Decision to terminate'), ('quyet-dinh-thay-doi-thanh-vien', 'Decision to change the team'), ('quyet-dinh-huy-bo', 'Decision to cancel')], max_length=40, verbose_name='document'),
        ),
        migrations.CreateModel(
            name='DrawnSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=20, verbose_name='place of the signature')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('strokes', models.JSONField(blank=True, default=list, verbose_name='strokes')),
                ('typed', models.CharField(blank=True, max_length=200, verbose_name='name typed instead')),
                ('svg', models.TextField(blank=True, verbose_name='drawing')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the drawing')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of what was signed')),
                ('signed_at', models.DateTimeField(auto_now_add=True, verbose_name='signed at')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drawn_signatures', to='inspections.minutes')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='whose account the screen was')),
            ],
            options={
                'verbose_name': 'signature drawn on the screen',
                'verbose_name_plural': 'signatures drawn on the screen',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('minutes', 'place', 'content_sha256'), name='inspections_drawn_once', violation_error_message='This person has signed these minutes already.'), models.CheckConstraint(condition=models.Q(models.Q(('typed', ''), models.Q(('svg', ''), _negated=True)), models.Q(models.Q(('typed', ''), _negated=True), ('svg', '')), _connector='OR'), name='inspections_drawn_or_typed', violation_error_message='A signature is drawn or typed.')],
            },
        ),
        migrations.CreateModel(
            name='SigningImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('png', models.BinaryField(verbose_name='picture')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('diameter_mm', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='diameter of the seal (mm)')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signing_images', to='people.agency', verbose_name='agency')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signing_images', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'picture of a signature or seal',
                'verbose_name_plural': 'pictures of signatures and seals',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency', None), ('diameter_mm', None), ('person__isnull', False)), models.Q(('agency__isnull', False), ('diameter_mm__gte', 20), ('diameter_mm__lte', 50), ('person', None)), _connector='OR'), name='inspections_image_of_one', violation_error_message="A picture is one person's signature, or one agency's seal of 20 to 50 mm.")],
            },
        ),
        migrations.CreateModel(
            name='WordTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('quyet-dinh-kiem-tra', 'Inspection decision'), ('ke-hoach-tien-hanh', 'Work plan of the team'), ('thong-bao-kiem-tra', 'Notice of the inspection'), ('de-cuong-bao-cao', "Outline of the subject's report"), ('bien-ban-cong-bo', 'Minutes of the announcement'), ('yeu-cau-cung-cap', 'Request for documents'), ('bien-ban-kiem-tra', 'Inspection minutes'), ('bien-ban-vi-pham', 'Record of an administrative violation'), ('van-ban-chuyen-ho-so', 'Letter handing the file over'), ('bien-ban-ban-giao', 'Record of the file handed over'), ('bao-cao-ket-qua', 'Report on the result'), ('thong-bao-ket-qua', 'Notice of the result'), ('yeu-cau-chan-chinh', 'Request to put right'), ('quyet-dinh-gia-han', 'Decision to extend'), ('quyet-dinh-tam-dung', 'Decision to suspend'), ('quyet-dinh-tiep-tuc', 'Decision to go on'), ('quyet-dinh-dinh-chi', 'Decision to terminate'), ('quyet-dinh-thay-doi-thanh-vien', 'Decision to change the team'), ('quyet-dinh-huy-bo', 'Decision to cancel')], max_length=40, verbose_name='document')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('file', models.FileField(max_length=200, storage=inspections.models.checklist.private_storage, upload_to='word/%Y/', verbose_name='template')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='word_templates', to='people.agency', verbose_name='agency')),
                ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='word_templates', to='inspections.inspectionkind', verbose_name='kind of inspection')),
            ],
            options={
                'verbose_name': 'Word template',
                'verbose_name_plural': 'Word templates',
                'ordering': ['agency', 'type', '-number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__isnull', False)), fields=('agency', 'kind', 'type', 'number'), name='inspections_word_version_of_kind'), models.UniqueConstraint(condition=models.Q(('kind', None)), fields=('agency', 'type', 'number'), name='inspections_word_version_of_all')],
            },
        ),
        migrations.RunPython(keep, let_go),
    ]
