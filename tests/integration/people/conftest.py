"""Files as HR sends them, imported by the real commands."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import CommandError, call_command


class Import:
    """Runs an import command on rows written to a CSV file."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, kind: str, text: str, *options: str, name: str = "tep.csv") -> Result:
        path, report = self.folder / name, self.folder / "report.csv"
        path.write_text(text.strip() + "\n", encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command(
                f"import_{kind}", str(path), "--report", str(report), *options, stdout=out, stderr=err
            )
            code = 0
        except CommandError as error:
            code = 1
            err.write(str(error))
        with report.open(encoding="utf-8") as file:
            return Result(code, out.getvalue(), err.getvalue(), list(csv.DictReader(file)))


class Result:
    def __init__(self, code, out, err, problems):
        self.code, self.out, self.err, self.problems = code, out, err, problems

    @property
    def errors(self):
        return [(int(p["row"]), p["column"]) for p in self.problems if p["severity"] == "error"]

    @property
    def warnings(self):
        return [(int(p["row"]), p["column"]) for p in self.problems if p["severity"] == "warning"]


@pytest.fixture
def run_import(tmp_path):
    return Import(tmp_path)
