"""The pytest plugin, in sessions of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from guardrails_lib.testing import profiles
from guardrails_lib.testing.tallies import PolicyTally, RuleTally, Tally


class Session(NamedTuple):
    """A session of pytest that has ended."""

    code: int
    said: str
    folder: Path

    @property
    def tally(self) -> Tally:
        return Tally.read(self.read)

    @property
    def read(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads((self.folder / "report.json").read_text())
        return plain

    def policy(self, name: str) -> PolicyTally:
        [found] = [each for each in self.tally.policies.values() if each.name == name]
        return found

    def rule(self, name: str, stage: str, number: int) -> RuleTally:
        rules = self.policy(name).rules
        [found] = [each for each in rules if (each.stage, each.number) == (stage, number)]
        return found


def session(folder: Path, *args: str, plugins: tuple[str, ...] = (), **files: str) -> Session:
    """Run *files* with pytest, with no plugins but ours and those named."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    env["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    loaded = [f"-p{name}" for name in ("guardrails", *plugins, "no:cacheprovider")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--strict-markers", *loaded, *args],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Session(done.returncode, done.stdout + done.stderr, folder)


APP = """
from guardrails_lib import Policy, abstain, block, guard, redact
from guardrails_lib.checks import containing, matching

SUPPORT = Policy(
    name="support",
    input=(redact(matching("[0-9]{4}")), block(matching("ignore .*"))),
    output=(redact(containing("secret")),),
)
AGENT = Policy(name="agent", validators=(abstain(containing("maybe")),))
HOLEY = Policy(name="holey", input=SUPPORT.input)
SLACK = Policy(name="slack", input=SUPPORT.input)


@guard(SUPPORT)
def ask(prompt: str) -> str:
    return "a secret"


@guard(SUPPORT)
async def aask(prompt: str) -> str:
    return "a secret"
"""

TESTS = """
import pytest
from app import AGENT, HOLEY, SLACK, SUPPORT, ask

from guardrails_lib.testing.watching import trying


def test_called():
    ask("my pin is 1234")


def test_called_once_more():
    ask("Hello.")


@pytest.mark.policy(AGENT)
def test_about(guard_report):
    assert guard_report.policy is AGENT
    assert guard_report.calls == []


@pytest.mark.policy(AGENT)
class TestAll:
    @pytest.mark.policy(SUPPORT)
    def test_the_nearest_marker_counts(self, guard_report):
        assert guard_report.policy is SUPPORT


def test_a_guard_was_there(guard_report):
    ask("my pin is 1234")
    [call] = guard_report.calls
    assert call.policy is SUPPORT
    assert call.ended == "Accepted"
    assert [event.kind for event in call.events][0] == "started"
    assert [each.rule for each in guard_report.fired] == [SUPPORT.input[0], SUPPORT.output[0]]
    assert [each.rule for each in guard_report.looked] == list(SUPPORT.rules)
    assert guard_report.policy is None


def test_no_call_of_another_test_is_seen(guard_report):
    assert guard_report.calls == []


def test_a_law():
    with trying("monotone", SUPPORT) as trial:
        trial.examples = 7
        ask("Hello.")


def test_a_law_that_is_to_break():
    with pytest.raises(AssertionError), trying("monotone", HOLEY):
        raise AssertionError


@pytest.mark.xfail(strict=True)
def test_a_law_that_is_known_to_break():
    with trying("monotone", HOLEY):
        raise AssertionError


def test_a_law_that_breaks():
    with trying("monotone", SLACK):
        raise AssertionError


def test_a_script(scripted_model):
    model = scripted_model("Hello.", ["Good", "bye."], "never asked")
    assert model("Hi.").text == "Hello."
    assert list(model.stream("Bye.")) == ["Good", "bye."]
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("app")
    return session(folder, "--guardrails-report=report.json", app=APP, test_app=TESTS)


def test_fixtures_and_markers_do_what_they_say(done: Session) -> None:
    assert "1 failed, 9 passed, 1 xfailed" in done.said, done.said
    assert "test_a_law_that_breaks" in done.said


def test_the_calls_of_each_policy_are_counted(done: Session) -> None:
    assert done.policy("support").calls == 4


def test_rules_are_counted_by_the_calls_in_which_they_fired(done: Session) -> None:
    rules = [(each.looked, each.fired) for each in done.policy("support").rules]
    assert rules == [(4, 2), (4, 0), (4, 4)]


def test_a_policy_that_a_marker_names_is_there_though_nothing_ran(done: Session) -> None:
    assert done.policy("agent").calls == 0
    assert done.rule("agent", "validators", 0).looked == 0


def test_laws_are_counted_with_their_examples(done: Session) -> None:
    law = done.policy("support").laws["monotone"]
    assert (law.times, law.examples, law.broken) == (1, 7, 0)


def test_a_law_that_breaks_in_a_test_that_fails_did_not_hold(done: Session) -> None:
    assert done.policy("slack").laws["monotone"].broken == 1


def test_a_law_that_is_broken_on_purpose_is_not_in_the_report(done: Session) -> None:
    assert "holey" not in {each.name for each in done.tally.policies.values()}


def test_a_rule_that_never_fired_is_a_warning(done: Session) -> None:
    warned = done.read["warnings"]
    rule = "input[1] `block(matching(pattern='ignore .*'))`"
    assert [each for each in warned if each.startswith("support")] == [
        f"support: {rule} looked in 4 calls and never fired in any test"
    ]


def test_the_terminal_says_it_in_one_line(done: Session) -> None:
    line = "guardrails: 3 policies, 1 law did not hold, WARNING: 4 rules never fired in any test"
    assert [each for each in done.said.splitlines() if each.startswith(line)]


def test_no_text_of_a_call_is_in_the_report(done: Session) -> None:
    written = (done.folder / "report.json").read_text()
    assert "1234" not in written
    assert "my pin" not in written


def test_two_processes_write_one_report(tmp_path: Path, done: Session) -> None:
    args = "-n2", "--guardrails-report=report.json"
    both = session(tmp_path, *args, plugins=("xdist",), app=APP, test_app=TESTS)
    assert "1 failed, 9 passed, 1 xfailed" in both.said, both.said
    assert both.read == done.read


def test_a_process_that_breaks_down_is_told(tmp_path: Path) -> None:
    tests = "import os\n\n\ndef test_dies():\n    os._exit(3)\n"
    args = "-n1", "--max-worker-restart=0", "--guardrails-report=report.json"
    broken = session(tmp_path, *args, plugins=("xdist",), test_dies=tests)
    assert broken.read["lost"] == 1


def test_a_report_that_cannot_be_written_is_an_error_before_anything_runs(tmp_path: Path) -> None:
    done = session(tmp_path, "--guardrails-report=.", test_it="def test_it():\n    pass\n")
    assert done.code == pytest.ExitCode.USAGE_ERROR
    assert f"--guardrails-report=FILE: {tmp_path} is a folder" in done.said


UNLOADED = """
import sys

import pytest


@pytest.mark.policy("a marker of somebody else")
def test_nothing_is_imported():
    assert "guardrails_pytest" in sys.modules
    assert not {"guardrails_lib", "hypothesis", "pydantic"} & set(sys.modules)
"""


def test_the_plugin_imports_neither_the_library_nor_hypothesis(tmp_path: Path) -> None:
    done = session(tmp_path, plugins=("hypothesispytest",), test_unloaded=UNLOADED)
    assert done.code == 0, done.said


MARKED = """
import pytest
from guardrails_lib import Policy


@pytest.mark.policy(%s)
def test_it():
    pass
"""


def test_a_marker_that_names_no_policy_is_an_error(tmp_path: Path) -> None:
    arguments = {
        "'support'": "one Policy, not str",
        "": "one Policy, not nothing",
        "Policy(), Policy()": "one Policy, not Policy, Policy",
        "policy=Policy()": "one Policy, not nothing",
    }
    for number, each in enumerate(arguments):
        (tmp_path / f"test_{number}.py").write_text(MARKED % each)
    done = session(tmp_path)
    assert done.code == pytest.ExitCode.INTERRUPTED
    for number, given in enumerate(arguments.values()):
        told = f"test_{number}.py::test_it: @pytest.mark.policy(POLICY) takes {given}"
        assert told in done.said.splitlines()


PROFILE = """
from hypothesis import HealthCheck, settings


def test_profile():
    now = settings()
    assert (now.max_examples, now.derandomize, now.deadline) == (200, True, None)
    assert now.print_blob
    assert not now.suppress_health_check
"""


def test_the_profile_for_ci_is_there_for_who_asks(tmp_path: Path) -> None:
    args = ("--hypothesis-profile=guardrails-ci",)
    done = session(tmp_path, *args, plugins=("hypothesispytest",), test_profile=PROFILE)
    assert done.code == 0, done.said


def test_by_night_there_are_more_examples_and_others_each_time() -> None:
    profiles.register()
    nightly = settings.get_profile(profiles.NIGHTLY)
    assert (nightly.max_examples, nightly.derandomize, nightly.deadline) == (5000, False, None)
    assert not nightly.suppress_health_check


NETWORK = """
import socket

import pytest


def reach():
    socket.create_connection(("example.com", 443))


def test_reaches(no_network):
    reach()


def test_reaches_unnoticed(no_network):
    try:
        reach()
    except Exception:
        pass


def test_reaches_and_means_it(no_network):
    with pytest.raises(AssertionError, match="there is no network here: look up example.com"):
        reach()
    assert no_network == ["look up example.com"]
    no_network.clear()


def test_stays_at_home(no_network):
    pass


def test_nobody_is_watched_where_nobody_asked():
    from guardrails_lib import _engine, _guard

    assert _guard.run is _engine.run
"""


def test_who_reaches_for_the_network_fails_though_it_caught_the_error(tmp_path: Path) -> None:
    done = session(tmp_path, test_network=NETWORK)
    assert "1 failed, 4 passed, 1 error" in done.said, done.said
    assert "ERROR test_network.py::test_reaches_unnoticed" in done.said
    assert "it tried to reach the network: look up example.com" in done.said


ASYNC = """
import asyncio

import pytest
from app import SUPPORT, aask


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.{marker}
@pytest.mark.policy(SUPPORT)
async def test_async(guard_report, no_network, scripted_model):
    await asyncio.gather(aask("my pin is 1234"), aask("Hello."))
    assert [call.ended for call in guard_report.calls] == ["Accepted", "Accepted"]
    assert [len(call.fired) for call in guard_report.calls] == [2, 1]
    with pytest.raises(AssertionError, match=r"look up example\\.com"):
        await asyncio.open_connection("example.com", 443)
    no_network.clear()
    model = scripted_model(["Good", "bye."])
    assert [each async for each in model.astream("Bye.")] == ["Good", "bye."]
"""


@pytest.mark.parametrize(
    ("plugin", "module", "wants"),
    [
        ("anyio", "anyio", ()),
        ("asyncio", "pytest_asyncio", ("-oasyncio_default_fixture_loop_scope=function",)),
    ],
    ids=["anyio", "pytest_asyncio"],
)
def test_async_tests_are_served_too_and_the_report_may_be_markdown(
    tmp_path: Path, plugin: str, module: str, wants: tuple[str, ...]
) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    tests = ASYNC.replace("{marker}", plugin)
    args = ("--guardrails-report=deep/down/report.md", *wants)
    done = session(tmp_path, *args, plugins=(plugin,), app=APP, test_async=tests)
    assert done.code == 0, done.said
    written = (tmp_path / "deep" / "down" / "report.md").read_text()
    assert written.startswith("# Policies under test\n\n1 policy, 1 warning.\n")
    assert ", 2 guarded calls." in written
