"""Giving certificates their number and file, and withdrawing them."""

from certificates.actions.credentials import make_credential
from certificates.actions.due import ISSUE_JOB, Issued, issue_due, promise, promise_due
from certificates.actions.freezing import NotIssued, evidence_sha256, paper_of
from certificates.actions.issuing import finish, issue, release, render, take_number
from certificates.actions.reissuing import annul, refuse_reissue, reissue
from certificates.actions.signing import SignatureRefused, WaitsForSignature, file_content, sign, take_signed
from certificates.actions.steps import store_file
from certificates.actions.templates import (
    delete_uses,
    draft_version,
    ensure_template_permissions,
    ensure_templates,
    example_paper,
    publish_version,
    save_use,
)
from certificates.actions.withdrawing import RegisterRefused, revoke, spoil

__all__ = [
    "ISSUE_JOB",
    "Issued",
    "NotIssued",
    "RegisterRefused",
    "SignatureRefused",
    "WaitsForSignature",
    "annul",
    "delete_uses",
    "draft_version",
    "ensure_template_permissions",
    "ensure_templates",
    "evidence_sha256",
    "example_paper",
    "file_content",
    "finish",
    "issue",
    "issue_due",
    "make_credential",
    "paper_of",
    "promise",
    "promise_due",
    "publish_version",
    "refuse_reissue",
    "reissue",
    "release",
    "render",
    "revoke",
    "save_use",
    "sign",
    "spoil",
    "store_file",
    "take_number",
    "take_signed",
]
