"""What makes a certificate believable without us: the signatures in its file, and its digital credential."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.queries import CertificateRewritten, CredentialQuerySet


class Written(models.Model):
    """A row is written once and stays."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row once."""
        if not self._state.adding:
            raise CertificateRewritten("A proof is never rewritten.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a proof once given out stays."""
        raise CertificateRewritten("A proof is never deleted.")


class FileSignature(Written):
    """A row is one signature in a certificate's file, as it was read when the file became the certificate's."""

    certificate = models.ForeignKey(
        "certificates.Certificate", models.PROTECT, related_name="signatures", verbose_name=_("certificate")
    )
    field = models.CharField(_("place of the signature"), max_length=40)
    signer = models.CharField(_("signed by"), max_length=250)
    organisation = models.CharField(_("organisation"), max_length=250, blank=True)
    signed_at = models.DateTimeField(_("signed at"))
    is_stamped = models.BooleanField(_("time from a time stamp authority"), default=False)
    # Of the signature itself: a copy whose other bytes were changed is still known by it.
    sha256 = models.CharField(_("signature (SHA-256)"), max_length=64, db_index=True)
    key_sha256 = models.CharField(_("signer's certificate (SHA-256)"), max_length=64)
    known_at = models.DateTimeField(_("checked at"))

    class Meta:
        ordering = ["certificate", "pk"]
        verbose_name = _("signature of a file")
        verbose_name_plural = _("signatures of files")
        constraints = [models.UniqueConstraint(name="signature_place_once", fields=["certificate", "field"])]

    def __str__(self) -> str:
        return f"{self.field}: {self.signer}"


class Credential(Written):
    """A row is a certificate's digital credential, as the holder keeps it, and its bit in the list of those withdrawn."""

    certificate = models.OneToOneField(
        "certificates.Certificate", models.PROTECT, related_name="credential", verbose_name=_("certificate")
    )
    text = models.TextField(_("credential"))
    sha256 = models.CharField(_("credential (SHA-256)"), max_length=64)
    key = models.CharField(_("key"), max_length=300)
    made_at = models.DateTimeField(_("made at"))
    list_number = models.PositiveIntegerField(_("status list"))
    list_index = models.PositiveIntegerField(_("place in the status list"))

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("digital credential")
        verbose_name_plural = _("digital credentials")
        constraints = [
            models.UniqueConstraint(name="credential_place_once", fields=["list_number", "list_index"])
        ]

    def __str__(self) -> str:
        return f"{self.list_number}/{self.list_index}"
