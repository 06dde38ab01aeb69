"""What HR sends about training done."""

from courses.importing.training import TrainingImporter

__all__ = ["TrainingImporter"]
