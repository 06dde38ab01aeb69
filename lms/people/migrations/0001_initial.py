"""People and agencies over time. Names sort by their bytes on both databases."""

import uuid

from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone

import lms.base.models.import_run
from lms.base.migration_steps import CreateModels, sorted_by_bytes


def find_last_digits(apps, schema_editor):
    """Let an index find numbers by their last digits on PostgreSQL: a text read backwards by its characters."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX people_person_code_back ON people_person (reverse(code) text_pattern_ops)"
        )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('code', models.CharField(max_length=40, unique=True, verbose_name='personal number or staff code')),
                        ('full_name', models.CharField(max_length=200, verbose_name='full name')),
                        ('name_folded', models.CharField(db_index=True, editable=False, max_length=200)),
                        ('name_key', models.CharField(db_index=True, editable=False, max_length=600)),
                        ('birth_date', models.DateField(blank=True, null=True, verbose_name='date of birth')),
                        ('gender', models.CharField(blank=True, choices=[('male', 'male'), ('female', 'female')], max_length=6, verbose_name='gender')),
                        ('email', models.EmailField(blank=True, db_index=True, max_length=254, verbose_name='e-mail')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to=settings.AUTH_USER_MODEL, verbose_name='same as')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': 'person',
                        'verbose_name_plural': 'persons',
                        'constraints': [models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='people_person_not_merged_into_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accesses', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('reader_id', models.CharField(max_length=40, verbose_name='reader')),
                        ('reader_name', models.CharField(max_length=200, verbose_name='who')),
                        ('reader_roles', models.CharField(max_length=200, verbose_name='in which role')),
                        ('reader_agency', models.CharField(blank=True, max_length=200, verbose_name='from which agency')),
                        ('page', models.CharField(choices=[('person', "the person's page"), ('directory_file', 'a file of the directory'), ('correction', 'a correction asked for'), ('training_file', "a file of a training figure's list"), ('certificate_file', 'the file of a certificate'), ('national_file', 'a file for the national HR database')], max_length=20, verbose_name='where')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ],
                    options={
                        'verbose_name': "access to a person's record",
                        'verbose_name_plural': "accesses to persons' records",
                        'indexes': [models.Index(fields=['person', 'at'], name='people_acce_person__1b5ea9_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Agency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                        ('level', models.CharField(choices=[('province', 'province'), ('district', 'district'), ('commune', 'commune')], max_length=10, verbose_name='level')),
                        ('kind', models.CharField(blank=True, max_length=60, verbose_name='kind')),
                        ('successors', models.ManyToManyField(related_name='predecessors', through='people.Succession', to='people.agency')),
                    ],
                    options={
                        'verbose_name': 'agency',
                        'verbose_name_plural': 'agencies',
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='people_agency_ends_after_start', violation_error_message='The end must come after the start.')],
                    },
                ),
                migrations.CreateModel(
                    name='AgencyPeriod',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='people.agency')),
                        ('code', models.CharField(db_index=True, max_length=40, verbose_name='code')),
                        ('name', models.CharField(max_length=250, verbose_name='name')),
                        ('name_folded', models.CharField(editable=False, max_length=250)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='child_periods', to='people.agency', verbose_name='parent')),
                        ('place_name', models.CharField(blank=True, max_length=120, verbose_name='place name on documents')),
                    ],
                    options={
                        'verbose_name': "agency's period",
                        'verbose_name_plural': "agencies' periods",
                        'abstract': False,
                        'indexes': [models.Index(fields=['code', 'valid_from'], name='people_agen_code_8aa010_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='people_agencyperiod_ends_after_start', violation_error_message='The end must come after the start.'), models.UniqueConstraint(fields=('agency', 'valid_from'), name='people_agencyperiod_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Succession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succession_out', to='people.agency')),
                        ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succession_in', to='people.agency')),
                        ('on', models.DateField(verbose_name='from')),
                        ('kind', models.CharField(choices=[('merge', 'merger'), ('split', 'split'), ('rename', 'renaming')], max_length=10, verbose_name='kind')),
                        ('rank', models.PositiveSmallIntegerField(default=0, verbose_name='order in the decree')),
                        ('decree', models.CharField(blank=True, max_length=200, verbose_name='decree')),
                    ],
                    options={
                        'verbose_name': 'succession',
                        'verbose_name_plural': 'successions',
                        'ordering': ['on', 'rank'],
                        'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='people_succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='people_succession_not_itself', violation_error_message='An agency cannot succeed itself.')],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.UUIDField(default=uuid.uuid4)),
                    ],
                    options={
                        'verbose_name': 'version of the organisation',
                        'verbose_name_plural': 'versions of the organisation',
                    },
                ),
                migrations.CreateModel(
                    name='InvitationRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='key')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency', verbose_name='agency')),
                        ('agency_name', models.CharField(max_length=250, verbose_name="agency's name")),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('way', models.CharField(choices=[('letter', 'letter on paper'), ('email', 'e-mail')], max_length=6, verbose_name='way')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                        ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked')),
                        ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='made')),
                        ('made', models.PositiveIntegerField(default=0, verbose_name='codes made')),
                        ('left_out', models.PositiveIntegerField(default=0, verbose_name='left out for want of an e-mail')),
                        ('file_name', models.CharField(blank=True, max_length=200, verbose_name='file')),
                        ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                    ],
                    options={
                        'verbose_name': 'making of first codes',
                        'verbose_name_plural': 'makings of first codes',
                        'ordering': ['-asked_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='key')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.invitationrun')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                        ('digest', models.CharField(max_length=64)),
                        ('made_at', models.DateTimeField(verbose_name='made')),
                        ('expires_at', models.DateTimeField(verbose_name='valid until')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                    ],
                    options={
                        'verbose_name': 'first code',
                        'verbose_name_plural': 'first codes',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('person',), name='people_invitation_one_open', violation_error_message='A person has one open code at a time.'), models.CheckConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None), _connector='OR'), name='people_invitation_used_or_withdrawn'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='people_invitation_lasts')],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60, verbose_name='what')),
                        ('target_id', models.CharField(max_length=64, verbose_name='record')),
                        ('target_label', models.CharField(max_length=300, verbose_name="record's name")),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency', verbose_name='agency')),
                        ('payload', models.JSONField(default=dict, verbose_name='details')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('proposed_at', models.DateTimeField(verbose_name='proposed')),
                        ('expires_at', models.DateTimeField(verbose_name='lapses')),
                        ('state', models.CharField(choices=[('pending', 'waiting for the second person'), ('approved', 'approved and done'), ('refused', 'refused'), ('withdrawn', 'taken back'), ('expired', 'lapsed')], default='pending', max_length=10, verbose_name='state')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                        ('decision_reason', models.TextField(blank=True, verbose_name='reason of the decision')),
                    ],
                    options={
                        'verbose_name': 'proposal for the second person',
                        'verbose_name_plural': 'proposals for the second person',
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('kind', 'target_id'), name='people_approval_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='people_approval_decided_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('approved', 'refused')), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='people_approval_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='people_approval_needs_two', violation_error_message='The second person must be somebody else.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='people_approval_refusal_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('merge', 'Merge'), ('split', 'Split'), ('rename', 'Rename'), ('move', 'Move under another agency'), ('abolish', 'Abolish')], max_length=10, verbose_name='kind')),
                        ('on', models.DateField(verbose_name='from')),
                        ('decree', models.CharField(max_length=200, verbose_name='decree')),
                        ('state', models.CharField(choices=[('prepared', 'Prepared'), ('applied', 'Carried out'), ('reversed', 'Undone')], default='prepared', max_length=10, verbose_name='state')),
                        ('title', models.CharField(blank=True, max_length=500, verbose_name='what happens')),
                        ('title_folded', models.CharField(blank=True, editable=False, max_length=500)),
                        ('request', models.JSONField(default=dict, verbose_name='what was asked for')),
                        ('record', models.JSONField(default=dict, verbose_name='rows made and changed')),
                        ('prepared_at', models.DateTimeField(auto_now_add=True, verbose_name='prepared at')),
                        ('prepared_by_id', models.CharField(blank=True, max_length=40, verbose_name='prepared by (id)')),
                        ('prepared_by_name', models.CharField(blank=True, max_length=200, verbose_name='prepared by')),
                        ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='carried out at')),
                        ('applied_by_id', models.CharField(blank=True, max_length=40, verbose_name='carried out by (id)')),
                        ('applied_by_name', models.CharField(blank=True, max_length=200, verbose_name='carried out by')),
                        ('reversed_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
                        ('reversed_by_name', models.CharField(blank=True, max_length=200, verbose_name='undone by')),
                        ('reversal_reason', models.CharField(blank=True, max_length=300, verbose_name='why it was undone')),
                        ('agencies', models.ManyToManyField(blank=True, related_name='changes', to='people.agency', verbose_name='agencies')),
                    ],
                    options={
                        'verbose_name': 'change of the organisation',
                        'verbose_name_plural': 'changes of the organisation',
                        'ordering': ['-on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('applied_at', None), ('reversed_at', None), ('state', 'prepared')), models.Q(('applied_at__isnull', False), ('reversed_at', None), ('state', 'applied')), models.Q(('applied_at__isnull', False), ('reversed_at__isnull', False), ('state', 'reversed')), _connector='OR'), name='people_change_state_and_instants', violation_error_message='A change is carried out before it is undone.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'reversed'), _negated=True), models.Q(('reversal_reason', ''), _negated=True), _connector='OR'), name='people_change_undone_with_reason', violation_error_message='Undoing a change needs a reason.'), models.CheckConstraint(condition=models.Q(('decree', ''), _negated=True), name='people_change_has_decree', violation_error_message='A change of the organisation names its decree.')],
                    },
                ),
                migrations.CreateModel(
                    name='CorrectionRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('field', models.CharField(choices=[('full_name', 'full name'), ('birth_date', 'date of birth'), ('gender', 'gender'), ('email', 'e-mail'), ('post', 'a post: agency, position or days'), ('training', 'a course or certificate'), ('other', 'something else')], max_length=20, verbose_name='what is wrong')),
                        ('old_value', models.CharField(blank=True, max_length=300, verbose_name='as it stands')),
                        ('new_value', models.CharField(max_length=300, verbose_name='as it should be')),
                        ('explanation', models.TextField(blank=True, max_length=2000, verbose_name='explanation')),
                        ('evidence', models.FileField(blank=True, storage=lms.base.models.import_run.private_storage, upload_to='corrections/%Y/%m/', verbose_name='evidence')),
                        ('state', models.CharField(choices=[('open', 'waiting for HR'), ('accepted', 'accepted'), ('refused', 'refused')], default='open', max_length=10, verbose_name='state')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                        ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                    ],
                    options={
                        'verbose_name': 'correction asked for',
                        'verbose_name_plural': 'corrections asked for',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['state', 'asked_at'], name='people_corr_state_d76417_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='people_correction_answered_has_by_and_at'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='people_correction_refused_has_reason', violation_error_message='Refusing needs a reason.')],
                    },
                ),
                migrations.CreateModel(
                    name='ErasureProposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='erasure_proposal', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('due_on', models.DateField(verbose_name='retention ended on')),
                        ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposed at')),
                    ],
                    options={
                        'verbose_name': 'proposal to erase',
                        'verbose_name_plural': 'proposals to erase',
                        'ordering': ['due_on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Grant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                        ('role', models.CharField(max_length=30, verbose_name='role')),
                        ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.agency')),
                        ('delegated_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='people.grant', verbose_name='delegated from')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ],
                    options={
                        'verbose_name': 'granted role',
                        'verbose_name_plural': 'granted roles',
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='people_grant_ends_after_start', violation_error_message='The end must come after the start.'), models.UniqueConstraint(condition=models.Q(('delegated_from', None)), fields=('person', 'role', 'agency', 'valid_from'), name='people_grant_once'), models.UniqueConstraint(condition=models.Q(('agency', None), ('delegated_from', None)), fields=('person', 'role', 'valid_from'), name='people_grant_once_province_wide'), models.UniqueConstraint(fields=('person', 'delegated_from', 'valid_from'), name='people_grant_delegated_once'), models.CheckConstraint(condition=models.Q(('delegated_from', None), models.Q(('valid_to__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='people_grant_delegated_ends_with_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Merger',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('duplicate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergers', to=settings.AUTH_USER_MODEL, verbose_name='duplicate')),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergers_into', to=settings.AUTH_USER_MODEL, verbose_name='kept record')),
                        ('followers', models.JSONField(default=list, verbose_name='records led on')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('merged_by_id', models.CharField(max_length=40, verbose_name='merged by')),
                        ('merged_by_name', models.CharField(max_length=200, verbose_name='merged by (name)')),
                        ('merged_at', models.DateTimeField(auto_now_add=True, verbose_name='merged')),
                        ('separated_at', models.DateTimeField(null=True, verbose_name='separated')),
                        ('separated_by_id', models.CharField(blank=True, max_length=40, verbose_name='separated by')),
                        ('separated_by_name', models.CharField(blank=True, max_length=200, verbose_name='separated by (name)')),
                        ('separation_reason', models.TextField(blank=True, verbose_name='reason of the separation')),
                    ],
                    options={
                        'verbose_name': 'merger of records',
                        'verbose_name_plural': 'mergers of records',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('separated_at', None)), fields=('duplicate',), name='people_merger_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('duplicate', models.F('kept')), _negated=True), models.Q(('reason', ''), _negated=True)), name='people_merger_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('separated_at', None), ('separation_reason', '')), models.Q(('separated_at__isnull', False), models.Q(('separation_reason', ''), _negated=True)), _connector='OR'), name='people_merger_separation_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='DistinctPair',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('decided_by_id', models.CharField(max_length=40, verbose_name='decided by')),
                        ('decided_by_name', models.CharField(max_length=200, verbose_name='decided by (name)')),
                        ('decided_at', models.DateTimeField(auto_now_add=True, verbose_name='decided')),
                    ],
                    options={
                        'verbose_name': 'pair of different people',
                        'verbose_name_plural': 'pairs of different people',
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='people_distinctpair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second')), models.Q(('reason', ''), _negated=True)), name='people_distinctpair_ordered')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonName',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('full_name', models.CharField(max_length=200, verbose_name='full name')),
                        ('name_folded', models.CharField(max_length=201)),
                        ('name_key', models.CharField(db_index=True, max_length=600)),
                    ],
                    options={
                        'verbose_name': 'name in use',
                        'verbose_name_plural': 'names in use',
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to=settings.AUTH_USER_MODEL)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.agency')),
                        ('category', models.CharField(choices=[('CB', 'cán bộ (elected or appointed official)'), ('CC', 'công chức (civil servant)'), ('VC', 'viên chức (public employee)'), ('HD', 'contract staff'), ('KCT', 'part-time commune staff')], max_length=3, verbose_name='category')),
                        ('position', models.CharField(blank=True, max_length=200, verbose_name='position')),
                        ('rank', models.CharField(blank=True, max_length=100, verbose_name='rank')),
                        ('is_primary', models.BooleanField(default=True, verbose_name='primary post')),
                    ],
                    options={
                        'verbose_name': 'post',
                        'verbose_name_plural': 'posts',
                        'abstract': False,
                        'indexes': [models.Index(fields=['valid_from', 'valid_to', 'is_primary'], name='people_post_valid_f_db5812_idx'), models.Index(fields=['position'], name='people_post_positio_70634a_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='people_post_ends_after_start', violation_error_message='The end must come after the start.'), models.UniqueConstraint(fields=('person', 'agency', 'valid_from'), name='people_post_once'), models.UniqueConstraint(condition=models.Q(('is_primary', True), ('valid_to', None)), fields=('person',), name='people_post_one_open_primary', violation_error_message='A person has one primary post at a time.')],
                    },
                ),
                migrations.CreateModel(
                    name='Leave',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaves', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(blank=True, max_length=60, verbose_name='kind')),
                    ],
                    options={
                        'verbose_name': 'leave',
                        'verbose_name_plural': 'leaves',
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='people_leave_ends_after_start', violation_error_message='The end must come after the start.'), models.UniqueConstraint(fields=('person', 'valid_from'), name='people_leave_once')],
                    },
                ),
            ],
        ),
        sorted_by_bytes("people", "Person", "name_key"),
        sorted_by_bytes("people", "PersonName", "name_key"),
        migrations.RunPython(find_last_digits, migrations.RunPython.noop),
    ]
