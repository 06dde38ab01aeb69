"""Reading an .h5p file without believing it. Nothing here knows the database."""

from courses.h5p.package.reading import read_package
from courses.h5p.package.refusal import PackageRefused
from courses.h5p.package.shapes import LibraryName, Package, PackagedLibrary

__all__ = ["LibraryName", "Package", "PackageRefused", "PackagedLibrary", "read_package"]
