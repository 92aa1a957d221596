"""The pytest plugin of guardrails-lib.

pytest loads it in every session where the library is installed, so it imports the library
where a test or an option asks for it, and not before.
"""

# ruff: noqa: PLC0415  # nearly all that is imported here is imported late
from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from guardrails_lib import Policy
    from guardrails_lib.testing import ScriptedModel
    from guardrails_lib.testing.seeing import GuardReport
    from guardrails_lib.testing.tallies import Tally

__all__ = ["guard_report", "no_network", "scripted_model"]

_OPTION = "--guardrails-report"
_FAILED = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What may be asked for."""
    parser.getgroup("guardrails", "guardrails-lib").addoption(
        _OPTION,
        metavar="FILE",
        help="write what the tests have shown of each policy: laws, examples, rules that never "
        "fired; Markdown, or JSON if FILE ends with .json",
    )


@pytest.hookimpl(tryfirst=True)  # before hypothesis looks for the profile
def pytest_configure(config: pytest.Config) -> None:
    """Register what is asked for."""
    config.addinivalue_line("markers", "policy(POLICY): the policy that a test is about")
    profile = config.getoption("--hypothesis-profile", default=None) or ""
    if profile.startswith("guardrails-"):
        from guardrails_lib.testing import profiles

        profiles.register()
    if config.getoption(_OPTION) and not config.getoption("collectonly"):
        config.pluginmanager.register(_Reporting(config), "guardrails-reporting")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """See that each marker names a policy: what does not cannot be collected."""
    report = yield
    try:
        for each in report.result or ():
            if isinstance(each, pytest.Item):
                _policies(each)
    except pytest.UsageError as problem:
        report.outcome, report.longrepr, report.result = "failed", str(problem), []
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep whether the test has failed, for what is seen to at its end."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture
def scripted_model() -> Callable[..., ScriptedModel]:
    """Makes a model that plays its script: ``scripted_model("Hello.", ["Good", "bye."])``.

    To ask it too often is an error. Turns that are left over are none: a call that is
    refused at the boundary asks nobody.
    """
    from guardrails_lib.testing import ScriptedModel

    return ScriptedModel


@pytest.fixture
def guard_report(request: pytest.FixtureRequest) -> Iterator[GuardReport]:
    """What the guarded calls of this test did: see `guardrails_lib.testing.GuardReport`."""
    from guardrails_lib.testing.seeing import GuardReport, watched

    with watched() as calls:
        yield GuardReport(calls, next(iter(_policies(request.node)), None))


@pytest.fixture
def no_network(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """No test that has it reaches further than this machine, not even unnoticed.

    What tries raises an error. The fixture is the list of what was tried, and the test fails
    at its end if anything is in there: an SDK may have caught the error and tried again. Clear
    it where that was the point of the test.
    """
    from guardrails_lib.testing.offline import offline

    with offline() as attempts:
        yield attempts
    if attempts and not request.node.stash.get(_FAILED, False):
        pytest.fail(f"it tried to reach the network: {', '.join(attempts)}", pytrace=False)


def _policies(item: pytest.Item) -> list[Policy]:
    """The policies that markers name for *item*, the nearest first."""
    kind: Any = getattr(sys.modules.get("guardrails_lib"), "Policy", None)
    found: list[Policy] = []
    for marker in item.iter_markers("policy"):
        if kind is None:  # nobody has imported the library: the marker is of somebody else
            break
        if marker.kwargs or len(marker.args) != 1 or not isinstance(marker.args[0], kind):
            given = ", ".join(type(each).__name__ for each in marker.args) or "nothing"
            raise pytest.UsageError(
                f"{item.nodeid}: @pytest.mark.policy(POLICY) takes one Policy, not {given}"
            )
        found.append(marker.args[0])
    return found


class _Reporting:
    """Gathers what each test shows, and writes it down at the end of the session."""

    def __init__(self, config: pytest.Config) -> None:
        from guardrails_lib.testing.tallies import Tally

        self.config = config
        self.path = Path(config.invocation_params.dir, str(config.getoption(_OPTION)))
        if self.path.is_dir():
            raise pytest.UsageError(f"{_OPTION}=FILE: {self.path} is a folder")
        self.tally: Tally = Tally()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in getattr(session, "items", ()):
            for policy in _policies(item):
                self.tally.about(policy)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        from guardrails_lib.testing.tallies import gathering

        with gathering(_policies(item)) as gathered:
            result = yield
        self.tally.add(gathered.tally(failed=item.stash.get(_FAILED, False)))
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process of pytest-xdist has ended."""
        from guardrails_lib.testing.tallies import Tally

        output = getattr(node, "workeroutput", {})
        if _KEY in output:
            self.tally.add(Tally.read(output[_KEY]))
        else:
            self.tally.lost += 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        output = getattr(self.config, "workeroutput", None)
        if output is not None:
            output[_KEY] = self.tally.plain()
            return
        from guardrails_lib.testing.reports import as_json, as_markdown

        written = as_json if self.path.suffix == ".json" else as_markdown
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(written(self.tally), encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        from guardrails_lib.testing.reports import summary

        terminalreporter.write_line(f"guardrails: {summary(self.tally)} ({self.path})")


_KEY = "guardrails"
