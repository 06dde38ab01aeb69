import certificates.codes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0003_templates_and_states'),
    ]

    operations = [
        migrations.AlterField(
            model_name='certificate',
            name='short_code',
            field=models.CharField(default=certificates.codes.new_short_code, max_length=15, unique=True, verbose_name='short code'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['numbered', 'spoilt']), models.Q(models.Q(('file_name', ''), _negated=True), models.Q(('file_sha256', ''), _negated=True), ('file_size__gt', 0)), _connector='OR'), name='certificate_has_file', violation_error_message="A certificate has its file and the file's hash."),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('public_code', ''), _negated=True), models.Q(('short_code', ''), _negated=True), models.Q(('person_name', ''), _negated=True), models.Q(('course_name', ''), _negated=True), models.Q(('issuer_name', ''), _negated=True), models.Q(('facts_sha256', ''), _negated=True)), name='certificate_code_is_long', violation_error_message='A certificate names its person, course and issuing agency.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'issued')), fields=('completion',), name='certificate_issued_once', violation_error_message='This completion has its certificate.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('numbered', 'rendered', 'signed'))), fields=('completion',), name='certificate_in_making_once', violation_error_message='The certificate of this completion is being made.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', False), ('state__in', ['issued', 'replaced'])), models.Q(('released_at__isnull', True), ('state__in', ('numbered', 'rendered', 'signed'))), ('state', 'spoilt'), _connector='OR'), name='certificate_given_out_has_time', violation_error_message='A certificate given out has its time.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaced_by__isnull', False), ('state', 'replaced')), models.Q(models.Q(('state', 'replaced'), _negated=True), ('replaced_by__isnull', True)), _connector='OR'), name='certificate_replaced_names_new', violation_error_message='A replaced certificate names the new one.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('reissue_reason', ''), _negated=True), _connector='OR'), name='certificate_reissue_has_reason', violation_error_message='A new issue needs a reason.'),
        ),
    ]
