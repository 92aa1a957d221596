"""hypothesis' `given`, around a guarded call."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from guardrails_lib import (
    Finding,
    Guard,
    Policy,
    PolicyError,
    Request,
    Vault,
    block,
    check,
    guard,
    redact,
)
from guardrails_lib._guarded import Shape
from guardrails_lib.checks import matching
from guardrails_lib.testing.fakes import EchoModel, HostileModel, ScriptedModel
from guardrails_lib.testing.given import given_call, played
from guardrails_lib.testing.playing import Played
from guardrails_lib.testing.strategies.conversations import conversations

PIN = Policy(name="pins", input=(redact(matching("[0-9]{4}")),))
PINS = st.from_regex("my pin is [0-9]{4}", fullmatch=True)
few = settings(max_examples=15)


# -- as `given` is used


@few
@given_call(PIN, requests=PINS)
def test_a_test_is_given_a_call_that_was_played(call: Played[str]) -> None:
    assert call.shown == "my pin is ████"
    assert [request.text for request in call.sent] == ["my pin is ████"]


@pytest.mark.parametrize("text", ["a", "b"])
@few
@given_call(PIN, requests=PINS)
def test_it_goes_with_parameters(call: Played[str], text: str) -> None:
    assert text in {"a", "b"}
    assert not call.error


@few
@given_call(PIN, requests=PINS)
def test_it_goes_with_fixtures(tmp_path_factory: pytest.TempPathFactory, call: Played[str]) -> None:
    assert isinstance(tmp_path_factory.getbasetemp(), Path)
    assert not call.error


@given_call(PIN, requests=PINS)
@few
def test_settings_may_stand_below_it(call: Played[str]) -> None:
    assert not call.error


class TestInAClass:
    @few
    @given_call(PIN, requests=PINS)
    def test_it_is_used_as_well(self, call: Played[str]) -> None:
        assert isinstance(self, TestInAClass)
        assert not call.error


@few
@given_call(PIN)
def test_without_requests_there_are_conversations(call: Played[str]) -> None:
    assert isinstance(call.request, Request)
    assert "1234" not in call.shown


def test_as_many_calls_are_played_as_settings_say() -> None:
    seen: list[Shape] = []

    @settings(max_examples=40, database=None, derandomize=True)
    @given_call(PIN, requests=PINS)
    def tried(call: Played[str]) -> None:
        seen.append(call.shape)

    tried()  # type: ignore[call-arg]  # hypothesis gives it
    assert len(seen) == 40
    assert set(seen) == set(Shape)


def test_what_fails_is_shown_as_small_as_it_gets() -> None:
    @settings(max_examples=20, database=None)
    @given_call(PIN, requests=PINS)
    def tried(call: Played[str]) -> None:
        assert not call.shown

    with pytest.raises(AssertionError) as caught:
        tried()  # type: ignore[call-arg]  # hypothesis gives it
    told = "".join(caught.value.__notes__)
    assert "call=Played(request=Request(messages=(Message(role='user', text='my pin is" in told
    assert "Shape.CALL" in told
    assert "Record(" not in told


# -- what is guarded, and with what


@pytest.mark.parametrize("guarded", [PIN, Guard(PIN)], ids=["policy", "guard"])
def test_a_policy_or_a_guard_is_put_around_a_fake(guarded: Any) -> None:
    found = find(played(guarded, requests=st.just("1234")), lambda call: True)
    assert found.shown == "████"
    assert found.shape is Shape.CALL


def test_each_call_has_a_model_of_its_own() -> None:
    calls = played(PIN, requests=st.just("a"), model=lambda: ScriptedModel("Only once."))
    assert find(calls, lambda call: call.shape is Shape.ASTREAM).shown == "Only once."


def test_models_may_be_drawn() -> None:
    models = st.sampled_from([EchoModel(), HostileModel("backwards")])
    calls = played(PIN, requests=st.just("abc"), model=models)
    assert find(calls, lambda call: call.shown == "cba").sent[0].text == "abc"


@pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
def test_the_shapes_may_be_chosen(shape: Shape) -> None:
    calls = played(PIN, requests=st.just("abc"), shapes=[shape])
    assert find(calls, lambda call: True).shape is shape


def test_an_async_check_is_tried_with_async_functions() -> None:
    @check(width=1)
    async def quiet(text: str) -> Any:
        """Nothing at all."""
        if not text:
            yield Finding("empty")

    calls = played(Policy(input=(block(quiet()),)), requests=st.just("abc"))
    assert find(calls, lambda call: True).shape is Shape.ACALL
    with pytest.raises(InvalidArgument, match=r"with this policy there are .*ACALL, .*ASTREAM"):
        played(Policy(input=(block(quiet()),)), shapes=[Shape.CALL])


def test_a_vault_is_made_for_each_call() -> None:
    made: list[Vault] = []

    def vault() -> Vault:
        made.append(Vault())
        return made[-1]

    restoring = Policy(input=(redact(matching("[0-9]{4}"), restore=True),))
    calls = played(restoring, requests=st.just("It is 1234."), vault=vault)
    found = find(calls, lambda call: True)
    assert found.shown == "It is 1234."
    assert found.sent[0].text != "It is 1234."
    assert "It is 1234." in {vault.restore(found.sent[0].text) for vault in made}


def test_an_error_of_the_model_is_seen() -> None:
    calls = played(PIN, requests=st.just("a"), model=lambda: ScriptedModel(ConnectionError("x")))
    found = find(calls, lambda call: True)
    assert isinstance(found.error, ConnectionError)
    assert found.outcome is None


# -- an application's own function

MODEL = EchoModel()


@guard(PIN)
def ask(question: str) -> str:
    assert isinstance(question, str)
    return MODEL(question).text


@guard(PIN)
def ask_in_a_stream(request: Request) -> Iterator[Any]:
    yield from MODEL.stream(request)


@few
@given_call(ask, requests=PINS, model=MODEL)
def test_a_function_is_called_as_it_is(call: Played[str]) -> None:
    assert call.sent == ("my pin is ████",)
    assert call.shape is Shape.CALL


@few
@given_call(ask_in_a_stream, requests=conversations(), model=MODEL)
def test_a_stream_is_called_as_it_is(call: Played[str]) -> None:
    assert call.shape is Shape.ASTREAM or call.shape is Shape.STREAM
    assert len(call.sent) == 1


# -- mistakes


def wrong(**how: Any) -> None:
    given_call(how.pop("guarded", PIN), **how)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"requests": "Hello"}, r"requests= takes a strategy, not 'Hello'"),
        ({"model": EchoModel()}, r"write model=lambda: EchoModel\(\), or only its class"),
        ({"shapes": []}, r"shapes=\[\]: with this policy there are"),
        ({"guarded": 7}, r"takes a Policy, a Guard or a guarded function, not 7"),
        ({"guarded": ask}, r"write MODEL = EchoModel\(\), ask that, and give model=MODEL"),
        ({"guarded": ask, "model": MODEL, "shapes": [Shape.CALL]}, r"a function has one"),
    ],
)
def test_a_mistake_is_said_where_it_is_written(how: Any, told: str) -> None:
    with pytest.raises(InvalidArgument, match=told):
        wrong(**how)


def test_a_function_without_a_guard_is_refused() -> None:
    with pytest.raises(PolicyError, match="is not guarded: put @guard"):
        given_call(lambda question: question, model=MODEL)


def test_a_test_without_a_place_for_the_call_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="nowhere has no parameter `call`"):

        @given_call(PIN)
        def nowhere(played: Played[str]) -> None: ...


def test_what_it_takes_is_written_by_name() -> None:
    kinds = [each.kind for each in inspect.signature(given_call).parameters.values()]
    assert kinds[1:] == [inspect.Parameter.KEYWORD_ONLY] * 4


def test_checks_have_looked_before_anything_is_timed() -> None:
    """Some load what they need then: hypothesis would take that for a slow test."""
    done: list[str] = []

    @check(width=1)
    def heavy(text: str) -> Iterator[Finding]:
        """Slow the first time."""
        done.append("looked")
        yield from ()

    def drawn() -> str:
        done.append("drawn")
        return "a"

    @settings(max_examples=5, database=None)
    @given_call(Policy(input=(block(heavy()),)), requests=st.builds(drawn))
    def tried(call: Played[str]) -> None:
        assert call.shown == "a"

    tried()  # type: ignore[call-arg]  # hypothesis gives it
    assert done[0] == "looked"
