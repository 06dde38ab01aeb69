import django.db.models.deletion
import inspections.models.checklist
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0002_locked_minutes'),
        ('people', '0010_names_with_blank'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='DistinctSubjects',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('decided_at', models.DateTimeField(auto_now_add=True, verbose_name='decided')),
                ('decided_by_name', models.CharField(max_length=200, verbose_name='decided by (name)')),
            ],
            options={
                'verbose_name': 'pair of distinct subjects',
                'verbose_name_plural': 'pairs of distinct subjects',
            },
        ),
        migrations.CreateModel(
            name='FormerMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(choices=[('LEADER', 'Team leader'), ('DEPUTY', 'Deputy leader'), ('MEMBER', 'Member'), ('SECRETARY', 'Secretary')], max_length=9, verbose_name='duty')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='position and agency')),
                ('joined_at', models.DateTimeField(verbose_name='joined')),
                ('left_at', models.DateTimeField(auto_now_add=True, verbose_name='left')),
            ],
            options={
                'verbose_name': 'former member of the team',
                'verbose_name_plural': 'former members of the team',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='KindDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('quyet-dinh-kiem-tra', 'Inspection decision'), ('ke-hoach-tien-hanh', 'Work plan of the team'), ('thong-bao-kiem-tra', 'Notice of the inspection'), ('de-cuong-bao-cao', "Outline of the subject's report"), ('bien-ban-cong-bo', 'Minutes of the announcement'), ('yeu-cau-cung-cap', 'Request for documents'), ('bien-ban-kiem-tra', 'Inspection minutes'), ('bien-ban-vi-pham', 'Record of an administrative violation'), ('van-ban-chuyen-ho-so', 'Letter handing the file over'), ('bao-cao-ket-qua', 'Report on the result'), ('thong-bao-ket-qua', 'Notice of the result'), ('yeu-cau-chan-chinh', 'Request to put right'), ('quyet-dinh-gia-han', 'Decision to extend'), ('quyet-dinh-tam-dung', 'Decision to suspend'), ('quyet-dinh-tiep-tuc', 'Decision to go on'), ('quyet-dinh-dinh-chi', 'Decision to terminate'), ('quyet-dinh-thay-doi-thanh-vien', 'Decision to change the team'), ('quyet-dinh-huy-bo', 'Decision to cancel')], max_length=40, verbose_name='document')),
                ('name', models.CharField(max_length=200, verbose_name='its name in this kind')),
                ('template_code', models.SlugField(max_length=60, verbose_name='code of the template')),
                ('is_required', models.BooleanField(default=False, verbose_name='every case has it')),
            ],
            options={
                'verbose_name': 'document of a kind',
                'verbose_name_plural': 'documents of kinds',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='KindVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('valid_from', models.DateField(verbose_name='for decisions from')),
                ('legal_basis', models.CharField(max_length=400, verbose_name='legal basis as papers cite it')),
                ('requires_announcement', models.BooleanField(default=True, verbose_name='must be announced')),
                ('requires_result', models.BooleanField(default=False, help_text='Otherwise the leader may do without one and says why.', verbose_name='always ends with a result document')),
                ('requires_plan', models.BooleanField(default=False, verbose_name='needs an approved work plan before the announcement')),
                ('closing_document', models.CharField(max_length=200, verbose_name='name of the closing document')),
                ('team_name', models.CharField(default='Đoàn kiểm tra', max_length=60, verbose_name='what the team is called')),
                ('signers', models.TextField(blank=True, help_text='Positions, one a line.', verbose_name='who may sign the decision')),
                ('day_mode', models.CharField(choices=[('calendar', 'Calendar days'), ('working', 'Working days')], default='calendar', max_length=10, verbose_name='how days are counted')),
                ('warn_days', models.PositiveSmallIntegerField(default=3, verbose_name='warn so many days ahead')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='published')),
            ],
            options={
                'verbose_name': 'version of a kind of inspection',
                'verbose_name_plural': 'versions of kinds of inspection',
                'ordering': ['kind', '-number'],
            },
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='number')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('certainty', models.CharField(choices=[('F', 'Found in a published copy'), ('K', 'Reliably known'), ('U', 'Uncertain: to be verified')], default='K', max_length=1, verbose_name='how sure we are')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('search_text', models.TextField(default='', editable=False)),
            ],
            options={
                'verbose_name': 'legal text',
                'verbose_name_plural': 'legal texts',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Premise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name of the place')),
                ('address', models.CharField(max_length=300, verbose_name='address')),
            ],
            options={
                'verbose_name': 'premises',
                'verbose_name_plural': 'premises',
                'ordering': ['valid_from', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SubjectMerger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('followers', models.JSONField(default=list, verbose_name='records led on')),
                ('reason', models.TextField(verbose_name='reason')),
                ('merged_at', models.DateTimeField(auto_now_add=True, verbose_name='merged')),
                ('merged_by_name', models.CharField(max_length=200, verbose_name='merged by (name)')),
                ('separated_at', models.DateTimeField(blank=True, null=True, verbose_name='separated')),
                ('separated_by_name', models.CharField(blank=True, max_length=200, verbose_name='separated by (name)')),
                ('separation_reason', models.TextField(blank=True, verbose_name='reason of the separation')),
            ],
            options={
                'verbose_name': 'merger of subjects',
                'verbose_name_plural': 'mergers of subjects',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SubjectName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='no longer valid from')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('name_folded', models.CharField(db_index=True, editable=False, max_length=300)),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='address')),
            ],
            options={
                'verbose_name': 'name of a subject',
                'verbose_name_plural': 'names of subjects',
                'ordering': ['valid_from'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SubjectSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('CONVERSION', 'Converted (e.g. household business into company)'), ('MERGER', 'Merged or absorbed'), ('SPLIT', 'Split or divided')], max_length=10, verbose_name='how it went on')),
                ('on', models.DateField(verbose_name='from')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
            ],
            options={
                'verbose_name': 'succession of subjects',
                'verbose_name_plural': 'successions of subjects',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suspended_on', models.DateField(verbose_name='suspended on')),
                ('resumed_on', models.DateField(blank=True, null=True, verbose_name='resumed on')),
            ],
            options={
                'verbose_name': 'suspension',
                'verbose_name_plural': 'suspensions',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TransitionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('open', 'Open the decision'), ('register', 'Register a paper inspection'), ('form_team', 'Form the team'), ('submit_plan', 'Submit the work plan'), ('approve_plan', 'Approve the work plan'), ('send_back_plan', 'Send the work plan back'), ('announce', 'Announce the decision'), ('extend', 'Extend once'), ('change_team', 'Change the team'), ('lock_minutes', 'Lock the minutes'), ('hand_over', 'Hand a violation over'), ('issue_result', 'Issue the result document'), ('waive_result', 'Do without a result document'), ('complete', 'Complete the inspection'), ('suspend', 'Suspend'), ('resume', 'Resume'), ('terminate', 'Terminate'), ('cancel', 'Cancel')], max_length=14, verbose_name='event')),
                ('source', models.CharField(blank=True, choices=[('PLANNED', 'Planned'), ('IN_PROGRESS', 'In progress'), ('SUSPENDED', 'Suspended'), ('TERMINATED', 'Terminated'), ('CANCELLED', 'Cancelled'), ('COMPLETED', 'Completed')], max_length=12, verbose_name='from')),
                ('target', models.CharField(choices=[('PLANNED', 'Planned'), ('IN_PROGRESS', 'In progress'), ('SUSPENDED', 'Suspended'), ('TERMINATED', 'Terminated'), ('CANCELLED', 'Cancelled'), ('COMPLETED', 'Completed')], max_length=12, verbose_name='to')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('paper_type', models.CharField(blank=True, choices=[('quyet-dinh-kiem-tra', 'Inspection decision'), ('ke-hoach-tien-hanh', 'Work plan of the team'), ('thong-bao-kiem-tra', 'Notice of the inspection'), ('de-cuong-bao-cao', "Outline of the subject's report"), ('bien-ban-cong-bo', 'Minutes of the announcement'), ('yeu-cau-cung-cap', 'Request for documents'), ('bien-ban-kiem-tra', 'Inspection minutes'), ('bien-ban-vi-pham', 'Record of an administrative violation'), ('van-ban-chuyen-ho-so', 'Letter handing the file over'), ('bao-cao-ket-qua', 'Report on the result'), ('thong-bao-ket-qua', 'Notice of the result'), ('yeu-cau-chan-chinh', 'Request to put right'), ('quyet-dinh-gia-han', 'Decision to extend'), ('quyet-dinh-tam-dung', 'Decision to suspend'), ('quyet-dinh-tiep-tuc', 'Decision to go on'), ('quyet-dinh-dinh-chi', 'Decision to terminate'), ('quyet-dinh-thay-doi-thanh-vien', 'Decision to change the team'), ('quyet-dinh-huy-bo', 'Decision to cancel')], max_length=40, verbose_name='document')),
                ('paper_number', models.CharField(blank=True, max_length=60, verbose_name='number of the document')),
                ('paper_on', models.DateField(blank=True, null=True, verbose_name='date of the document')),
                ('paper_file', models.FileField(blank=True, max_length=200, storage=inspections.models.checklist.private_storage, upload_to='papers/%Y/%m/', verbose_name='the document')),
                ('paper_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the document')),
                ('detail', models.JSONField(blank=True, default=dict, verbose_name='what else it says')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by_name', models.CharField(blank=True, max_length=200, verbose_name='name then')),
            ],
            options={
                'verbose_name': 'event of an inspection',
                'verbose_name_plural': 'events of inspections',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WorkPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aims', models.TextField(verbose_name='aims and requirements')),
                ('content', models.TextField(verbose_name='content to be inspected')),
                ('schedule', models.TextField(verbose_name='time and place')),
                ('assignments', models.TextField(verbose_name='who does what')),
                ('resources', models.TextField(blank=True, verbose_name='means')),
                ('state', models.CharField(choices=[('SUBMITTED', 'Submitted'), ('SENT_BACK', 'Sent back'), ('APPROVED', 'Approved')], default='SUBMITTED', max_length=9, verbose_name='state')),
                ('state_reason', models.TextField(blank=True, verbose_name='why it was sent back')),
                ('submitted_at', models.DateTimeField(verbose_name='submitted at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'work plan',
                'verbose_name_plural': 'work plans',
            },
        ),
        migrations.CreateModel(
            name='YearOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=200, verbose_name='field')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('signs', models.TextField(verbose_name='clear signs of violation')),
                ('reason', models.TextField(verbose_name='reason of the second inspection in a year')),
                ('evidence', models.FileField(max_length=200, storage=inspections.models.checklist.private_storage, upload_to='overrides/%Y/', verbose_name='evidence')),
                ('evidence_name', models.CharField(max_length=200, verbose_name='file name')),
                ('evidence_sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('despite', models.JSONField(default=list, verbose_name='cases in the way')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved at')),
            ],
            options={
                'verbose_name': 'leave for a second inspection in a year',
                'verbose_name_plural': 'leaves for a second inspection in a year',
                'ordering': ['-pk'],
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.AlterModelOptions(
            name='kindperiod',
            options={'ordering': ['pk'], 'verbose_name': 'period of a kind', 'verbose_name_plural': 'periods of kinds'},
        ),
        migrations.AddField(
            model_name='announcement',
            name='last_day',
            field=models.DateField(db_index=True, null=True, verbose_name='last day in force'),
        ),
        migrations.AddField(
            model_name='holiday',
            name='is_assumed',
            field=models.BooleanField(default=False, verbose_name='assumed'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='announced_on',
            field=models.DateField(blank=True, null=True, verbose_name='announced on'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='stopped_on',
            field=models.DateField(blank=True, null=True, verbose_name='terminated or cancelled on'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='suspended_on',
            field=models.DateField(blank=True, null=True, verbose_name='suspended on'),
        ),
        migrations.AddField(
            model_name='subject',
            name='ended_on',
            field=models.DateField(blank=True, null=True, verbose_name='ended on'),
        ),
        migrations.AddField(
            model_name='subject',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='inspections.subject', verbose_name='duplicate of'),
        ),
        migrations.AddField(
            model_name='subject',
            name='representative',
            field=models.CharField(blank=True, max_length=200, verbose_name='representative of the subject'),
        ),
        migrations.AddField(
            model_name='subject',
            name='search_text',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='method',
            field=models.CharField(blank=True, choices=[('ONSITE', 'On site'), ('REMOTE', 'Online or remote'), ('MIXED', 'Partly on site, partly online')], max_length=6, verbose_name='method'),
        ),
        migrations.AlterField(
            model_name='kindperiod',
            name='level',
            field=models.CharField(choices=[('ministry', 'Unit of a ministry'), ('province', 'Province'), ('district', 'District (until 30/06/2025)'), ('commune', 'Commune')], max_length=10, verbose_name='level of the agency'),
        ),
        migrations.AddField(
            model_name='distinctsubjects',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='distinctsubjects',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='formermember',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_members', to='inspections.inspection'),
        ),
        migrations.AddField(
            model_name='formermember',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_team_places', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='kindversion',
            name='checklists',
            field=models.ManyToManyField(blank=True, related_name='kinds', to='inspections.checklisttemplate', verbose_name='checklists'),
        ),
        migrations.AddField(
            model_name='kindversion',
            name='created_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AddField(
            model_name='kindversion',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='inspections.inspectionkind'),
        ),
        migrations.AddField(
            model_name='kinddocument',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='inspections.kindversion'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='kind_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='inspections.kindversion', verbose_name='version of the kind'),
        ),
        migrations.AddField(
            model_name='kindperiod',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='inspections.kindversion'),
        ),
        migrations.AddField(
            model_name='legalbasis',
            name='replaced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='inspections.legalbasis', verbose_name='replaced by'),
        ),
        migrations.AddField(
            model_name='kindversion',
            name='bases',
            field=models.ManyToManyField(related_name='kinds', to='inspections.legalbasis', verbose_name='legal texts'),
        ),
        migrations.AddField(
            model_name='premise',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='premises', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='subjectmerger',
            name='duplicate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergers', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='subjectmerger',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergers_into', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='subjectname',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='subjectsuccession',
            name='predecessor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='subjectsuccession',
            name='successor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='inspections.subject'),
        ),
        migrations.AddField(
            model_name='suspension',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspensions', to='inspections.inspection'),
        ),
        migrations.AddField(
            model_name='transitionentry',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='transitionentry',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='inspections.inspection'),
        ),
        migrations.AddField(
            model_name='workplan',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='workplan',
            name='inspection',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='work_plan', to='inspections.inspection'),
        ),
        migrations.AddField(
            model_name='workplan',
            name='submitted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by'),
        ),
        migrations.AddField(
            model_name='yearoverride',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='yearoverride',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='yearoverride',
            name='inspection',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='inspections.inspection', verbose_name='used for'),
        ),
        migrations.AddField(
            model_name='yearoverride',
            name='lead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency', verbose_name='lead agency'),
        ),
        migrations.AddField(
            model_name='yearoverride',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='inspections.subject', verbose_name='inspected party'),
        ),
        migrations.AddField(
            model_name="subject",
            name="name_core",
            field=models.CharField(db_index=True, default="", editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="subject",
            name="named_from",
            field=models.DateField(blank=True, null=True, verbose_name="called so from"),
        ),
    ]
