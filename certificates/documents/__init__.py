"""The certificate on paper."""

from certificates.documents.certificate import Paper, certificate_pdf

__all__ = ["Paper", "certificate_pdf"]
