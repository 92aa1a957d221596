"""The laws that every policy keeps, as properties to be run in a test.

Each law takes a policy, or a hypothesis strategy of policies, and tries it with many
texts, chunkings and failures. It returns nothing; a law that does not hold raises
`AssertionError` with the smallest example that hypothesis can find.

>>> from guardrails_lib import Policy, block
>>> from guardrails_lib.checks import containing
>>> split_invariant(Policy(output=(block(containing("secret")),)), examples=20)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from .._check import Check, check
from .._guard import guard
from .._judged import meaning, stand_in
from .._mask import Cover, regions
from .._outcome import Abstained, Accepted, Blocked, Escalated, Outcome
from .._policy import Action, Budget, Policy, Rule
from .._types import Finding, Label, Message, Reply, Request, Source, ToolCall
from .._vault import Vault
from .hypotheses import given, settings, st

__all__ = [
    "error_is_never_a_pass",
    "less_clearance_sees_less",
    "monoid",
    "monotone",
    "redaction_is_clean",
    "restored_exactly",
    "severity",
    "shows_nothing_removed",
    "split_invariant",
    "strictest_wins",
    "sync_equals_async",
]

Policies = Policy | st.SearchStrategy[Policy]
Texts = st.SearchStrategy[str]

STAGES = ("input", "sources", "output", "tools", "validators")

_ENDS: dict[type[Any], Action] = {
    Abstained: Action.ABSTAIN,
    Escalated: Action.ESCALATE,
    Blocked: Action.BLOCK,
}


def monoid(policies: Policies, *, examples: int = 500) -> None:
    """Policies add up in any grouping, and the empty one changes nothing."""

    def law(p: Policy, q: Policy, r: Policy) -> None:
        assert (p + q) + r == p + (q + r)
        assert p + Policy() == p == Policy() + p
        assert hash(p) == hash(replace(p))
        assert ((p + q) + r).fingerprint == (p + (q + r)).fingerprint

    some = _policies(policies)
    _hold(law, some, some, some, examples=examples)


def strictest_wins(policies: Policies, *, texts: Texts | None = None, examples: int = 500) -> None:
    """At each stage two policies together are as severe as the severer of the two."""

    def law(p: Policy, q: Policy, text: str, stage: str) -> None:
        one, other = _only(p, stage), _only(q, stage)
        together = severity(_call(one + other, text))
        apart = severity(_call(one, text)), severity(_call(other, text))
        assert together == max(apart), (stage, text, together, apart)

    some = _policies(policies)
    _hold(law, some, some, _texts(texts), st.sampled_from(STAGES), examples=examples)


def monotone(policies: Policies, *, texts: Texts | None = None, examples: int = 500) -> None:
    """A rule more never makes a call milder, whatever rule it is."""

    def law(policy: Policy, more: Policy, text: str, stage: str) -> None:
        before, rules = _only(policy, stage), getattr(more, stage)
        for place in range(len(rules)):
            after = _put(before, stage, (*getattr(before, stage), rules[place]))
            mild, strict = _call(before, text), _call(after, text)
            assert severity(strict) >= severity(mild), (stage, text, before, rules[place])

    some = _policies(policies)
    _hold(law, some, some, _texts(texts), st.sampled_from(STAGES), examples=examples)


def split_invariant(policies: Policies, *, texts: Texts | None = None, examples: int = 500) -> None:
    """How a reply is cut into chunks changes neither outcome, nor findings, nor what is shown."""

    def law(policy: Policy, text: str, sizes: list[int]) -> None:
        policy = replace(policy, tools=())  # a stream of text has none
        shown, outcome = _stream(policy, [text])
        cut_shown, cut_outcome = _stream(policy, _cut(text, sizes))
        whole = _call(replace(policy, sources=()), "x", text)
        assert outcome == cut_outcome == whole, (text, sizes, outcome, cut_outcome, whole)
        assert shown == cut_shown, (text, sizes, shown, cut_shown)
        if isinstance(outcome, Accepted):
            assert shown == outcome.value

    _hold(law, _policies(policies), _texts(texts), _SIZES, examples=examples)


def sync_equals_async(
    policies: Policies, *, texts: Texts | None = None, examples: int = 500
) -> None:
    """A call and a stream end alike, guarded as they are or as coroutines."""

    def law(policy: Policy, prompt: str, reply: str, sizes: list[int]) -> None:
        assert asyncio.run(_acall(policy, prompt, reply)) == _call(policy, prompt, reply)
        chunks = _cut(reply, sizes)
        assert asyncio.run(_astream(policy, prompt, chunks)) == _stream(policy, chunks, prompt)

    some = _texts(texts)
    _hold(law, _policies(policies), some, some, _SIZES, examples=examples)


def redaction_is_clean(
    checks: Check[str] | st.SearchStrategy[Check[str]],
    *,
    texts: Texts | None = None,
    examples: int = 500,
) -> None:
    """What was redacted is found no more, and redacting once more changes nothing."""

    def law(looked: Check[str], text: str) -> None:
        policy = Policy(output=(Rule(Action.REDACT, looked),))
        outcome = _call(policy, "x", text)
        if isinstance(outcome, Accepted):
            assert list(looked(outcome.value)) == [], (text, outcome.value)
            assert _call(policy, "x", outcome.value) == Accepted(outcome.value)

    some = checks if isinstance(checks, st.SearchStrategy) else st.just(checks)
    _hold(law, some, _texts(texts), examples=examples)


def restored_exactly(
    checks: Check[str] | st.SearchStrategy[Check[str]],
    *,
    texts: Texts | None = None,
    examples: int = 500,
) -> None:
    """What was redacted to be restored is restored as it was, in its own conversation alone."""

    def law(looked: Check[str], text: str, sizes: list[int]) -> None:
        policy = Policy(input=(Rule(Action.REDACT, looked, restore=True),))
        ours, theirs = Vault(), Vault()
        first, said = _echo(policy, text, ours, sizes)
        assert first is None or first == text, (text, said, first)
        typed, _ = _echo(policy, said + text, ours, sizes)  # it holds what stands for the values
        assert typed is None or typed == said + text, (text, said, typed)
        strange, _ = _echo(policy, said, theirs, sizes)
        assert strange is None or strange == said, (text, said, strange)

    some = checks if isinstance(checks, st.SearchStrategy) else st.just(checks)
    _hold(law, some, _texts(texts), _SIZES, examples=examples)


def error_is_never_a_pass(
    policies: Policies, *, texts: Texts | None = None, examples: int = 500
) -> None:
    """A check that breaks never makes a call milder than the check that worked."""

    def law(policy: Policy, text: str, stage: str) -> None:
        policy = _only(policy, stage)
        rules: tuple[Rule[Any], ...] = getattr(policy, stage)
        worked = severity(_call(policy, text))
        for place, rule in enumerate(rules):
            strict = rule.on_error if (rule.on_error or 0) > rule.action else None
            broken = replace(rule, check=_broken_like(rule.check), on_error=strict)
            changed = (*rules[:place], broken, *rules[place + 1 :])
            outcome = _call(_put(policy, stage, changed), text)
            assert severity(outcome) >= worked, (stage, text, rule)

    _hold(law, _policies(policies), _texts(texts), st.sampled_from(STAGES), examples=examples)


def shows_nothing_removed(
    policies: Policies, *, texts: Texts | None = None, examples: int = 500
) -> None:
    """No character is shown that an output rule redacts, nor any from a refusal on."""

    def law(policy: Policy, text: str, sizes: list[int]) -> None:
        policy = _only(policy, "output")
        shown, _ = _stream(policy, _cut(text, sizes))
        assert _allowed(policy, text).startswith(shown), (text, sizes, shown)

    _hold(law, _policies(policies), _texts(texts), _SIZES, examples=examples)


def less_clearance_sees_less(policies: Policies, *, examples: int = 500) -> None:
    """No model sees what is above its clearance, nor with less of it what it would not with more.

    So the second model of a fallback sees nothing that is above its own, whatever the first saw.
    """

    def law(policy: Policy, parts: list[tuple[str, Label]], one: Label, other: Label) -> None:
        named = [(f"<{n}>", role, label) for n, (role, label) in enumerate(parts)]
        request = Request(
            [Message(role, text, label) for text, role, label in named if role],
            [
                Source(f"kb://{n}", text, label)
                for n, (text, role, label) in enumerate(named)
                if not role
            ],
        )
        seen = {each: _seen(policy, request, each) for each in (one, other)}
        for cleared_for, texts in seen.items():
            too_much = [text for text, _, label in named if label > cleared_for and text in texts]
            assert not too_much, (policy, request, cleared_for)
        less, more = seen[min(one, other)], seen[max(one, other)]
        if less and more:
            assert all(text in more for text, _, _ in named if text in less), (policy, request)

    parts = st.tuples(st.sampled_from(["user", "assistant", "system", ""]), _LABELS)
    some = st.lists(parts, min_size=1, max_size=5)
    _hold(law, _policies(policies), some, _LABELS, _LABELS, examples=examples)


def severity(outcome: Outcome[Any]) -> int:
    """How strict a call was: its end, or the strictest that was done on the way; 0 is nothing."""
    done = [event.action for event in outcome.record.events if event.action is not None]
    return max([*done, _ENDS.get(type(outcome), Action.FLAG)], default=0) if done else 0


# -- what the laws are tried with

_LABELS = st.sampled_from(Label)
_SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=8)


def _policies(policies: Policies) -> st.SearchStrategy[Policy]:
    return policies if isinstance(policies, st.SearchStrategy) else st.just(policies)


def _texts(texts: Texts | None) -> Texts:
    return st.text(max_size=60) if texts is None else texts


def _hold(law: Callable[..., None], *values: st.SearchStrategy[Any], examples: int) -> None:
    settings(max_examples=examples, deadline=None, database=None)(given(*values)(law))()


def _only(policy: Policy, stage: str) -> Policy:
    """The rules of one stage alone, asked once, so that what each sees is the same."""
    return Policy(budget=Budget(attempts=1), **{stage: getattr(policy, stage)})


def _put(policy: Policy, stage: str, rules: tuple[Rule[Any], ...]) -> Policy:
    changed: dict[str, Any] = {stage: rules}
    return replace(policy, **changed)


def _cut(text: str, sizes: Sequence[int]) -> list[str]:
    chunks: list[str] = []
    at = turn = 0
    while at < len(text):
        chunks.append(text[at : at + sizes[turn % len(sizes)]])
        at, turn = at + sizes[turn % len(sizes)], turn + 1
    return chunks


def _call(policy: Policy, prompt: str, reply: str | None = None) -> Outcome[str]:
    """A call of a model that says *reply*, or repeats what it is asked; its tools do too."""
    said = Reply[Any](prompt if reply is None else reply)
    if policy.tools:
        said = replace(said, tool_calls=(ToolCall("look_up", {"query": said.text}),))
    sources = (Source("kb://x", prompt),) if policy.sources else ()

    @guard(policy)
    def model(request: Request) -> Reply[Any]:
        return said

    return model(Request(prompt, sources))


def _stream(policy: Policy, chunks: Sequence[str], prompt: str = "x") -> tuple[str, Outcome[str]]:
    @guard(policy)
    def model(prompt: str) -> Iterator[str]:
        yield from chunks

    stream = model(prompt)
    return "".join(stream), stream.outcome


def _echo(policy: Policy, text: str, vault: Vault, sizes: Sequence[int]) -> tuple[str | None, str]:
    """What a model that repeats its prompt is made to say, None if refused; and the prompt."""
    prompts: list[str] = []

    @guard(policy)
    def model(prompt: str, vault: Vault) -> str:
        prompts.append(prompt)
        return prompt

    outcome = model(text, vault)
    if not isinstance(outcome, Accepted):
        return None, "".join(prompts)

    @guard(policy)
    def stream(prompt: str, vault: Vault) -> Iterator[str]:
        yield from _cut(prompt, sizes)

    shown = "".join(stream(text, vault))
    assert shown == outcome.value, (text, sizes, shown, outcome.value)
    return outcome.value, prompts[0]


async def _acall(policy: Policy, prompt: str, reply: str) -> Outcome[str]:
    said = Reply[Any](reply)
    if policy.tools:
        said = replace(said, tool_calls=(ToolCall("look_up", {"query": reply}),))
    sources = (Source("kb://x", prompt),) if policy.sources else ()

    @guard(policy)
    async def model(request: Request) -> Reply[Any]:
        return said

    return await model(Request(prompt, sources))


async def _astream(policy: Policy, prompt: str, chunks: Sequence[str]) -> tuple[str, Outcome[str]]:
    @guard(policy)
    async def model(prompt: str) -> AsyncIterator[str]:
        for chunk in chunks:
            yield chunk

    stream = model(prompt)
    return "".join([text async for text in stream]), stream.outcome


def _seen(policy: Policy, request: Request, cleared_for: Label) -> str:
    """All that a model with that clearance sees."""
    seen: list[Request] = []

    @guard(policy, cleared_for=cleared_for)
    def model(request: Request) -> str:
        seen.append(request)
        return "x"

    model(request)
    texts = [message.text for asked in seen for message in asked.messages]
    return "".join([*texts, *(source.text for asked in seen for source in asked.sources)])


def _broken_like(looked: Check[Any]) -> Check[Any]:
    """A check of the same subject and width that breaks."""

    @check(width=looked.width)
    def broken(text: str) -> Iterator[Finding]:
        raise RuntimeError("broken on purpose")
        yield

    return replace(broken(), subject=looked.subject)


def _allowed(policy: Policy, text: str) -> str:
    """The most that may be shown of *text*: redacted, and up to where a refusal begins."""
    redacted: list[Cover] = []
    end = len(text)
    for rule in policy.output:
        for finding in rule.check(text):
            action = meaning(rule, finding, last=True)
            if action is Action.REDACT:
                redacted.append(Cover(finding, stand_in(rule)))
            elif action > Action.REDACT:
                end = min(end, finding.span.start if finding.span else 0)
    pieces: list[str] = []
    at = 0
    for region in regions(text, redacted):
        if region.start < end:
            pieces += text[at : region.start], region.text
            at = region.end
    return "".join([*pieces, text[at:end]])
