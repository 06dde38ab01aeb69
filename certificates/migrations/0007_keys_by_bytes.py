"""The register sorts names alike on both databases."""

from django.db import migrations

from lms.base.collation import sorted_by_bytes


class Migration(migrations.Migration):
    dependencies = [("certificates", "0006_register_requests")]

    operations = [sorted_by_bytes("certificates", "Certificate", "name_key")]
