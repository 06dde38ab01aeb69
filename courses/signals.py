"""Nudges to the rooms above. A lost signal loses nothing: they pull what is due."""

from django.dispatch import Signal

# Sent inside the transaction that writes the completion, with `completion`.
completed = Signal()
# Sent inside the transaction that writes the revocation, with `revocation`.
revoked = Signal()
