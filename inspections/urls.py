"""Addresses under /inspections/."""

from django.urls import path

from inspections.views import case, checklist, decision, library, lists, papers

app_name = "inspections"
OF_SUBJECT = "<int:pk>/subjects/<int:subject_pk>"

urlpatterns = [
    path("", lists.overview, name="list"),
    path("export/", lists.export, name="export"),
    path("new/", decision.new, name="new"),
    path("register/", decision.register, name="register"),
    path("checklists/", library.checklists, name="checklists"),
    path("checklists/<int:version_pk>/sheet.xlsx", library.sheet_file, name="version-sheet"),
    path("<int:pk>/", case.show, name="case"),
    path("<int:pk>/team/", decision.team, name="team"),
    path("<int:pk>/steps/<slug:slug>/", case.take_step, name="step"),
    path("<int:pk>/evidence/<int:evidence_pk>/", papers.evidence_file, name="evidence-file"),
    path(f"{OF_SUBJECT}/checklist/", checklist.fill, name="checklist"),
    path(f"{OF_SUBJECT}/checklist/<int:version_pk>/form.xml", checklist.xform, name="xform"),
    path(f"{OF_SUBJECT}/checklist/<int:version_pk>/sheets/", checklist.receive, name="receive"),
    path(f"{OF_SUBJECT}/sheets/<int:record_pk>/", checklist.sheet, name="sheet"),
    path(f"{OF_SUBJECT}/evidence/", papers.evidence, name="evidence"),
    path(f"{OF_SUBJECT}/minutes/", papers.minutes, name="minutes"),
    path(f"{OF_SUBJECT}/minutes/lock/", papers.lock, name="lock"),
    path(f"{OF_SUBJECT}/minutes/paper.pdf", papers.minutes_file, name="minutes-file"),
]
