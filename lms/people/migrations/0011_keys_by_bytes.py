"""Names sort alike on both databases; the national HR file is written to the access log."""

from django.db import migrations, models

from lms.base.collation import sorted_by_bytes


class Migration(migrations.Migration):
    dependencies = [("people", "0010_names_with_blank")]

    operations = [
        migrations.AlterField(
            model_name="accessevent",
            name="page",
            field=models.CharField(
                choices=[
                    ("person", "the person's page"),
                    ("directory_file", "a file of the directory"),
                    ("correction", "a correction asked for"),
                    ("training_file", "a file of a training figure's list"),
                    ("certificate_file", "the file of a certificate"),
                    ("national_file", "a file for the national HR database"),
                ],
                max_length=20,
                verbose_name="where",
            ),
        ),
        sorted_by_bytes("people", "Person", "name_key"),
        sorted_by_bytes("people", "PersonName", "name_key"),
    ]
