"""What HR sends about training done."""

from courses.importing import resting
from courses.importing.training import TrainingImporter

__all__ = ["TrainingImporter", "resting"]
