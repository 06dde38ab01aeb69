"""What this room holds about persons, field by field."""

from lms.people.personal_data import CASE, PARTY, PLAIN, WORK, declare

declare(
    "inspections.TeamMember",
    (CASE, "person duty name title declared_no_conflict"),
    (PLAIN, "id inspection created_at"),
)
declare(
    "inspections.Decision",
    (CASE, "signer signer_name signer_title"),
    (WORK, "opened_by created_at"),
    (PLAIN, "id inspection ground ground_detail plan_line content period_inspected days signed_on visit_reason clear_signs override_reason"),
)  # fmt: skip
declare(
    "inspections.Announcement",
    (WORK, "announced_by created_at"),
    (PLAIN, "id inspection announced_on flagrant place days mode deadline_on extra_days extended_deadline_on last_day extension_reason"),
)  # fmt: skip
declare(
    "inspections.ChecklistRecord",
    (WORK, "filled_by started_at finalised_at received_at"),
    (PARTY, "instance answers"),
    (PLAIN, "id uuid subject version corrects examined_on content_sha256 manifest"),
)
declare(
    "inspections.ChecklistConflict",
    (WORK, "sent_by received_at"),
    (PARTY, "instance"),
    (PLAIN, "id record content_sha256"),
)
declare(
    "inspections.ResultDocument",
    (CASE, "signer_name"),
    (WORK, "entered_by created_at"),
    (PLAIN, "id inspection name number issued_on summary"),
)
declare(
    "inspections.Evidence",
    (WORK, "added_by received_at"),
    (PARTY, "caption file name"),
    (PLAIN, "id uuid subject record question size sha256 content_type"),
)
declare(
    "inspections.Minutes",
    (
        PARTY,
        "representative representative_title others opinion refusal_reason witness_kind witness_name witness_title content pdf",
    ),
    (WORK, "locked_by locked_at"),
    (PLAIN, "id subject record started_at ended_at place conclusion refused sha256"),
)
declare(
    "inspections.InspectedSubject",
    (PARTY, "identifier name address kind subject"),
    (PLAIN, "id inspection steps"),
)
declare(
    "inspections.Subject",
    (PARTY, "identifier name name_folded name_core address representative search_text"),
    (PLAIN, "id kind named_from ended_on merged_into"),
)
declare(
    "inspections.SubjectName",
    (PARTY, "name name_folded address"),
    (PLAIN, "id subject valid_from valid_to"),
)
declare("inspections.Premise", (PARTY, "name address"), (PLAIN, "id subject valid_from valid_to"))
declare(
    "inspections.SubjectMerger",
    (WORK, "merged_at merged_by_name separated_at separated_by_name"),
    (PLAIN, "id duplicate kept followers reason separation_reason"),
)
declare(
    "inspections.DistinctSubjects",
    (WORK, "decided_at decided_by_name"),
    (PLAIN, "id first second reason"),
)
declare(
    "inspections.FormerMember",
    (CASE, "person duty name title joined_at left_at"),
    (PLAIN, "id inspection"),
)
declare(
    "inspections.TransitionEntry",
    (WORK, "by by_name at"),
    (PLAIN, "id inspection event source target reason paper_type paper_number paper_on paper_file paper_sha256 detail"),
)  # fmt: skip
declare(
    "inspections.CaseDocument",
    (CASE, "signer signed_at"),
    (PARTY, "inputs content pdf"),
    (WORK, "numbered_at numbered_by filed_at filed_by made_at made_by"),
    (PLAIN, "id inspection type template_code template_version by_team agency series symbol state returned_because number year issued_on sha256 replaces replaces_because"),
)  # fmt: skip
declare(
    "inspections.DrawnSignature",
    (PARTY, "place name strokes typed svg signed_at"),
    (WORK, "taken_by"),
    (PLAIN, "id minutes sha256 content_sha256"),
)
declare(
    "inspections.SigningImage",
    (CASE, "person png"),
    (WORK, "made_at made_by"),
    (PLAIN, "id agency sha256 diameter_mm"),
)
declare(
    "inspections.WordTemplate",
    (WORK, "added_at added_by"),
    (PLAIN, "id agency kind type number file name sha256"),
)
declare(
    "inspections.PaperSignature",
    (CASE, "signer organisation signed_at pdf"),
    (WORK, "known_at taken_by"),
    (PLAIN, "id document field way is_stamped sha256 key_sha256 file_sha256"),
)
declare(
    "inspections.WorkPlan",
    (WORK, "submitted_at submitted_by decided_at decided_by"),
    (PLAIN, "id inspection aims content schedule assignments resources state state_reason"),
)
declare(
    "inspections.YearOverride",
    (WORK, "asked_by asked_at approved_by approved_at"),
    (PARTY, "evidence evidence_name signs"),
    (PLAIN, "id subject lead field year reason evidence_sha256 despite inspection"),
)
declare(
    "inspections.KindVersion",
    (WORK, "created_at created_by"),
    (PLAIN, "id kind number valid_from legal_basis requires_announcement requires_result requires_plan closing_document team_name signers day_mode warn_days"),
)  # fmt: skip
declare(
    "inspections.LegalBasis",
    (PLAIN, "id number title issued_on valid_from valid_to replaced_by certainty note search_text"),
)
declare(
    "inspections.Reconciliation",
    (WORK, "made_by made_by_name made_at"),
    (PLAIN, "id agency period_start period_end file_name file_sha256 rows matched missing"),
)
declare(
    "inspections.RegisterEntry",
    (PARTY, "subject_kind subject_id subject_name summary"),
    (PLAIN, "id reconciliation row number signed_on completed_on field was_known inspection set_aside"),
)
declare(
    "inspections.RemedyEntry",
    (WORK, "by by_name at"),
    (PLAIN, "id remedy event source target reason"),
)
declare(
    "inspections.RemedyEvidence",
    (WORK, "added_by received_at"),
    (PARTY, "caption file name statement sent_by"),
    (PLAIN, "id uuid remedy size content_type reference sha256"),
)
declare(
    "inspections.Remedy",
    (PARTY, "responsible what"),
    (PLAIN, "id finding deadline state state_reason created_at"),
)
declare(
    "inspections.DocumentRequest",
    (WORK, "made_at made_by handed_at handed_by"),
    (PLAIN, "id subject number due_on note document"),
)
declare("inspections.RequestItem", (PLAIN, "id request position what format aside_because"))
declare(
    "inspections.ReceivedFile",
    (PARTY, "name giver file sent_by"),
    (WORK, "received_at taken_by taken_by_name"),
    (PLAIN, "id uuid subject item number on_paper came_on sheets size sha256 content_type"),
)
declare(
    "inspections.PartyAccess",
    (PARTY, "name title personal_number email phone opened_at"),
    (WORK, "invited_at invited_by revoked_at revoked_by"),
    (PLAIN, "id key subject link_digest link_until code_digest code_until revoked_because"),
)
declare(
    "inspections.PartySession",
    (PARTY, "access started_at seen_at ends_at"),
    (PLAIN, "id token_digest"),
)
declare("inspections.PartyAttempt", (PARTY, "contact_digest address at"), (PLAIN, "id kind"))
declare("inspections.ShownMinutes", (WORK, "shown_at shown_by"), (PLAIN, "id minutes"))
declare(
    "inspections.PartyStatement",
    (PARTY, "access text by_name at"),
    (PLAIN, "id uuid subject about item read_sha256"),
)
declare(
    "inspections.PlanVersion",
    (CASE, "signer signer_name signer_title"),
    (WORK, "drafted_by drafted_at approved_at published_at published_by"),
    (PLAIN, "id plan number title legal_ground aims state returned_because reason change_number change_on change_file change_sha256 sent_to overlaps_settled paper_number issued_on pdf sha256"),
)  # fmt: skip
declare(
    "inspections.PlanLine",
    (CASE, "leader leader_name"),
    (PLAIN, "id version key number field content kind month_from month_to team"),
)
declare("inspections.SkippedLine", (WORK, "by by_name at"), (PLAIN, "id plan key reason"))
declare("inspections.PlanEntry", (WORK, "by by_name at"), (PLAIN, "id version event source target reason"))
