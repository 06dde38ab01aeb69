"""Activities as .h5p packages of our starter libraries, the way an author would upload them."""

import io
import json
import zipfile
from html import escape
from typing import Any

LIBRARIES = {"choice": "SongTien.Choice", "true_false": "SongTien.TrueFalse", "blanks": "SongTien.Blanks"}
WORDS = {
    "check": "Kiểm tra",
    "retry": "Làm lại",
    "showSolution": "Xem đáp án",
    "right": "Đúng",
    "wrong": "Chưa đúng",
    "missing": "Hãy trả lời trước.",
    "score": "Được @score trên @total điểm.",
    "trueText": "Đúng",
    "falseText": "Sai",
    "gap": "Chỗ trống @number trong @total",
}


def package(activity: dict[str, Any]) -> io.BytesIO:
    """Return the activity as a package; its libraries are the installed ones."""
    library = {"machineName": LIBRARIES[activity["kind"]], "majorVersion": 1, "minorVersion": 0}
    manifest = {
        "title": activity["title"],
        "language": "vi",
        "mainLibrary": library["machineName"],
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [library],
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("h5p.json", json.dumps(manifest))
        parts.writestr("content/content.json", json.dumps(_parameters(activity)))
    file.seek(0)
    return file


def _parameters(activity: dict[str, Any]) -> dict[str, Any]:
    task = f"<p>{escape(activity['question'], quote=False)}</p>"
    if activity["kind"] == "choice":
        return {"question": task, "answers": activity["answers"], "l10n": WORDS}
    if activity["kind"] == "blanks":
        texts = [f"<p>{escape(text, quote=False)}</p>" for text in activity["texts"]]
        return {"text": task, "questions": texts, "l10n": WORDS}
    return {"question": task, "correct": str(activity["correct"]).lower(), "l10n": WORDS}
