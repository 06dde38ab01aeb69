"""Every address of the product and who may come there: one line an address.

A new address fails `test_matrix.py` until it stands here. Say for each method who gets in:
`signed_in`, `own` (only whose things they are), `holds("permission")` (anywhere: lists, narrowed to what one
reaches), `reaches("permission")` (at the agency of the object), `either(…)`, or `public("why")`.
Name the object for each part of the address: `pk="case"` takes `world.case` (tests/integration/authority/world.py
builds them all at one unit). `shows=("text", access)`: this text of the unit's may only be read by these.
"""

from __future__ import annotations

from tests.integration.authority.law import (
    Url,
    any_party,
    either,
    holds,
    only,
    own,
    public,
    reaches,
    signed_in,
    url,
)

VIEW, RUN, SIGN, CLERK = (
    "inspections.view",
    "inspections.run",
    "inspections.sign",
    "inspections.register",
)
IMPORTS = (
    "people.import",
    "training.import",
    "agencies.import",
    "inspections.import",
    "system.run",
    "courses.author",
)
EXAMINE = "courses.examine"
CASE = {"pk": "case", "subject_pk": "subject", "version_pk": "version"}
TEAM_OR_VIEW = either(own, reaches(VIEW))
THE_PARTY = only("party", "own")
FIGURES = "agency={unit}&as_of=2026-01-31"

# Whole families that packages bring and guard themselves.
FAMILIES = {
    "accounts/": "signing in: allauth asks for the account whose session it is",
    "admin/": "Wagtail asks for its own permission and sends strangers to sign in",
    "documents/": "Wagtail's documents keep their own privacy",
    "h5p/play/": "the sandboxed frame has no cookie: the signed token in the address is asked instead",
    "_util/": "Wagtail's password-protected pages",
}

