"""Certificates, the register they are numbered in, and the templates they are printed with."""

from certificates.models.certificate import Certificate
from certificates.models.proof import Credential, FileSignature
from certificates.models.register import RegisterCounter, RegisterYear, Spoilt
from certificates.models.request import RegisterRequest
from certificates.models.template import CertificateTemplate, TemplateSigner, TemplateUse, TemplateVersion

__all__ = [
    "Certificate",
    "CertificateTemplate",
    "Credential",
    "FileSignature",
    "RegisterCounter",
    "RegisterRequest",
    "RegisterYear",
    "Spoilt",
    "TemplateSigner",
    "TemplateUse",
    "TemplateVersion",
]
