"""Settings for the whole suite, and what becomes of a test that wants a missing extra.

It is skipped, and the rest of the suite still says something. In CI (``CI=true``) every extra
must be there, or nothing is run.
"""

import doctest
import importlib.util
import os
from collections.abc import Generator
from typing import Any, TypeVar

import pytest
from hypothesis import settings

# where CI is set, hypothesis would suppress a health check, and try the same by night
LOUD: dict[str, Any] = {"deadline": None, "suppress_health_check": ()}
settings.register_profile("quick", max_examples=100, **LOUD)
settings.register_profile("nightly", max_examples=5000, derandomize=False, **LOUD)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

EXTRAS = {
    "learned": "numpy",
    "pii": "presidio_analyzer",
    "fast": "hyperscan",
    "repair": "json_repair",
    "instructor": "instructor",
    "vault": "cryptography",
    "synthetic": "faker",
    "urls": "can_ada",
    "output": "nh3",
    "sql": "sqlalchemy",
    "postgres": "psycopg",
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "google.genai",
    "mistral": "mistralai",
    "pydantic-ai": "pydantic_ai",
    "langchain": "langchain_core",
    "flows": "limits",
    "prices": "genai_prices",
    "redis": "redis",
    "testing": "uvicorn",
}
"""Each extra, and a module that comes with it."""


def _is_missing(module: str) -> bool:
    whole, _, part = module.partition(".")
    return importlib.util.find_spec(whole) is None or bool(
        part and importlib.util.find_spec(module) is None
    )


MISSING = [extra for extra, module in EXTRAS.items() if _is_missing(module)]

NEEDY = {
    "learned": ("learned/*.py", "learned/*/*.py", "checks/takeover.py"),
    "pii": ("presidio/*.py",),
    "fast": ("scan/multi.py", "schemas/json_schema/fast.py"),
    "repair": ("schemas/repair/*.py",),
    "instructor": ("models/asking.py", "models/instructor.py"),
    "vault": ("_sealed.py",),
    "synthetic": ("_synthetic.py",),
    "urls": ("addresses/*.py",),
    "output": ("rendering/*.py",),
    "sql": ("desk/sql.py",),
    "postgres": (),
    "openai": (
        *("models/openai_client.py", "models/openai_rebuilt.py", "models/openai_sdk.py"),
        "models/openai_streams.py",
    ),
    "anthropic": (
        *("models/anthropic_client.py", "models/anthropic_sdk.py"),
        "models/anthropic_streams.py",
    ),
    "google": ("models/google_chat.py", "models/google_client.py", "models/google_sdk.py"),
    "mistral": ("models/mistral_client.py", "models/mistral_sdk.py"),
    "pydantic-ai": (),
    "langchain": (),
    "flows": ("flows/backoff.py", "flows/pace.py", "flows/*_circuit.py"),
    "prices": ("spend/listed.py",),
    "redis": (),
    "testing": (
        *("testing/server/*.py", "testing/laws/*.py", "testing/hypotheses.py"),
        *("testing/given.py", "testing/machine.py", "testing/profiles.py"),
        *("testing/strategies/*.py", "testing/strategies/*/*.py"),
    ),
}
"""What cannot be imported without an extra, and so has no docstrings to run."""

collect_ignore_glob = [f"src/guardrails_lib/{path}" for extra in MISSING for path in NEEDY[extra]]
if "pii" in MISSING:
    collect_ignore_glob.append("policies/*.py")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_configure() -> None:
    """A suite that passes because it skips half of itself is no reason to merge."""
    if MISSING and os.environ.get("CI") == "true":
        raise pytest.UsageError(
            f'CI runs with every extra: pip install -e ".[{",".join(MISSING)}]"'
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test, or the example of a docstring."""
    problem: Any = call.excinfo and call.excinfo.value
    if isinstance(problem, doctest.UnexpectedException):
        problem = problem.exc_info[1]
    return _weighed((yield), str(item.path), str(problem))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file that cannot be imported, or is skipped as a whole."""
    report = yield
    return _weighed(report, str(collector.path), report.longreprtext)


def _weighed(report: Report, path: str, problem: str) -> Report:
    if report.failed:
        for extra in MISSING:
            module = EXTRAS[extra].partition(".")[0]
            said = (f'pip install "guardrails-lib[{extra}]"', f"No module named '{module}")
            if any(each in problem for each in said):
                report.outcome = "skipped"
                report.longrepr = (path, 0, f"the {extra} extra is not installed")
    return report
