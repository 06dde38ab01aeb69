"""Rows that are written once: somebody relies on each as it is."""

from typing import Any, ClassVar

from django.db import models


class WrittenOnce(models.Model):
    """A row that nothing changes or deletes."""

    once: ClassVar[str]  # what a row is called where somebody tries

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row once."""
        if not self._state.adding:
            raise TypeError(f"a {self.once} is never rewritten")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what was written stays."""
        raise TypeError(f"a {self.once} is never deleted")
