"""What becomes of a test that wants an extra which is not installed."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
WANTED = 'ImportError: PII needs Presidio: pip install "guardrails-lib[pii]"'


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The settings of the suite, where the extra `pii` is missing."""
    spec = importlib.util.spec_from_file_location("settings_of_the_suite", ROOT / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "MISSING", ["pii"])
    return module


def failed(problem: str) -> pytest.TestReport:
    return pytest.TestReport("x", ("x.py", 1, "x"), {}, "failed", problem, "call")


def test_what_fails_for_want_of_an_extra_is_skipped(settings: ModuleType) -> None:
    weighed = settings._weighed(failed(WANTED), "x.py", WANTED)
    assert weighed.skipped
    assert weighed.longrepr[2] == "the pii extra is not installed"


def test_ci_does_not_run_without_every_extra(
    settings: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.UsageError, match=r'pip install -e "\.\[pii\]"'):
        settings.pytest_configure()


def test_elsewhere_the_suite_runs_without_one(
    settings: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    settings.pytest_configure()


def test_another_failure_stays_one(settings: ModuleType) -> None:
    other = 'ImportError: many patterns need Hyperscan: pip install "guardrails-lib[fast]"'
    for problem in ("AssertionError", other):  # that extra is installed
        assert settings._weighed(failed(problem), "x.py", problem).failed


def test_every_extra_is_known(settings: ModuleType) -> None:
    """But the one that has an environment of its own, and those that are made of others."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(project["optional-dependencies"])
    assert set(settings.EXTRAS) == set(settings.NEEDY) == extras - {"litellm", "all", "dev"}


def test_what_needs_an_extra_is_there(settings: ModuleType) -> None:
    for path in (path for paths in settings.NEEDY.values() for path in paths):
        assert list((ROOT / "src" / "guardrails_lib").glob(path))


def test_what_fails_for_want_of_its_module_is_skipped(settings: ModuleType) -> None:
    problem = "ModuleNotFoundError: No module named 'presidio_analyzer'"
    assert settings._weighed(failed(problem), "x.py", problem).skipped
