"""What is redacted is gone, and comes back exactly where it is to come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..._guard import Guard
from ..._guarded import Shape
from ..._outcome import Accepted
from ..._policy import Action, Policy, Rule
from ..._types import Finding, Request
from ..._vault import Vault
from ..hypotheses import st
from ..playing import Played, play
from .stating import broken, hold
from .subjects import SIZES, Call, Texts, asked, saying, shapes_of, subject_of

__all__ = ["redaction_is_clean", "restores_exactly"]


def redaction_is_clean(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """What an output rule redacted is found no more, and redacting once more changes nothing.

    Where there are blots for it, they stand for all that was found, and for nothing else; in
    what is asked, too.
    """

    def law(guard: Guard[Any], text: str) -> None:
        rules = tuple(each for each in guard.policy.output if each.action is Action.REDACT)
        alone = replace(guard, policy=Policy(output=rules), returns=None)
        first = asked(alone, "x", text)
        _asked_clean(guard, text)
        if not isinstance(first.outcome, Accepted):
            return
        left = first.outcome.value
        _are_gone(rules, text, left, first)
        for rule in rules:
            if not rule.check.is_async and any(_is_redacted(rule, f) for f in rule.check(left)):
                raise broken(f"{rule!r} still finds something", played=first, said=text)
        again = asked(alone, "x", left)
        if not (isinstance(again.outcome, Accepted) and again.outcome.value == left):
            raise broken("redacting once more changes it", played=again, said=text, left=left)

    on = subject_of(call, texts)
    hold(
        *(law, on.guards, on.texts),
        name="redaction_is_clean",
        policy=on.policy,
        examples=examples,
    )


def _is_redacted(rule: Rule[str], finding: Finding) -> bool:
    """Whether *rule* says of an error nothing else."""
    return finding.kind != "error" or rule.on_error is None


def _asked_clean(guard: Guard[Any], text: str) -> None:
    """What input rules find is blotted in what the model is sent."""
    rules = tuple(r for r in guard.policy.input if r.action is Action.REDACT and not r.restore)
    asking = asked(replace(guard, policy=Policy(input=rules), returns=None), text, "x")
    if asking.sent:
        _are_gone(rules, text, asking.sent[0].text, asking)


def _are_gone(rules: Sequence[Rule[str]], text: str, left: str, played: Played[Any]) -> None:
    """Of *text* is *left* what no rule finds, reckoned character by character."""
    if any(rule.check.is_async or rule.with_ is not None for rule in rules):
        return
    found = [each for rule in rules for each in rule.check(text)]
    if any(each.span is None or each.instead is not None or each.kind == "error" for each in found):
        return
    gone = {n for each in found if each.span for n in range(each.span.start, each.span.end)}
    blotted = "".join("█" if n in gone else letter for n, letter in enumerate(text))
    if left != blotted:
        raise broken("not what was found is blotted out", played=played, said=text, wanted=blotted)


def restores_exactly(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """What was redacted to be restored comes back as it was, in its own conversation alone."""

    def law(guard: Guard[Any], text: str, sizes: list[int]) -> None:
        rules = tuple(each for each in guard.policy.input if each.restore)
        alone = replace(guard, policy=Policy(input=rules), returns=None)
        ours, theirs = Vault(), Vault()
        first = _echoed(alone, text, ours, sizes)
        _is(first, text, "what comes back is not what was asked")
        said = "".join(each.text for each in first.sent)
        typed = _echoed(alone, said + text, ours, sizes)  # it holds what stands for the values
        _is(typed, said + text, "a placeholder that was typed came back as something else")
        strange = _echoed(alone, said, theirs, sizes)
        _is(strange, said, "a placeholder of another conversation was restored")
        shape = shapes_of(alone.policy)[0]
        made_up = play(
            alone, saying(lambda _: said, sizes), Request("x"), shape=shape, vault=theirs
        )
        _is(made_up, said, "a placeholder of another conversation was restored")

    on = subject_of(call, texts)
    hold(
        *(law, on.guards, on.texts, SIZES),
        name="restores_exactly",
        policy=on.policy,
        examples=examples,
    )


def _echoed(guard: Guard[Any], text: str, vault: Vault, sizes: list[int]) -> Played[Any]:
    """A call of a model that repeats its prompt; streamed, it shows the same."""
    whole, streamed = (
        play(guard, saying(_repeat, sizes), Request(text), shape=shape, vault=vault)
        for shape in _both(guard)
    )
    if isinstance(whole.outcome, Accepted) and streamed.shown != whole.outcome.value:
        raise broken("a stream restores otherwise", played=streamed, sizes=sizes, whole=whole.shown)
    return whole


def _repeat(request: Request) -> str:
    return request.text


def _both(guard: Guard[Any]) -> tuple[Shape, Shape]:
    shapes = shapes_of(guard.policy)
    return shapes[0], Shape.STREAM if Shape.STREAM in shapes else Shape.ASTREAM


def _is(played: Played[Any], wanted: str, why: str) -> None:
    """An accepted answer is *wanted*; a refused one, of which nothing is shown, is safe."""
    if isinstance(played.outcome, Accepted) and played.outcome.value != wanted:
        raise broken(why, played=played, wanted=wanted)
