"""The certificate on paper."""

from certificates.documents.certificate import certificate_pdf
from certificates.documents.paper import Look, Paper, Signer, standard_look
from certificates.documents.signing_places import boxes_of

__all__ = ["Look", "Paper", "Signer", "boxes_of", "certificate_pdf", "standard_look"]
