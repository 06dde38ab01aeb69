"""Sông Tiền from a fresh clone, with Python alone.

`make` calls this with the system's Python; it brings uv and Node where they are missing, installs what
the lock files say, and runs the demonstration or the tests. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
TOOLS = VAR / "tools"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
NODE_AT_LEAST = 20


class Stopped(Exception):
    """Set-up cannot go on; the message says what to do."""


def main() -> int:
    """Run the named step: setup, demo, test, test-faults, bench, lint."""
    step, *rest = sys.argv[1:] or ["demo"]
    os.chdir(ROOT)
    _compile_once()
    try:
        return {
            "setup": setup,
            "demo": demo,
            "test": test,
            "test-faults": test_faults,
            "bench": bench,
            "lint": lint,
        }[step](*rest)
    except Stopped as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1


def _compile_once() -> None:
    """Let the processes we start share what Python compiles: where it may keep nothing, each begins with five seconds of it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VAR / "pycache"))


def setup() -> int:
    """Install Python and front-end packages, build the front end, compile the translations."""
    if sys.version_info < (3, 11):  # noqa: UP036 (the system's Python runs this file, whatever it is)
        raise Stopped("Sông Tiền needs Python 3.11 or newer.")
    (VAR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is not there yet
    node_is_here = _system_node() is not None
    _once("python", ["pyproject.toml", "uv.lock"], lambda: _install_python(with_node=not node_is_here))
    sources = ["package.json", "package-lock.json", "vite.config.js", *_files("lms/frontend")]
    _once("front-end", sources, _build_front_end)
    _once("translations", _files("lms/locale", ".po"), _compile_translations)
    return 0


def demo() -> int:
    """Start the demonstration: web server and worker, until Ctrl-C."""
    setup()
    environment = _demonstration_environment()
    seeds = ["uv.lock", *_migrations()]
    if not (VAR / "song-tien.sqlite3").exists():  # somebody begins anew
        (VAR / "stamps" / "migrated").unlink(missing_ok=True)
    _once("migrated", seeds, lambda: _manage("migrate", "--verbosity", "0", env=environment), environment)
    print("Loading the demonstration province (idempotent) …", flush=True)
    _manage("load_demo", env=environment)
    return _serve(environment)


def test(*options: str) -> int:
    """Run unit, integration, architecture, property and browser tests."""
    setup()
    if _chromium() is None:
        print("No Chromium found: the browser journeys are left out (apt-get install chromium).", flush=True)
    folders = ["unit", "architecture", "browser", "properties", "integration"]
    chosen = [f"tests/{folder}" for folder in folders if (ROOT / "tests" / folder).exists()]
    cores = str(min(os.cpu_count() or 1, 4))
    return _pytest(*chosen, "-n", cores, "--dist", "loadfile", "--no-loadscope-reorder", *options)


def test_faults(*options: str) -> int:
    """Run the tests that kill workers and race requests, each with its control."""
    setup()
    return _pytest("tests/faults", *options)


def bench(*options: str) -> int:
    """Measure speed as ratios to a limit measured in the same run."""
    setup()
    return _pytest("tests/performance", "-s", *options)


def lint() -> int:
    """Check style, types, arrows, templates, migrations."""
    setup()
    checks = [
        [str(BIN / "ruff"), "check", "."],
        [str(BIN / "ruff"), "format", "--check", "."],
        [str(BIN / "lint-imports")],
        [str(PYTHON), "-m", "mypy", "."],
        [
            str(PYTHON),
            "-m",
            "djlint",
            "lms",
            "courses",
            "inspections",
            "certificates",
            "cms",
            "--lint",
            "--quiet",
        ],
        [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"],
    ]
    failed = [check for check in checks if _say_and_run(check)]
    for check in failed:
        print(f"FAILED: {_spoken(check)}", file=sys.stderr)
    return 1 if failed else 0


def _install_python(*, with_node: bool) -> None:
    command = [*_uv(), "sync", "--locked", "--python", sys.executable]
    if with_node:
        command += ["--group", "node"]
    _must(command, env={**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy"})


def _uv() -> list[str]:
    if found := shutil.which("uv"):
        return [found]
    if not (TOOLS / "bin" / "uv").exists():
        print("Bringing uv …", flush=True)
        attempts = [
            [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), "uv"],
            [sys.executable, "-m", "venv", str(TOOLS)],
            [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"],
        ]
        if subprocess.run(attempts[0], check=False, capture_output=True).returncode:
            for attempt in attempts[1:]:
                if not Path(attempt[0]).exists() or subprocess.run(attempt, check=False).returncode:
                    raise Stopped(
                        "uv cannot be installed: this Python has neither pip nor venv. Install one of them."
                    )
    return [str(TOOLS / "bin" / "uv")]


def _system_node() -> Path | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    major = version.strip().removeprefix("v").split(".")[0]
    return Path(node).parent if major.isdigit() and int(major) >= NODE_AT_LEAST else None


def _build_front_end() -> None:
    folder = _system_node() or BIN
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    # h5p-standalone's preinstall insists on yarn: no package's scripts are run.
    _must([str(folder / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], env=environment)
    _must([str(folder / "npm"), "run", "build", "--", "--logLevel", "error"], env=environment)


def _compile_translations() -> None:
    for folder in ("lms/locale", "lms/locale/libraries"):
        _must(
            [str(BIN / "pybabel"), "compile", "--directory", folder, "--domain", "django", "--locale", "vi"]
        )


def _once(
    name: str, inputs: list[str], work: Callable[[], object], env: dict[str, str] | None = None
) -> None:
    """Do the work unless nothing it depends on has changed since it last succeeded."""
    digest = hashlib.sha256((env or {}).get("DATABASE_URL", "").encode())
    for path in sorted(inputs):
        digest.update(path.encode())
        digest.update((ROOT / path).read_bytes())
    stamp = VAR / "stamps" / name
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and VENV.exists():
        return
    work()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest.hexdigest())


def _files(folder: str, suffix: str = "") -> list[str]:
    return [str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob(f"*{suffix}") if path.is_file()]


def _migrations() -> list[str]:
    rooms = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("lms/*/migrations/*.py")]
    return [str(path.relative_to(ROOT)) for path in rooms]


def _demonstration_environment() -> dict[str, str]:
    port = os.environ.get("PORT", "8000")
    return {
        "DJANGO_SETTINGS_MODULE": "lms.settings.dev",
        "DEMONSTRATION": "true",
        "DEBUG": "false",
        "SITE_URL": f"http://localhost:{port}",
        **os.environ,
    }


def _serve(environment: dict[str, str]) -> int:
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    web = [str(PYTHON), "-m", "gunicorn", "lms.wsgi", "--bind", f"{host}:{port}", "--workers", "2"]
    worker = [str(PYTHON), "manage.py", "run_huey", "--workers", "1", "--graceful-signal", "TERM", "--quiet"]
    started = [
        subprocess.Popen(
            [*web, "--threads", "4", "--log-level", "warning"], env=environment, start_new_session=True
        ),
        subprocess.Popen(worker, env=environment, start_new_session=True),
    ]
    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell may have started us with SIGINT ignored
        signal.signal(stop, _interrupt)
    try:
        time.sleep(2)
        _announce(port)
        while all(process.poll() is None for process in started):
            time.sleep(0.5)
        print("One of the two processes has stopped; stopping the other.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        _stop(started)


def _interrupt(*_args: object) -> None:
    raise KeyboardInterrupt


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


def _announce(port: str) -> None:
    import json

    print(f"\nSông Tiền is running.\n  Home        http://localhost:{port}/", flush=True)
    for name, path in {
        "Courses": "courses/",
        "Inspections": "inspections/",
        "Targets": "targets/",
        "Verify": "verify/",
        "Wagtail": "admin/",
        "API": "api/v1/docs/",
    }.items():
        print(f"  {name:<11} http://localhost:{port}/{path}")
    accounts = VAR / "demonstration" / "accounts.json"
    if accounts.exists():
        print("\nDemonstration accounts (invented people):")
        for account in json.loads(accounts.read_text(encoding="utf-8")):
            print(f"  {account['role']:<28} {account['email']:<36} {account['password']}")
    print("\nCtrl-C stops the web server and the worker.", flush=True)


def _chromium() -> str | None:
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _pytest(*arguments: str) -> int:
    return _say_and_run([str(PYTHON), "-m", "pytest", *arguments])


def _manage(*arguments: str, env: dict[str, str]) -> None:
    _must([str(PYTHON), "manage.py", *arguments], env=env)


def _must(command: list[str], env: dict[str, str] | None = None) -> None:
    if _say_and_run(command, env):
        raise Stopped(f"This step failed: {_spoken(command)}")


def _say_and_run(command: list[str], env: dict[str, str] | None = None) -> int:
    print(f"$ {_spoken(command)}", flush=True)
    return subprocess.run(command, env=env, check=False).returncode


def _spoken(command: list[str]) -> str:
    return " ".join(part.replace(f"{ROOT}/", "") for part in command)


if __name__ == "__main__":
    sys.exit(main())
