import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0004_carry_over'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='inspection',
            name='inspections_run_here_has_decision',
        ),
        migrations.RemoveConstraint(
            model_name='kindperiod',
            name='inspections_kindperiod_once',
        ),
        migrations.RemoveField(
            model_name='inspectionkind',
            name='closing_document',
        ),
        migrations.RemoveField(
            model_name='inspectionkind',
            name='day_mode',
        ),
        migrations.RemoveField(
            model_name='inspectionkind',
            name='legal_basis',
        ),
        migrations.RemoveField(
            model_name='inspectionkind',
            name='requires_announcement',
        ),
        migrations.RemoveField(
            model_name='inspectionkind',
            name='requires_result',
        ),
        migrations.RemoveField(
            model_name='kindperiod',
            name='kind',
        ),
        migrations.AlterField(
            model_name='announcement',
            name='last_day',
            field=models.DateField(db_index=True, verbose_name='last day in force'),
        ),
        migrations.AlterField(
            model_name='kindperiod',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='inspections.kindversion'),
        ),
        migrations.AddConstraint(
            model_name='announcement',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('deadline_on')), models.Q(('extended_deadline_on', None), ('last_day__gte', models.F('extended_deadline_on')), _connector='OR')), name='inspections_last_day_never_earlier', violation_error_message='Extension and suspension only move the last day further.'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='inspections_subject_no_duplicate_of_itself', violation_error_message='A subject is no duplicate of itself.'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'SYSTEM'), _negated=True), models.Q(('decided_on__isnull', False), ('kind__isnull', False), ('kind_version__isnull', False)), _connector='OR'), name='inspections_run_here_has_decision', violation_error_message='An inspection run here has a kind and a dated decision.'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'REGISTERED'), models.Q(('announced_on__isnull', True), ('status__in', ['PLANNED', 'CANCELLED'])), models.Q(models.Q(('status__in', ['PLANNED', 'CANCELLED']), _negated=True), ('announced_on__isnull', False)), _connector='OR'), name='inspections_announced_iff_begun', violation_error_message='An inspection has begun exactly when its decision was announced.'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'REGISTERED'), models.Q(('status', 'SUSPENDED'), ('suspended_on__isnull', False)), models.Q(models.Q(('status', 'SUSPENDED'), _negated=True), ('suspended_on__isnull', True)), _connector='OR'), name='inspections_suspended_iff_dated', violation_error_message='A suspended inspection has the day it was suspended.'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'REGISTERED'), models.Q(('status__in', ['TERMINATED', 'CANCELLED']), ('stopped_on__isnull', False)), models.Q(models.Q(('status__in', ['TERMINATED', 'CANCELLED']), _negated=True), ('stopped_on__isnull', True)), _connector='OR'), name='inspections_stopped_iff_dated', violation_error_message='A terminated or cancelled inspection has the day it was stopped.'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('announced_on', None), ('decided_on', None), ('announced_on__gte', models.F('decided_on')), _connector='OR'), models.Q(('suspended_on', None), ('announced_on', None), ('suspended_on__gte', models.F('announced_on')), _connector='OR'), models.Q(('stopped_on', None), ('announced_on', None), ('stopped_on__gte', models.F('announced_on')), _connector='OR'), models.Q(('stopped_on', None), ('decided_on', None), ('stopped_on__gte', models.F('decided_on')), _connector='OR'), models.Q(('completed_on', None), ('announced_on', None), ('completed_on__gte', models.F('announced_on')), _connector='OR')), name='inspections_dates_in_order', violation_error_message='Each date comes after the one before.'),
        ),
        migrations.AddConstraint(
            model_name='kindperiod',
            constraint=models.UniqueConstraint(fields=('version', 'level'), name='inspections_kindperiod_once'),
        ),
        migrations.AddConstraint(
            model_name='distinctsubjects',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='inspections_distinctsubjects_once'),
        ),
        migrations.AddConstraint(
            model_name='distinctsubjects',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='inspections_distinctsubjects_ordered'),
        ),
        migrations.AddConstraint(
            model_name='kinddocument',
            constraint=models.UniqueConstraint(fields=('version', 'type'), name='inspections_kinddocument_once'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='inspections_legalbasis_ends_after_start', violation_error_message='The end must come after the start.'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='inspections_legalbasis_named', violation_error_message='A legal text has its number and its title.'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.CheckConstraint(condition=models.Q(('replaced_by', None), ('valid_to__isnull', False), _connector='OR'), name='inspections_legalbasis_replaced_has_end', violation_error_message='A replaced text has the day from which it is no longer valid.'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on', None), ('valid_from__gte', models.F('issued_on')), _connector='OR'), name='inspections_legalbasis_valid_after_issue', violation_error_message='A text is in force from its issue at the earliest.'),
        ),
        migrations.AddConstraint(
            model_name='kindversion',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='inspections_kindversion_once'),
        ),
        migrations.AddConstraint(
            model_name='kindversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closing_document', ''), _negated=True), models.Q(('legal_basis', ''), _negated=True), models.Q(('team_name', ''), _negated=True)), name='inspections_kindversion_whole', violation_error_message='A kind names its law, its closing document and what its team is called.'),
        ),
        migrations.AddConstraint(
            model_name='premise',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='inspections_premise_ends_after_start', violation_error_message='The end must come after the start.'),
        ),
        migrations.AddConstraint(
            model_name='premise',
            constraint=models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='inspections_premise_has_address', violation_error_message='Premises have an address.'),
        ),
        migrations.AddConstraint(
            model_name='subjectmerger',
            constraint=models.UniqueConstraint(condition=models.Q(('separated_at', None)), fields=('duplicate',), name='inspections_subjectmerger_one_open'),
        ),
        migrations.AddConstraint(
            model_name='subjectmerger',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('duplicate', models.F('kept')), _negated=True), models.Q(('reason', ''), _negated=True)), name='inspections_subjectmerger_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='subjectmerger',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('separated_at', None), ('separation_reason', '')), models.Q(('separated_at__isnull', False), models.Q(('separation_reason', ''), _negated=True)), _connector='OR'), name='inspections_subjectmerger_separation_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='subjectname',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='inspections_subjectname_ends_after_start', violation_error_message='The end must come after the start.'),
        ),
        migrations.AddConstraint(
            model_name='subjectname',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('subject',), name='inspections_subjectname_one_now', violation_error_message='A subject has one name at a time.'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='inspections_subjectsuccession_once', violation_error_message='This succession is known already.'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='inspections_subjectsuccession_of_two', violation_error_message='A subject does not succeed itself.'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(('resumed_on', None), ('resumed_on__gte', models.F('suspended_on')), _connector='OR'), name='inspections_suspension_ends_after_start', violation_error_message='An inspection goes on after it was suspended.'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.UniqueConstraint(condition=models.Q(('resumed_on', None)), fields=('inspection',), name='inspections_suspension_one_open', violation_error_message='The inspection is suspended already.'),
        ),
        migrations.AddConstraint(
            model_name='transitionentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event', 'open'), ('source', ''), ('target', 'PLANNED')), models.Q(('event', 'register'), ('source', ''), ('target', 'PLANNED')), models.Q(('event', 'register'), ('source', ''), ('target', 'IN_PROGRESS')), models.Q(('event', 'register'), ('source', ''), ('target', 'SUSPENDED')), models.Q(('event', 'register'), ('source', ''), ('target', 'TERMINATED')), models.Q(('event', 'register'), ('source', ''), ('target', 'CANCELLED')), models.Q(('event', 'register'), ('source', ''), ('target', 'COMPLETED')), models.Q(('event', 'form_team'), ('source', 'PLANNED'), ('target', 'PLANNED')), models.Q(('event', 'submit_plan'), ('source', 'PLANNED'), ('target', 'PLANNED')), models.Q(('event', 'submit_plan'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'approve_plan'), ('source', 'PLANNED'), ('target', 'PLANNED')), models.Q(('event', 'approve_plan'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'send_back_plan'), ('source', 'PLANNED'), ('target', 'PLANNED')), models.Q(('event', 'send_back_plan'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'announce'), ('source', 'PLANNED'), ('target', 'IN_PROGRESS')), models.Q(('event', 'extend'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'change_team'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'change_team'), ('source', 'SUSPENDED'), ('target', 'SUSPENDED')), models.Q(('event', 'lock_minutes'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'hand_over'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'hand_over'), ('source', 'SUSPENDED'), ('target', 'SUSPENDED')), models.Q(('event', 'issue_result'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'waive_result'), ('source', 'IN_PROGRESS'), ('target', 'IN_PROGRESS')), models.Q(('event', 'complete'), ('source', 'IN_PROGRESS'), ('target', 'COMPLETED')), models.Q(('event', 'suspend'), ('source', 'IN_PROGRESS'), ('target', 'SUSPENDED')), models.Q(('event', 'resume'), ('source', 'SUSPENDED'), ('target', 'IN_PROGRESS')), models.Q(('event', 'terminate'), ('source', 'IN_PROGRESS'), ('target', 'TERMINATED')), models.Q(('event', 'terminate'), ('source', 'SUSPENDED'), ('target', 'TERMINATED')), models.Q(('event', 'cancel'), ('source', 'PLANNED'), ('target', 'CANCELLED')), _connector='OR'), name='inspections_entry_in_the_table', violation_error_message='The table of states knows no such passage.'),
        ),
        migrations.AddConstraint(
            model_name='transitionentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['cancel', 'change_team', 'extend', 'hand_over', 'resume', 'send_back_plan', 'suspend', 'terminate', 'waive_result']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='inspections_entry_has_reason', violation_error_message='Give the reason.'),
        ),
        migrations.AddConstraint(
            model_name='transitionentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['change_team', 'extend', 'hand_over', 'suspend', 'terminate']), _negated=True), models.Q(('paper_number', ''), _negated=True), _connector='OR'), name='inspections_entry_has_paper', violation_error_message='Give the document it rests on.'),
        ),
        migrations.AddConstraint(
            model_name='transitionentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper_file', ''), ('paper_number', ''), ('paper_on__isnull', True), ('paper_type', '')), models.Q(models.Q(('paper_type', ''), _negated=True), models.Q(('paper_number', ''), _negated=True), ('paper_on__isnull', False)), _connector='OR'), name='inspections_entry_paper_whole', violation_error_message='A document has its type, its number and its date.'),
        ),
        migrations.AddConstraint(
            model_name='workplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('aims', ''), _negated=True), models.Q(('content', ''), _negated=True), models.Q(('schedule', ''), _negated=True), models.Q(('assignments', ''), _negated=True)), name='inspections_workplan_has_its_contents', violation_error_message='A work plan names aims, content, time and place, and who does what.'),
        ),
        migrations.AddConstraint(
            model_name='workplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT_BACK'), _negated=True), models.Q(('state_reason', ''), _negated=True), _connector='OR'), name='inspections_workplan_sent_back_with_reason', violation_error_message='Sending back needs a reason.'),
        ),
        migrations.AddConstraint(
            model_name='workplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'SUBMITTED')), models.Q(models.Q(('state', 'SUBMITTED'), _negated=True), ('decided_at__gte', models.F('submitted_at')), ('decided_by__isnull', False)), _connector='OR'), name='inspections_workplan_decided_whole', violation_error_message='A decision on a work plan has its moment and its person.'),
        ),
        migrations.AddConstraint(
            model_name='yearoverride',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signs', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('evidence', ''), _negated=True), models.Q(('evidence_sha256', ''), _negated=True)), name='inspections_override_is_evidenced', violation_error_message='Name the clear signs of violation, the reason and the evidence.'),
        ),
        migrations.AddConstraint(
            model_name='yearoverride',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), models.Q(('approved_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='inspections_override_two_persons', violation_error_message='The second person must be somebody else.'),
        ),
        migrations.AddConstraint(
            model_name='yearoverride',
            constraint=models.CheckConstraint(condition=models.Q(('inspection', None), ('approved_at__isnull', False), _connector='OR'), name='inspections_override_used_when_approved', violation_error_message='A second inspection waits for the second person.'),
        ),
    ]
