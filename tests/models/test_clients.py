"""What guarded clients of all SDKs share, on an SDK of three lines."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from guardrails_lib import (
    Accepted,
    Blocked,
    Budget,
    Finding,
    Label,
    Policy,
    PolicyError,
    Refused,
    Reply,
    Source,
    Usage,
    block,
    check,
    drop,
    flag,
    redact,
    retry,
)
from guardrails_lib._deadline import deadline
from guardrails_lib._ledger import Charge, Held, Overspent
from guardrails_lib.checks import matching
from guardrails_lib.models.arguments import Arguments
from guardrails_lib.models.clients import Sdk, Taken, Terms, Under, guarded_client, sooner
from guardrails_lib.models.versions import supported

POLICY = Policy(input=(redact(matching(r"\d{4}")),), output=(block(matching("bomb")),))


class Toy:
    """A client that answers what it was asked, and keeps what that was."""

    asynchronous = False

    def __init__(self, *answers: Any, retries: int = 2) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answers = list(answers)
        self.retries = retries
        self.opened = self.closed = 0
        self.chat = SimpleNamespace(say=self.say, raw=self.say)

    def say(self, **given: Any) -> Any:
        self.asked.append({**given, "retries": self.retries})
        answer = self.answers.pop(0) if self.answers else given["messages"][-1]["content"]
        if isinstance(answer, Exception):
            raise answer
        return self.pieces(answer) if given.get("stream") else answer

    def pieces(self, answer: str) -> Iterator[str]:
        self.opened += 1
        try:
            yield from answer
        finally:
            self.closed += 1

    def hurried(self) -> Toy:
        made = copy.copy(self)  # what it is asked is kept in the same list
        made.retries = 0
        made.chat = SimpleNamespace(say=made.say)
        return made

    with_options = hurried


class AsyncToy(Toy):
    asynchronous = True

    async def say(self, **given: Any) -> Any:
        answer = super().say(**given)
        if not given.get("stream"):
            return answer

        async def pieces() -> AsyncIterator[str]:
            for each in answer:
                yield each

        return pieces()


class Chunks:
    def __call__(self, chunk: Any) -> Reply[Any]:
        return Reply(chunk)

    def rest(self) -> Reply[Any]:
        return Reply(usage=Usage(1, 1))


class Showing:
    def saw(self, chunk: Any) -> None:
        pass

    def text(self, text: str) -> list[str]:
        return [text]

    def end(self, accepted: Accepted[Any]) -> list[str]:
        return ["."]


class Saying:
    """``chat.say``."""

    name = "chat.say"
    arguments = Arguments(
        "chat.say",
        passed=frozenset({"size"}),
        beside=frozenset({"note", "data"}),
        refused={"hidden": "nobody looks"},
        own=frozenset({"messages", "stream"}),
    )

    def taken(self, given: dict[str, Any]) -> Taken:
        options, beside = self.arguments.parted(given)
        return Taken(options.pop("messages"), options, beside, (), bool(options.get("stream")))

    def sent(self, messages: list[Any], options: dict[str, Any]) -> dict[str, Any]:
        return {**options, "messages": messages}

    def timed(self, arguments: dict[str, Any], client: Any, seconds: float) -> dict[str, Any]:
        return {**arguments, "seconds": seconds}

    def hurried(self, client: Any) -> Any:
        return client.hurried()

    def reply(self, answer: Any) -> Reply[Any]:
        return Reply(answer, model="toy", usage=Usage(1, 1))

    def chunks(self) -> Chunks:
        return Chunks()

    def rebuilt(self, answer: Any, before: Reply[Any], accepted: Accepted[Any]) -> Any:
        return {"was": answer, "is": accepted.value}

    def showing(self, taken: Taken) -> Showing:
        return Showing()

    def stream(self, chunks: Any, client: Any) -> Any:
        return chunks


def _methods(client: Any, under: Under) -> Mapping[str, Callable[..., Any]]:
    return {"chat.say": under.method(client, Saying())}


SDK = Sdk(
    "no-such-sdk",
    ((1,), (2,)),
    lambda client: bool(client.asynchronous),
    _methods,
    plain=frozenset({"retries"}),
    copies=frozenset({"with_options"}),
)


def guarded(client: Any, policy: Policy = POLICY, terms: Terms | None = None) -> Any:
    return guarded_client(SDK, client, policy, terms or {})


def user(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]


# -- the walk


def test_a_method_that_is_guarded_is_where_it_was() -> None:
    assert guarded(Toy("Hello.")).chat.say(messages=user("Hi.")) == {
        "was": "Hello.",
        "is": "Hello.",
    }


def test_a_method_has_the_name_of_its_place() -> None:
    with pytest.raises(ValueError, match=r"chat\.say\(\) cannot look at all of 'messages'"):
        guarded(Toy()).chat.say(messages=_endless())


def _endless() -> list[Any]:
    message: dict[str, Any] = {"role": "user", "content": "Hi.", "tool_calls": []}
    message["more"] = message
    return [message]


def test_what_is_not_on_the_list_is_not_there() -> None:
    client = guarded(Toy())
    for place in (client, client.chat):
        with pytest.raises(AttributeError, match="is not guarded: call it on the client itself"):
            _ = place.raw
    with pytest.raises(AttributeError):
        client.retries = 0


def test_a_copy_of_it_is_guarded() -> None:
    copied = guarded(Toy("a bomb")).with_options()
    assert copied.retries == 0
    with pytest.raises(Refused):
        copied.chat.say(messages=user("Hi."))


def test_it_may_be_looked_into_by_tools() -> None:
    assert not hasattr(guarded(Toy()), "__fspath__")
    with pytest.raises(AttributeError):
        _ = guarded(Toy()).chat._client2


def test_a_policy_that_cannot_work_is_refused_at_once() -> None:
    @check
    async def slow(text: str) -> AsyncIterator[Finding]:
        """Slow."""
        if not text:
            yield Finding("never")

    policy = Policy(output=(block(slow()),))
    with pytest.raises(PolicyError, match="the client is not async"):
        guarded(Toy(), policy)
    with pytest.raises(PolicyError, match="the client is not async"):
        guarded(Toy(), Policy(), {"shadow": policy})
    assert asyncio.run(guarded(AsyncToy("Hello."), policy).chat.say(messages=user("Hi.")))


# -- what is beside the messages


def test_what_is_beside_is_looked_at_and_sent() -> None:
    toy = Toy()
    guarded(toy).chat.say(messages=user("Hi 1111."), note="n 2222", data={"a": ["3333"]}, size=4444)
    (asked,) = toy.asked
    assert asked["messages"] == user("Hi ████.")
    assert (asked["note"], asked["data"], asked["size"]) == ("n ████", {"a": ["████"]}, 4444)


def test_nothing_is_added_where_nothing_is_beside() -> None:
    toy = Toy()
    guarded(toy).chat.say(messages=user("Hi."), note=None)
    assert toy.asked == [{"messages": user("Hi."), "note": None, "retries": 2}]


def test_what_a_rule_drops_is_not_sent() -> None:
    toy = Toy()
    policy = Policy(input=(drop(matching("away")),))
    guarded(toy, policy).chat.say(messages=user("Hi."), note="go away")
    assert toy.asked == [{"messages": user("Hi."), "retries": 2}]


def test_what_is_beside_may_not_be_given_as_a_message() -> None:
    with pytest.raises(TypeError, match="no messages of the role 'options'"):
        given = [{"role": "options", "content": [{"size": 1}]}]
        guarded(Toy()).chat.say(messages=given, note="n")


def test_no_other_argument_goes_through() -> None:
    for given, why in ({"hidden": "x"}, "nobody looks"), ({"other": "x"}, "not known here"):
        with pytest.raises(TypeError, match=why):
            guarded(Toy()).chat.say(messages=user("Hi."), **given)


# -- the four shapes


class Four(NamedTuple):
    whole: Callable[..., Any]
    stream: Callable[..., list[Any]]


def four(asynchronous: bool, policy: Policy, *answers: Any) -> tuple[Toy, Four]:
    toy = (AsyncToy if asynchronous else Toy)(*answers)
    say = guarded(toy, policy).chat.say

    async def read() -> list[Any]:
        return [each async for each in await say(messages=user("Hi."), stream=True)]

    if asynchronous:
        return toy, Four(
            lambda: asyncio.run(say(messages=user("Hi."))), lambda: asyncio.run(read())
        )
    return toy, Four(
        lambda: say(messages=user("Hi.")), lambda: list(say(messages=user("Hi."), stream=True))
    )


@pytest.mark.parametrize("asynchronous", [False, True])
def test_sync_and_async_agree(asynchronous: bool) -> None:
    policy = Policy(output=(redact(matching("[aeiou]+")), block(matching("xyz"))))
    _, call = four(asynchronous, policy, "Hello.", "Hello.", "a xyz", "b xyz")
    assert call.whole()["is"] == "H█ll█."
    assert "".join(call.stream()) == "H█ll█.."
    with pytest.raises(Refused):
        call.whole()
    with pytest.raises(Refused):
        call.stream()


@pytest.mark.parametrize("asynchronous", [False, True])
def test_an_error_of_the_model_passes_as_it_is(asynchronous: bool) -> None:
    _, call = four(asynchronous, POLICY, KeyError("a"), KeyError("b"))
    for ask in call:
        with pytest.raises(KeyError):
            ask()


def test_a_stream_is_asked_for_at_once_and_closed() -> None:
    toy = Toy("Hello.")
    stream = guarded(toy).chat.say(messages=user("Hi."), stream=True)
    assert (len(toy.asked), toy.opened) == (1, 1)
    stream.close()
    assert (toy.closed, list(stream)) == (1, [])


# -- samples, deadlines, money


def test_a_sample_is_not_the_answer() -> None:
    @check(samples=2)
    def steady(reply: Reply[str]) -> Iterator[Finding]:
        """How the samples differ."""
        yield Finding(f"{len(reply.samples)} samples")

    policy = Policy(validators=(flag(steady()),))
    answer = guarded(Toy("first", "second", "third"), policy).chat.say(messages=user("Hi."))
    assert answer == {"was": "first", "is": "first"}


def test_a_deadline_is_the_time_out_of_the_only_attempt() -> None:
    toy = Toy()
    say = guarded(toy, Policy(budget=Budget(seconds=60))).chat.say
    say(messages=user("Hi."))
    with deadline(5):
        say(messages=user("Hi."))
        guarded(toy, Policy()).chat.say(messages=user("Hi."))
    first, *others = toy.asked
    assert 50 < first["seconds"] <= 60
    assert all(0 < each["seconds"] <= 5 for each in others)
    assert [each["retries"] for each in toy.asked] == [0, 0, 0]


def test_it_shrinks_from_attempt_to_attempt() -> None:
    @check
    def any_reply(text: str) -> Iterator[Finding]:
        """Any first reply."""
        if text == "no":
            time.sleep(0.01)
            yield Finding("once more")

    toy = Toy("no", "yes")
    policy = Policy(validators=(retry(any_reply()),), budget=Budget(seconds=60, attempts=2))
    guarded(toy, policy).chat.say(messages=user("Hi."))
    first, second = (each["seconds"] for each in toy.asked)
    assert second <= first - 0.01


class AlmostSpent:
    """A ledger near its limit."""

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        return Held("1", dollars, ("all",), used=0.9)

    def settle(self, held: Held, dollars: float, /) -> None:
        pass


def price(model: str, usage: Usage) -> float:
    return 0.001 * usage.tokens


@pytest.mark.parametrize("stream", [False, True])
def test_near_a_limit_other_options_hold(stream: bool) -> None:
    toy = Toy("Hello.")
    charge = Charge(AlmostSpent(), 0.01, degrade={"size": 1})
    client = guarded(toy, Policy(), {"ledger": charge, "prices": price})
    made = client.chat.say(messages=user("Hi."), size=100, stream=stream)
    assert "".join(made) == "Hello.." if stream else made["is"] == "Hello."
    assert toy.asked[0]["size"] == 1


def test_labels_and_terms_reach_the_guard() -> None:
    client = guarded(Toy("Hello."), Policy(), {"strict": True, "cleared_for": Label.PUBLIC})
    with pytest.raises(Refused) as told:
        client.chat.say(messages=user("Hi."))
    assert isinstance(told.value.outcome, Blocked)
    assert told.value.outcome.findings[0].kind == "unseen"


def test_sources_are_no_argument_of_an_sdk() -> None:
    with pytest.raises(TypeError, match="sources"):
        guarded(Toy()).chat.say(messages=user("Hi."), sources=[Source("kb://a", "text")])


# -- small things


class Timeouts(NamedTuple):
    connect: float | None
    read: float | None
    write: float | None
    pool: float | None


@pytest.mark.parametrize(
    ("timeout", "least"),
    [
        (None, 3),
        (2, 2),
        (5.0, 3),
        (Timeouts(1, 600, None, 3), Timeouts(1, 3, 3, 3)),
    ],
)
def test_the_sooner_of_two_time_outs_holds(timeout: Any, least: Any) -> None:
    assert sooner(timeout, 3) == least


@pytest.mark.parametrize("versions", [((0,), (1,)), ((9,), (99,)), ((2, 99), (3,))])
def test_another_version_is_an_error_that_names_the_range(versions: Any) -> None:
    with pytest.raises(ImportError, match=r"pydantic 2\..+ is installed, and pydantic>=.+ is"):
        supported("pydantic", versions)


def test_a_version_in_the_range_is_none() -> None:
    supported("pydantic", ((2, 0), (3,)))
    supported("no-such-sdk", ((1,), (2,)))


def test_a_client_of_another_version_is_not_guarded() -> None:
    with pytest.raises(ImportError, match="pydantic>=9,<10 is supported"):
        guarded_client(SDK._replace(package="pydantic", versions=((9,), (10,))), Toy(), POLICY, {})