URLS: dict[str, Url] = {
    "": public("Wagtail's pages keep their own privacy"),
    "health/live": public("asked by the load balancer"),
    "health/ready": public("asked by the load balancer"),
    "i18n/setlang/": public("sets a cookie, reads nothing"),
    "verify/": public("certificates are verified by anybody"),
    "verify/<code>/": public("certificates are verified by anybody", code="certificate_code"),
    "credentials/jwks.json": public("public keys, named in credentials"),
    "credentials/keys/<name>": public("one public key, named in credentials", name="credential_key"),
    "credentials/status/<number>": public(
        "bits without names: which credentials count no more", number="credential_list"
    ),
    "credentials/issuers/<pk>": public("an issuing agency's name", pk="unit_pk"),
    "credentials/achievements/<course>/<version>": public(
        "what a course was", course="course_code", version="course_version"
    ),
    "api/v1/schema/": public("the interface's description, no data"),
    "api/v1/docs/": public("the interface's description, no data"),
    "courses/": public("the catalogue is public"),
    "courses/<slug>/": public("a course of the catalogue is public", slug="course_slug"),
    "media/<path>": public("pictures of public pages"),
    "h5p/core/<path>": public("the player's own scripts, no data"),
    # base
    "jobs/<pk>/": url(own, pk="job"),
    "imports/": url(holds(*IMPORTS)),
    "imports/runs/<pk>/": url(only("hr_officer", "own"), pk="run"),
    "imports/runs/<pk>/apply/": url(None, only("hr_officer", "own"), pk="run"),
    "imports/<kind>/": url(holds("people.import"), holds("people.import"), kind="kind"),
    "imports/<kind>/template.xlsx": url(holds("people.import"), kind="kind"),
    "imports/runs/<pk>/undo/": url(None, only("hr_officer", "own"), pk="run"),
    "imports/runs/<pk>/again/": url(None, only("hr_officer", "own"), pk="run"),
    # notices
    "notices/": url(signed_in, signed_in, shows=("{notice_words}", own)),
    "notices/read/": url(None, signed_in),
    "notices/<pk>/": url(None, own, pk="notice"),
    # people
    "django-admin/": url(),  # strangers are sent to sign in, everybody else is refused
    "django-admin/login/": url(),
    "jobs/": url(holds("system.run")),
    "jobs/<pk>/restart/": url(None, holds("system.run"), pk="job"),
    "my/data/": url(signed_in),
    "my/data/readers/": url(signed_in),
    "my/data/export/<layout>/": url(signed_in, layout="data_layout"),
    "my/data/corrections/": url(signed_in, signed_in),
    "my/data/purposes/": url(signed_in),
    "people/corrections/": url(holds("people.import"), shows=("{owner}", reaches("people.import"))),
    "people/corrections/<pk>/": url(reaches("people.import"), reaches("people.import"), pk="correction"),
    "people/corrections/<pk>/evidence/": url(either(own, reaches("people.import")), pk="correction"),
    "people/erasures/": url(holds("people.erase")),
    "people/erasures/<pk>/": url(reaches("people.erase"), reaches("people.erase"), pk="owner_pk"),
    "people/": url(holds("people.view"), shows=("{owner}", reaches("people.view"))),
    "people/search/": url(None, holds("people.view")),
    "people/<pk>/": url(reaches("people.view"), pk="owner_pk"),
    "people/accounts/": url(
        holds("people.import"), holds("people.import"), shows=("{newcomer}", reaches("people.import"))
    ),
    "people/accounts/<pk>/letter/": url(None, reaches("people.import"), pk="newcomer_pk"),
    "people/accounts/locked/": url(holds("people.import", "system.run")),
    "people/accounts/<pk>/unlock/": url(
        None, either(reaches("people.import"), holds("system.run")), pk="owner_pk"
    ),
    "people/accounts/factors/": url(None, holds("people.import", "system.run")),
    "people/accounts/runs/<key>/": url(reaches("people.import"), key="letters"),
    "people/accounts/runs/<key>/letters/": url(None, only("hr_officer", "own"), key="letters"),
    "people/organisation/": url(signed_in),
    "people/organisation/agencies/<pk>/": url(signed_in, pk="unit_pk"),
    "people/organisation/changes/": url(holds("agencies.change")),
    "people/organisation/changes/new/": url(holds("agencies.change"), holds("agencies.change")),
    "people/organisation/changes/<pk>/": url(reaches("agencies.change"), pk="change"),
    "people/organisation/changes/<pk>/apply/": url(None, reaches("agencies.change"), pk="change"),
    "people/organisation/changes/<pk>/preview/": url(None, reaches("agencies.change"), pk="change"),
    "people/organisation/changes/<pk>/reverse/": url(None, reaches("agencies.change"), pk="change"),
    "people/organisation/changes/<pk>/discard/": url(None, reaches("agencies.change"), pk="change"),
    "people/organisation/changes/<pk>/staff/": url(
        reaches("agencies.change"), reaches("agencies.change"), pk="split"
    ),
    "people/organisation/changes/<pk>/staff/list.<layout>": url(
        reaches("agencies.change"), pk="split", layout="sheet_layout"
    ),
    "people/roles/": url(holds("people.grant"), holds("people.grant")),
    "people/roles/persons/<pk>/": url(holds("people.grant"), pk="owner_pk"),
    "people/delegations/": url(signed_in, signed_in),
    "people/delegations/<pk>/end/": url(None, either(own, holds("people.grant")), pk="delegation"),
    "approvals/": url(either(own, holds("certificates.revoke", EXAMINE))),
    "approvals/<pk>/": url(either(own, reaches("certificates.revoke")), pk="own_approval"),
    "approvals/<pk>/approve/": url(None, reaches("certificates.revoke"), pk="approval"),
    "approvals/<pk>/refuse/": url(None, reaches("certificates.revoke"), pk="approval"),
    "approvals/<pk>/withdraw/": url(None, own, pk="own_approval"),
    "audit/": url(holds("audit.view"), shows=("{audited}", reaches("audit.view"))),
    "audit/check/": url(None, holds("audit.view")),
    "audit/<pk>/": url(reaches("audit.view"), pk="event"),
    "people/grants/<pk>/end/": url(None, holds("people.grant"), pk="grant"),
    "people/duplicates/": url(holds("people.import")),
    "people/duplicates/<first>/<second>/": url(
        reaches("people.import"), reaches("people.import"), first="owner_pk", second="newcomer_pk"
    ),
    "people/duplicates/<pk>/separate/": url(None, reaches("people.import"), pk="newcomer_pk"),
    # courses
    "authoring/questions/new/": url(holds("courses.author")),
    "authoring/questions/<pk>/": url(holds("courses.author"), pk="question"),
    "authoring/questions/<pk>/review/": url(None, holds("courses.author"), pk="question"),
    "authoring/questions/<pk>/retire/": url(None, holds("courses.author"), pk="question"),
    "authoring/h5p/<pk>/": url(holds("courses.author"), pk="activity"),
    "authoring/h5p/libraries/": url(holds("courses.approve_library")),
    "authoring/h5p/libraries/<pk>/": url(holds("courses.approve_library"), pk="library"),
    "authoring/h5p/libraries/approve/": url(None, holds("courses.approve_library")),
    "authoring/banks/<pk>/": url(holds("courses.author"), pk="bank"),
    "authoring/banks/<pk>/export/<layout>/": url(holds("courses.author"), pk="bank", layout="bank_layout"),
    "authoring/banks/<pk>/export/<layout>/file/": url(
        holds("courses.author"), pk="bank", layout="bank_layout"
    ),
    "authoring/banks/<pk>/duplicates/": url(holds("courses.author"), pk="bank"),
    "authoring/banks/<pk>/statistics/": url(holds("courses.author"), pk="bank"),
    "courses/<slug>/<lesson_slug>/": url(signed_in, slug="course_slug", lesson_slug="lesson_slug"),
    "learn/": url(signed_in),
    "learn/results/": url(signed_in),
    "training/": url(holds("targets.lists")),
    "training/<pk>/": url(
        either(reaches("targets.lists")), either(reaches("training.verify")), pk="completion"
    ),
    "training/<pk>/evidence/<sha256>/": url(reaches("training.verify"), pk="decided", sha256="sha256"),
    "training/drift/": url(holds("system.run", "audit.view", "training.verify")),
    "training/drift/<pk>/answer/": url(None, reaches("training.verify"), pk="drift"),
    "learn/courses/<pk>/enrol/": url(signed_in, signed_in, pk="course"),
    "learn/courses/<pk>/lessons/<lesson_pk>/finish/": url(signed_in, own, pk="course", lesson_pk="lesson"),
    "learn/courses/<pk>/exam/": url(own, pk="course"),
    "learn/courses/<pk>/exam/start/": url(signed_in, own, pk="course"),
    "learn/attempts/<key>/": url(own, key="attempt"),
    "learn/attempts/<key>/answers/<position>/": url(None, own, key="attempt", position="position"),
    "learn/attempts/<key>/uploads/<position>/": url(signed_in, own, key="attempt", position="position"),
    "learn/attempts/<key>/workbooks/<upload>/": url(own, key="attempt", upload="upload"),
    "learn/attempts/<key>/start-file/<position>/": url(own, key="attempt", position="position"),
    "learn/attempts/<key>/submit/": url(signed_in, own, key="attempt"),
    "learn/attempts/<key>/result/": url(own, key="attempt"),
    "learn/attempts/<key>/clock/": url(own, key="attempt"),
    "examining/": url(holds(EXAMINE)),
    "examining/exams/<pk>/": url(reaches(EXAMINE), pk="exam", shows=("{owner}", reaches(EXAMINE))),
    "examining/exams/<pk>/sample/": url(None, reaches(EXAMINE), pk="exam"),
    "examining/people/<pk>/": url(reaches(EXAMINE), pk="enrolment"),
    "examining/people/<pk>/time/": url(None, reaches(EXAMINE), pk="enrolment"),
    "examining/people/<pk>/attempts/": url(None, reaches(EXAMINE), pk="enrolment"),
    "examining/attempts/<key>/time/": url(None, reaches(EXAMINE), key="attempt"),
    "examining/attempts/<key>/reopen/": url(None, reaches(EXAMINE), key="attempt"),
    "examining/attempts/<key>/resit/": url(None, reaches(EXAMINE), key="attempt"),
    "examining/flags/<pk>/look/": url(None, reaches(EXAMINE), pk="flag"),
    # certificates
    "learn/certificates/": url(signed_in, shows=("{serial}", own)),
    "certificates/": url(holds("certificates.view"), shows=("{serial}", reaches("certificates.view"))),
    "certificates/<code>/file/": url(either(own, reaches("certificates.view")), code="certificate_code"),
    "certificates/<code>/credential/": url(
        either(own, reaches("certificates.view")), code="certificate_code"
    ),
    "certificates/<code>/bundle/": url(reaches("certificates.view"), code="certificate_code"),
    "certificates/<code>/sign/": url(
        reaches("certificates.revoke"), reaches("certificates.revoke"), code="certificate_code"
    ),
    "certificates/books/": url(holds("certificates.view")),
    "certificates/round/": url(holds("certificates.revoke"), holds("certificates.revoke")),
    "certificates/books/ask/": url(None, holds("certificates.view")),
    "certificates/books/close/": url(None, holds("certificates.revoke")),
    "certificates/books/<key>/": url(reaches("certificates.view"), key="register_request"),
    "certificates/books/<key>/<place>/": url(
        reaches("certificates.view"), key="register_request", place="first_file"
    ),
    "certificates/<code>/correct/": url(
        reaches("certificates.revoke"), reaches("certificates.revoke"), code="certificate_code"
    ),
    "certificates/<code>/revoke/": url(
        reaches("certificates.revoke"), reaches("certificates.revoke"), code="certificate_code"
    ),
    # inspections
    "inspections/": url(either(own, holds(VIEW)), shows=("{subject_name}", TEAM_OR_VIEW)),
    "inspections/export/": url(
        either(own, holds(VIEW)), query="format=csv", shows=("{subject_name}", TEAM_OR_VIEW)
    ),
    "inspections/search/": url(
        either(own, holds(VIEW)), query="q=Bi Mat", shows=("{subject_name}", TEAM_OR_VIEW)
    ),
    "inspections/mine/": url(either(own, holds(VIEW))),
    "inspections/head/": url(holds(SIGN), shows=("{case_leader}", reaches(SIGN))),
    "inspections/deadlines/": url(holds(VIEW), shows=("{subject_name}", reaches(VIEW))),
    "inspections/new/": url(holds(RUN, SIGN), holds(RUN, SIGN)),
    "inspections/register/": url(holds(RUN, CLERK), holds(RUN, CLERK)),
    "inspections/reconciliations/": url(holds(RUN, CLERK), shows=("{register_name}", reaches(RUN, CLERK))),
    "inspections/reconciliations/new/": url(holds(RUN, CLERK), holds(RUN, CLERK)),
    "inspections/reconciliations/<pk>/": url(reaches(RUN, CLERK), pk="reconciliation"),
    "inspections/reconciliations/<pk>/all/": url(None, reaches(RUN, CLERK), pk="reconciliation"),
    "inspections/reconciliations/<pk>/<entry_pk>/": url(
        reaches(RUN, CLERK), reaches(RUN, CLERK), pk="reconciliation", entry_pk="register_entry"
    ),
    "inspections/reconciliations/<pk>/<entry_pk>/aside/": url(
        None, reaches(RUN, CLERK), pk="reconciliation", entry_pk="register_entry"
    ),
    "inspections/checklists/": url(holds("system.run"), holds("system.run")),
    "inspections/checklists/<version_pk>/sheet.xlsx": url(holds("system.run"), version_pk="version"),
    "inspections/parties/": url(holds(VIEW)),
    "inspections/parties/new/": url(holds(RUN, CLERK), holds(RUN, CLERK)),
    "inspections/parties/alike/": url(holds(RUN, CLERK)),
    "inspections/parties/alike/<first>/<second>/": url(
        holds(RUN, CLERK), holds(RUN, CLERK), first="party", second="other_party"
    ),
    "inspections/parties/<party_pk>/": url(holds(VIEW), party_pk="party"),
    "inspections/parties/<party_pk>/change/": url(holds(RUN, CLERK), holds(RUN, CLERK), party_pk="party"),
    "inspections/parties/<party_pk>/premises/": url(holds(RUN, CLERK), holds(RUN, CLERK), party_pk="party"),
    "inspections/parties/<party_pk>/successor/": url(holds(RUN, CLERK), holds(RUN, CLERK), party_pk="party"),
    "inspections/parties/<party_pk>/separate/": url(holds(RUN, CLERK), holds(RUN, CLERK), party_pk="party"),
    "inspections/law/": url(holds(VIEW, "system.run")),
    "inspections/law/new/": url(holds("system.run"), holds("system.run")),
    "inspections/law/<basis_pk>/": url(holds("system.run"), holds("system.run"), basis_pk="basis"),
    "inspections/holidays/": url(holds("system.run"), holds("system.run")),
    "inspections/holidays/<holiday_pk>/": url(holds("system.run"), holds("system.run"), holiday_pk="holiday"),
    "inspections/kinds/": url(holds("system.run")),
    "inspections/kinds/new/": url(holds("system.run"), holds("system.run")),
    "inspections/kinds/<kind_pk>/": url(holds("system.run"), kind_pk="inspection_kind"),
    "inspections/kinds/<kind_pk>/version/": url(
        holds("system.run"), holds("system.run"), kind_pk="inspection_kind"
    ),
    "inspections/kinds/<kind_pk>/use/": url(None, holds("system.run"), kind_pk="inspection_kind"),
    "inspections/word/": url(holds("system.run"), holds("system.run")),
    "inspections/word/standard.docx": url(holds("system.run")),
    "inspections/word/<template_pk>/template.docx": url(holds("system.run"), template_pk="word_template"),
    "inspections/signing-images/": url(holds(SIGN, RUN, CLERK), holds(SIGN, RUN, CLERK)),
    "inspections/papers/": url(holds(CLERK), shows=("{case_code}", reaches(CLERK))),
    "inspections/plans/": url(holds(VIEW), shows=("{plan_title}", reaches(VIEW))),
    "inspections/plans/new/": url(holds(RUN, SIGN), holds(RUN, SIGN)),
    "inspections/plans/<plan_pk>/": url(reaches(VIEW), plan_pk="plan"),
    "inspections/plans/<plan_pk>/paper.pdf": url(reaches(VIEW), plan_pk="plan"),
    "inspections/plans/<plan_pk>/change/": url(reaches(RUN, SIGN), reaches(RUN, SIGN), plan_pk="plan"),
    "inspections/plans/<plan_pk>/lines/new/": url(reaches(RUN, SIGN), reaches(RUN, SIGN), plan_pk="plan"),
    "inspections/plans/<plan_pk>/lines/<line_pk>/": url(
        reaches(RUN, SIGN), reaches(RUN, SIGN), plan_pk="plan", line_pk="plan_line"
    ),
    "inspections/plans/<plan_pk>/lines/<line_pk>/skip/": url(
        reaches(RUN, SIGN), reaches(RUN, SIGN), plan_pk="approved_plan", line_pk="approved_line"
    ),
    "inspections/plans/<plan_pk>/<slug>/": url(
        None, reaches(CLERK), plan_pk="approved_plan", slug="plan_act"
    ),
    "inspections/second/": url(holds(VIEW), shows=("{subject_name}", reaches(VIEW))),
    "inspections/second/new/": url(holds(SIGN), holds(SIGN)),
    "inspections/second/<override_pk>/": url(reaches(VIEW), override_pk="override"),
    "inspections/second/<override_pk>/evidence/": url(reaches(VIEW), override_pk="override"),
    "remedies/<remedy_pk>/courses/": url(
        either(own, reaches(RUN, SIGN)), either(own, reaches(RUN, SIGN)), remedy_pk="remedy"
    ),
    "inspections/remedies/": url(either(own, holds(VIEW)), shows=("{remedy_words}", TEAM_OR_VIEW)),
    "inspections/<pk>/findings/<finding_pk>/": url(
        TEAM_OR_VIEW, either(own, reaches(RUN)), pk="found", finding_pk="finding"
    ),
    "inspections/<pk>/findings/<finding_pk>/remedies/": url(
        either(own, reaches(RUN, SIGN)), either(own, reaches(RUN, SIGN)), pk="found", finding_pk="finding"
    ),
    "inspections/<pk>/remedies/<remedy_pk>/": url(
        TEAM_OR_VIEW, either(own, reaches(RUN, SIGN, CLERK)), pk="found", remedy_pk="remedy"
    ),
    "inspections/<pk>/remedies/<remedy_pk>/<slug>/": url(
        either(own, reaches(RUN, SIGN)),
        either(own, reaches(RUN, SIGN)),
        pk="found",
        remedy_pk="remedy",
        slug="remedy_step",
    ),
    "inspections/<pk>/remedies/<remedy_pk>/evidence/<evidence_pk>/": url(
        TEAM_OR_VIEW, pk="found", remedy_pk="remedy", evidence_pk="remedy_evidence"
    ),
    "inspections/<pk>/subjects/<subject_pk>/findings/": url(
        TEAM_OR_VIEW, either(own, reaches(RUN)), pk="found", subject_pk="found_subject"
    ),
    "inspections/<pk>/": url(TEAM_OR_VIEW, pk="case"),
    "inspections/<pk>/verdict/": url(TEAM_OR_VIEW, pk="case"),
    "inspections/<pk>/bundle/": url(None, TEAM_OR_VIEW, pk="case"),
    "inspections/<pk>/team/": url(reaches(RUN, SIGN), reaches(RUN, SIGN), pk="planned"),
    "inspections/<pk>/steps/<slug>/": url(reaches(SIGN), reaches(SIGN), pk="case", slug="step"),
    "inspections/<pk>/documents/new/<type>/": url(
        either(own, reaches(RUN, SIGN)), either(own, reaches(RUN, SIGN)), pk="case", type="document_type"
    ),
    "inspections/<pk>/documents/<document_pk>/": url(TEAM_OR_VIEW, pk="case", document_pk="document"),
    "inspections/<pk>/documents/<document_pk>/change/": url(
        either(own, reaches(RUN, SIGN)), either(own, reaches(RUN, SIGN)), pk="case", document_pk="draft"
    ),
    "inspections/<pk>/documents/<document_pk>/paper.pdf": url(
        TEAM_OR_VIEW, pk="case", document_pk="document"
    ),
    "inspections/<pk>/documents/<document_pk>/paper.docx": url(TEAM_OR_VIEW, pk="case", document_pk="draft"),
    "inspections/<pk>/documents/<document_pk>/<act>/": url(
        None, either(own, reaches(CLERK)), pk="case", document_pk="document", act="document_act"
    ),
    "inspections/<pk>/papers/<entry_pk>/": url(TEAM_OR_VIEW, pk="case", entry_pk="entry"),
    "inspections/<pk>/evidence/<evidence_pk>/": url(TEAM_OR_VIEW, pk="case", evidence_pk="evidence"),
    "inspections/<pk>/subjects/<subject_pk>/checklist/": url(either(own, reaches(RUN)), **CASE),
    "inspections/<pk>/subjects/<subject_pk>/checklist/<version_pk>/form.xml": url(TEAM_OR_VIEW, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/checklist/<version_pk>/sheets/": url(None, TEAM_OR_VIEW, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/sheets/<record_pk>/": url(
        TEAM_OR_VIEW, record_pk="sheet", **CASE
    ),
    "inspections/<pk>/subjects/<subject_pk>/evidence/": url(TEAM_OR_VIEW, either(own, reaches(RUN)), **CASE),
    "inspections/<pk>/subjects/<subject_pk>/collection/": url(TEAM_OR_VIEW, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/collection/new/": url(own, own, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/collection/papers/": url(
        either(own, reaches(RUN)), either(own, reaches(RUN)), **CASE
    ),
    "inspections/<pk>/subjects/<subject_pk>/collection/receipts.pdf": url(TEAM_OR_VIEW, **CASE),
    "inspections/<pk>/requests/<request_pk>/change/": url(own, own, pk="case", request_pk="draft_request"),
    "inspections/<pk>/requests/<request_pk>/paper/": url(None, own, pk="case", request_pk="draft_request"),
    "inspections/<pk>/requests/<request_pk>/hand/": url(None, own, pk="case", request_pk="draft_request"),
    "inspections/<pk>/items/<item_pk>/aside/": url(own, own, pk="case", item_pk="asked_item"),
    "inspections/<pk>/received/<received_pk>/": url(TEAM_OR_VIEW, pk="case", received_pk="received"),
    "inspections/<pk>/subjects/<subject_pk>/minutes/": url(
        either(own, reaches(RUN)), either(own, reaches(RUN)), **CASE
    ),
    "inspections/<pk>/subjects/<subject_pk>/minutes/sign/": url(
        either(own, reaches(RUN)), either(own, reaches(RUN)), **CASE
    ),
    "inspections/<pk>/subjects/<subject_pk>/minutes/lock/": url(TEAM_OR_VIEW, own, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/minutes/paper.docx": url(TEAM_OR_VIEW, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/minutes/paper.pdf": url(TEAM_OR_VIEW, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/party/": url(TEAM_OR_VIEW, **CASE),
    "inspections/<pk>/subjects/<subject_pk>/party/new/": url(
        either(own, reaches(RUN)), either(own, reaches(RUN)), **CASE
    ),
    "inspections/<pk>/subjects/<subject_pk>/minutes/show/": url(None, either(own, reaches(RUN)), **CASE),
    "inspections/<pk>/party/<access_pk>/code/": url(
        None, either(own, reaches(RUN)), pk="found", access_pk="access"
    ),
    "inspections/<pk>/party/<access_pk>/revoke/": url(
        either(own, reaches(RUN)), either(own, reaches(RUN)), pk="found", access_pk="access"
    ),
    # the portal of inspected parties
    "party/": url(any_party, shows=("{remedy_words}", THE_PARTY)),
    "party/sign-in/": public("whoever is invited signs in here; it tells nobody who is"),
    "party/invitations/<token>/": public(
        "the link of an invitation is asked for its code", token="party_token"
    ),
    "party/sign-out/": url(None, any_party),
    "party/requests/<request_pk>/": url(THE_PARTY, request_pk="party_request"),
    "party/items/<item_pk>/": url(THE_PARTY, THE_PARTY, item_pk="party_item"),
    "party/files/": url(any_party, any_party),
    "party/received/<received_pk>/": url(THE_PARTY, received_pk="party_received"),
    "party/receipts.pdf": url(THE_PARTY),
    "party/documents/<document_pk>/": url(THE_PARTY, document_pk="party_document"),
    "party/minutes/": url(THE_PARTY, THE_PARTY),
    "party/minutes/paper.pdf": url(THE_PARTY),
    "party/explain/": url(any_party, any_party),
    "party/remedies/<remedy_pk>/": url(THE_PARTY, THE_PARTY, remedy_pk="remedy"),
    "party/remedies/<remedy_pk>/hand-in/": url(None, THE_PARTY, remedy_pk="remedy"),
    "party/remedies/<remedy_pk>/evidence/<evidence_pk>/": url(
        THE_PARTY, remedy_pk="remedy", evidence_pk="remedy_evidence"
    ),
    # figures and reports
    "targets/": url(reaches("targets.view"), query=FIGURES),
    "targets/readings/": url(reaches("targets.view"), query=FIGURES),
    "targets/inspections/": url(reaches("targets.view"), query=FIGURES),
    "targets/lists/people/": url(reaches("targets.lists"), query=FIGURES),
    "targets/lists/inspections/": url(reaches("targets.lists"), query=FIGURES),
    "targets/lists/units/": url(reaches("targets.view"), query=FIGURES),
    "targets/reports/": url(holds("targets.view")),
    "targets/reports/new/": url(None, reaches("targets.view"), data={"agency": "{unit}", "key": "{key}"}),
    "targets/reports/<key>/": url(reaches("targets.view"), key="report"),
    "targets/reports/<key>/file.<layout>": url(reaches("targets.view"), key="report", layout="layout"),
    "targets/inspection-reports/": url(holds("targets.lists")),
    "targets/inspection-reports/new/": url(
        None, reaches("targets.lists"), data={"agency": "{unit}", "key": "{cases_key}"}
    ),
    "targets/inspection-reports/<key>/": url(reaches("targets.lists"), key="cases_report"),
    "targets/inspection-reports/<key>/file.<layout>": url(
        reaches("targets.lists"), key="cases_report", layout="layout"
    ),
    # the national HR database
    "national-hr/": url(holds("training.import"), shows=("{owner}", reaches("training.import"))),
    "national-hr/files/": url(None, holds("training.import")),
    "national-hr/files/<pk>/": url(only("hr_officer", "own"), pk="national_file"),
    "national-hr/files/<pk>/accept/": url(None, only("hr_officer", "own"), pk="national_file"),
    "national-hr/files/<pk>/return/": url(None, only("hr_officer", "own"), pk="national_file"),
    # HTTP API
    "api/v1/agencies/": url(signed_in),
    "api/v1/agencies/<pk>/": url(signed_in, pk="unit_code"),
    "api/v1/figures/": url(reaches("targets.view"), query=FIGURES),
    "api/v1/certificates/": url(signed_in, shows=("{serial}", own)),
}
