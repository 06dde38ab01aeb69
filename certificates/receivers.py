"""Nudges from below. Losing one loses nothing: tasks.pull_due looks by itself."""

from typing import Any

from django.dispatch import receiver

from certificates.actions import promise
from certificates.rules import earns
from courses.models import Completion
from courses.signals import completed


@receiver(completed)
def promise_certificate(sender: object, completion: Completion, **kwargs: Any) -> None:
    """Promise the certificate in the transaction that writes the completion."""
    if earns(completion):
        promise(completion=completion)
