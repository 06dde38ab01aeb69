"""Take .h5p files in from the shell, as the administrator does."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.h5p.actions import check_package, import_package
from courses.h5p.package import Package, PackageRefused


class Command(BaseCommand):
    help = "Import .h5p files: install and approve their libraries, keep their content. One JSON line a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--check", action="store_true", help="check only; nothing is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        """Try every file; fail at the end when any was refused."""
        refused = 0
        for name in options["files"]:
            line = self._line(name, check=options["check"])
            refused += not line["ok"]
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        if refused:
            raise CommandError(
                _("%(refused)s of %(all)s files were refused.")
                % {"refused": refused, "all": len(options["files"])}
            )

    def _line(self, name: str, *, check: bool) -> dict[str, Any]:
        line: dict[str, Any] = {
            "file": name,
            "ok": False,
            "main_library": None,
            "libraries": [],
            "error": None,
        }
        try:
            package = self._take(Path(name), check=check)
        except PackageRefused as error:
            return line | {"error": str(error)}
        except OSError as error:
            return line | {
                "error": _("The file cannot be read: %(reason)s.") % {"reason": error.strerror or error}
            }
        return line | {
            "ok": True,
            "main_library": package.main_library.machine_name,
            "libraries": sorted(str(library) for library in package.libraries),
        }

    def _take(self, path: Path, *, check: bool) -> Package:
        with path.open("rb") as file:
            if check:
                return check_package(file=file)
            imported = import_package(file=file, by=None, approve=True)
        if imported.content is None:
            raise PackageRefused(imported.waiting_sentence)
        return imported.package
