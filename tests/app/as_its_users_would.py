"""Runs the tests of the example application as its users would: copied, and installed afresh.

Its environment is made once, in ``.venv-app/``, and again when what the project needs has
changed. It holds the testing extra and pytest, and nothing else of the project's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "docs" / "how-to" / "test-your-app"
HOME = ROOT / ".venv-app"
PYTHON = HOME / "bin" / "python"
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__")


def make() -> None:
    """Install what the application says that it needs, with this checkout as the library."""
    wanted = tomllib.loads((APP / "pyproject.toml").read_text())["project"]
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    mark, made_of = HOME / ".ready", "\n".join([sys.version, repr(wanted), repr(ours)])
    if mark.exists() and mark.read_text() == made_of:
        return
    venv.create(HOME, clear=True, with_pip=True)
    needs = wanted["dependencies"] + wanted["optional-dependencies"]["dev"]
    others = [each for each in needs if not each.startswith("guardrails-lib")]
    extras = {each.partition("[")[2].rstrip("]") for each in needs} - {""}
    library = f"{ROOT}[{','.join(sorted(extras))}]"
    options = ["--quiet", "--disable-pip-version-check", "--no-compile"]
    run([PYTHON, "-m", "pip", "install", *options, "--editable", library, *others], ROOT)
    mark.write_text(made_of)


def run(command: list[str | Path], at: Path) -> None:
    """Run *command* there; leave with its exit code where it fails."""
    settings = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(list(map(str, command)), cwd=at, env=settings, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """The tests, the report that they write, and the self-test."""
    make()
    with tempfile.TemporaryDirectory() as somewhere:
        app = Path(shutil.copytree(APP, Path(somewhere, "app"), ignore=NOT_COPIED))
        run([PYTHON, "-m", "pytest", "-q", "-n", "2", "--guardrails-report=report.md"], app)
        report = (app / "report.md").read_text(encoding="utf-8")
        unproven = [line for line in report.splitlines() if "Warning" in line]
        if "## assistant" not in report or unproven:
            sys.exit("\n".join(["the report of the example has:", *(unproven or [report])]))
        run([PYTHON, "-m", "guardrails_lib", "selftest", "shop/policy.py"], app)


if __name__ == "__main__":
    main()
