"""Runs the tests of `environments.toml`, each table in an environment of its own.

An environment is made once, below ``.venv-sdks/``, and again when what it holds has changed.
Names on the command line choose some of them. It fails where a test fails or is skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".venv-sdks"
AT_ONCE = 2
SETTINGS = {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}
"""litellm would ask the network for prices when it is imported."""


class Environment(NamedTuple):
    """What is installed, and the tests that must pass there."""

    name: str
    requirements: list[str]
    tests: list[str]

    @property
    def python(self) -> Path:
        return HOME / self.name / "bin" / "python"

    def make(self) -> None:
        """Install what is wanted, unless that is there."""
        mark = HOME / self.name / ".ready"
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        wanted = "\n".join([sys.version, *self.requirements, repr(project)])
        if mark.exists() and mark.read_text() == wanted:
            return
        venv.create(HOME / self.name, clear=True, with_pip=True)
        pip: list[str | Path] = [self.python, "-m", "pip", "install"]
        options = ["--quiet", "--disable-pip-version-check", "--no-compile"]
        checkout, *others = self.requirements
        _done([*pip, *options, "pytest", "--editable", checkout, *others])
        mark.write_text(wanted)

    def test(self) -> str:
        """How many tests passed; `Failed` if that is not all of them."""
        report = HOME / f"{self.name}.xml"
        options = ["-q", "-W", "ignore", "-p", "no:cacheprovider", "-o", "addopts="]
        how = ["--import-mode=importlib", "-rs", f"--junit-xml={report}"]
        files = [file for pattern in self.tests for file in _files(pattern)]
        shown = _done([self.python, "-m", "pytest", *options, *how, *files])
        suite = next(Xml.parse(report).iter("testsuite"))
        if suite.get("skipped") != "0":
            raise Failed(f"a test was skipped\n{shown}")
        return f"{suite.get('tests')} passed"


class Failed(Exception):
    """What a command printed that did not end well."""


def _files(pattern: str) -> list[Path]:
    found = sorted(ROOT.glob(pattern))
    if not found:
        raise Failed(f"there is no {pattern}")
    return found


def _done(command: list[str | Path]) -> str:
    """What *command* printed; `Failed` if it did not end well."""
    # in CI the whole suite wants all extras, and no environment here has them
    settings = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**settings, **SETTINGS},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(done.stdout)
    return done.stdout


def tried(environment: Environment) -> bool:
    """Whether all is well in one environment; what there is to say of it is printed."""
    began = made = time.monotonic()
    try:
        environment.make()
        made = time.monotonic()
        said, well = environment.test(), True
    except Failed as problem:
        said, well = f"failed\n{problem}", False
    end = time.monotonic()
    sys.stdout.write(
        f"{environment.name}: {said} (set up in {made - began:.0f} s, run in {end - made:.0f} s)\n"
    )
    return well


def environments() -> list[Environment]:
    table = tomllib.loads((Path(__file__).parent / "environments.toml").read_text())
    return [Environment(name, **line) for name, line in table.items()]


def chosen(names: list[str]) -> list[Environment]:
    """Those of *names*, or all."""
    known = {each.name: each for each in environments()}
    if unknown := set(names) - set(known):
        sys.exit(f"no environment is named {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names or known]


if __name__ == "__main__":
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sys.exit(not all([*pool.map(tried, chosen(sys.argv[1:]))]))
