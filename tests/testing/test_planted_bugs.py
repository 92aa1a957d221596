"""Each law catches the bugs that it is there for: mistakes that anyone could make, put in place.

A bug is put wherever the library has the function, as if it had been written so. The law
holds without it, is broken with it, and says so with the same few examples each time.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import operator
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st

from guardrails_lib import (
    Action,
    Budget,
    Check,
    Evidence,
    Finding,
    Guard,
    Known,
    Label,
    Message,
    Policy,
    Reply,
    Request,
    Rule,
    Span,
    ToolCall,
    Usage,
    Vault,
    abstain,
    block,
    check,
    drop,
    escalate,
    flag,
    redact,
    retry,
)
from guardrails_lib import _adrive as adrive
from guardrails_lib import _boundary as boundary
from guardrails_lib import _call as calls
from guardrails_lib import _clearance as clearances
from guardrails_lib import _drive as drive
from guardrails_lib import _ending as endings
from guardrails_lib import _engine as engine
from guardrails_lib import _judged as judging
from guardrails_lib import _listen as listening
from guardrails_lib import _mask as masks
from guardrails_lib import _parts as parts
from guardrails_lib import _plan as plans
from guardrails_lib import _reading as readings
from guardrails_lib import _recall as recalls
from guardrails_lib import _restore as restoring
from guardrails_lib import _shadow as shadows
from guardrails_lib import _stand_ins as stand_ins
from guardrails_lib import _tool_calls as tool_calls
from guardrails_lib._effects import Flow
from guardrails_lib._schema import Read, Unreadable
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.desk import MemoryDesk
from guardrails_lib.flows import keys
from guardrails_lib.testing import laws

B = TypeVar("B", bound=Callable[..., Any])


@dataclass(frozen=True)
class Bug:
    """What is wrong, where it is put, and the law that is to say so."""

    name: str
    at: str
    wrong: Callable[..., Any]
    law: Callable[..., None]


BUGS: list[Bug] = []
LAWS: dict[str, Callable[..., None]] = {}
"""Each law with what it is tried on, once."""


def bug(at: str, law: Callable[..., None], *about: Any, **how: Any) -> Callable[[B], B]:
    """Notes what is wrong in the place of the function *at*, and the law that must say so."""

    def noted(wrong: B) -> B:
        tried = LAWS.setdefault(f"{law.__name__} {about} {how}", partial(law, *about, **how))
        BUGS.append(Bug(wrong.__name__, at, wrong, tried))
        return wrong

    return noted


def plant(bug: Bug, patch: pytest.MonkeyPatch) -> None:
    """Put it wherever the library has what is right."""
    module, _, path = bug.at.partition(":")
    home = importlib.import_module(f"guardrails_lib.{module}")
    inside, _, name = path.rpartition(".")
    if inside:
        holder = operator.attrgetter(inside)(home)
        read = isinstance(vars(holder)[name], property)
        patch.setattr(holder, name, property(bug.wrong) if read else bug.wrong)
        return
    right = getattr(home, name)
    for each in [each for known, each in sys.modules.items() if known.startswith("guardrails_lib")]:
        if vars(each).get(name) is right:
            patch.setattr(each, name, bug.wrong)


@pytest.fixture(autouse=True)
def same_examples() -> Iterator[None]:
    before = settings.get_current_profile_name()
    settings.register_profile("planted", derandomize=True, deadline=None, phases=[Phase.generate])
    settings.load_profile("planted")
    yield
    settings.load_profile(before)


KEY = matching("key_[a-z]{6}")
LETTERS = st.text("ab c", max_size=30)


def asked(verb: Callable[..., Rule[Any]], **how: Any) -> Policy:
    """A policy that looks at all that is asked."""
    return Policy(input=(verb(KEY, **how),), sources=(verb(KEY, **how),))


MANY = {"answers_are_kept_with_what_was_put_back": 200}
"""How many examples it takes, where more than a few."""

# -- streams

TAIL = Check.tail


@bug("_check:Check.tail", laws.split_invariant, Policy(output=(redact(KEY),)))
def one_character_too_few_is_held_back(self: Check[Any], text: str, start: int = 0) -> int:
    return min(len(text), TAIL(self, text, start) + 1)


@bug(
    "_plan:Plan.__init__",
    laws.split_invariant,
    Policy(output=(block(matching(r"\bab")),)),
    texts=LETTERS,
)
def what_was_before_the_window_is_forgotten(self: plans.Plan, policy: Policy) -> None:
    PLANNED(self, policy)
    self.back = 0


PLANNED = plans.Plan.__init__


@bug("_listen:Listening._settle", laws.shows_nothing_removed, Policy(output=(redact(KEY),)))
def all_that_has_come_is_shown(self: listening.Listening, final: bool) -> int:
    return self._base + len(self._window) + final


@bug("_listen:Listening.taken", laws.shows_nothing_removed, Policy(output=(redact(KEY),)))
def what_the_model_wrote_is_shown(self: listening.Listening, *, final: bool) -> str:
    text = "".join(self.raw)[self._given :]
    self._given += len(text)
    return text


@bug("_listen:Listening._weigh", laws.shows_nothing_removed, Policy(output=(abstain(KEY),)))
def a_stream_goes_on_after_a_refusal(
    self: listening.Listening, found: Sequence[Any], blots: Sequence[masks.Region]
) -> Iterator[Any]:
    for place in found:
        action = judging.meaning(place.rule, place.finding, self.last)
        self._found.append(judging.Judged(action, place.finding))
    self._spell(self._settled, blots)
    yield from ()


PLACED = listening.Listening._placed


@bug("_listen:Listening._placed", laws.error_is_never_a_pass, Policy(output=(block(KEY),)))
def what_has_no_place_is_lost_in_a_stream(
    self: listening.Listening, seen: Any, before: int, settled: int
) -> Any:
    given = PLACED(self, seen, before, settled)
    self._unplaced.clear()
    return given


# -- redaction

REGIONS = masks.regions


@bug(
    "_mask:regions",
    laws.redaction_is_clean,
    Policy(output=(redact(matching("ab|b c")),)),
    texts=LETTERS,
)
def what_overlaps_is_left(
    text: str, covers: Iterable[masks.Cover], **how: Any
) -> list[masks.Region]:
    apart: list[masks.Cover] = []
    for each in covers:
        span, before = each.finding.span, apart[-1].finding.span if apart else None
        if span and not (before and span.start < before.end):
            apart.append(each)
    return REGIONS(text, apart, **how)


@bug("_mask:Region.text", laws.redaction_is_clean, Policy(input=(redact(KEY),)))
def one_character_is_left(self: masks.Region) -> str:
    return masks.BLOT * (self.end - self.start - 1) if self.instead is None else self.instead


@bug("_judged:redacted_texts", laws.never_leaks, asked(redact))
def the_last_of_several_is_redacted_alone(
    jobs: Iterable[judging.Job], judged: Iterable[judging.Judged], **how: Any
) -> dict[str, str]:
    return REDACTED(jobs, list({each.finding.where: each for each in judged}.values()), **how)


REDACTED = judging.redacted_texts


@check
def its_own_blots(text: str) -> Iterator[Finding]:
    """It finds the blots, too."""
    for letter in "a█":
        if letter in text:
            yield Finding("a letter", Span(text.index(letter), text.index(letter) + 1))
            return


@bug(
    "_call:Call.still_there",
    laws.redaction_is_clean,
    Policy(output=(redact(its_own_blots()),)),
    texts=LETTERS,
)
def what_was_redacted_is_not_looked_at_again(
    self: Any, redacted: Sequence[judging.Redacted]
) -> Flow[Any]:
    yield from ()
    return []


# -- errors

MEANING = judging.meaning


@bug("_judged:meaning", laws.error_is_never_a_pass, Policy(input=(block(KEY),)))
def a_check_that_breaks_is_noted_and_no_more(
    rule: Rule[Any], finding: Finding, last: bool
) -> Action:
    if finding.kind == "error" and rule.on_error is None:
        return Action.FLAG
    return MEANING(rule, finding, last)


@bug("_drive:look", laws.error_is_never_a_pass, Policy(output=(escalate(KEY),)))
def a_check_that_breaks_has_found_nothing(rule: Rule[Any], subject: object) -> list[Any]:
    try:
        return rule.check.look(subject)
    except Exception:
        return []


@bug("_drive:look", laws.error_is_never_a_pass, Policy(input=(block(KEY, timeout=5.0),)))
def a_check_that_takes_too_long_has_found_nothing(rule: Rule[Any], subject: object) -> list[Any]:
    try:
        return rule.check.look(subject)
    except TimeoutError:
        return []
    except Exception as problem:
        return [drive.broken(rule, problem)]


@check(slow=True, known=lambda: Known(bad=["key_aaaaaa"]))
def thorough(text: str) -> Iterator[Finding]:
    """A key, after long thought."""
    yield from KEY(text)


@bug("_adrive:_awaited", laws.error_is_never_a_pass, Policy(input=(block(thorough()),)))
async def an_awaited_check_that_breaks_has_found_nothing(
    rule: Rule[Any], subject: object
) -> list[Any]:
    try:
        return await rule.check.alook(subject)
    except Exception:
        return []


# -- severity

DECIDED = judging.Decision.__init__
MIXED = Policy(output=(flag(containing("a")), block(containing("b")), abstain(containing("c"))))


@bug("_judged:Decision.__init__", laws.strictest_wins, Policy(input=MIXED.output), texts=LETTERS)
def the_last_rule_decides(
    self: judging.Decision, judged: Sequence[judging.Judged], text: str | None = None
) -> None:
    DECIDED(self, judged, text)
    self.action = max(judged[-1].action, Action.ABSTAIN)


@bug("_judged:Decision.__init__", laws.strictest_wins, Policy(input=MIXED.output), texts=LETTERS)
def the_mildest_rule_decides(
    self: judging.Decision, judged: Sequence[judging.Judged], text: str | None = None
) -> None:
    DECIDED(self, judged, text)
    self.action = min(each.action for each in judged if each.action >= Action.RETRY)


@bug("_call:Call.decide", laws.strictest_wins, Policy(input=MIXED.output), texts=LETTERS)
def a_second_rule_overwrites_the_first(self: Any, judged: Sequence[judging.Judged]) -> None:
    by_place = {each.finding.where: each for each in judged}
    DECIDE(self, list(by_place.values()))


DECIDE = calls.Call.decide
ADDED = Policy.__add__
FULL = Policy(
    input=MIXED.output,
    output=MIXED.output,
    tools=MIXED.output,
    budget=Budget(tokens=9),
    unreadable=Action.BLOCK,
)


@bug("_policy:Policy.__add__", laws.monoid, FULL)
def a_sum_forgets_the_rules_for_tools(self: Policy, other: Policy) -> Policy:
    return replace(ADDED(self, other), tools=self.tools)


@bug("_policy:Policy.__add__", laws.strictest_wins, MIXED, texts=LETTERS)
def a_sum_has_the_rules_of_one_or_the_other(self: Policy, other: Policy) -> Policy:
    return replace(ADDED(self, other), output=self.output or other.output)


@bug("_policy:Policy.__add__", laws.monoid, FULL)
def a_sum_is_unreadable_as_the_milder_says(self: Policy, other: Policy) -> Policy:
    return replace(ADDED(self, other), unreadable=min(self.unreadable, other.unreadable))


@bug(
    "_policy:Budget.__and__",
    laws.monoid,
    st.builds(Policy, budget=st.builds(Budget, tokens=st.integers(0, 9) | st.none())),
)
def the_looser_budget_holds(self: Budget, other: Budget) -> Budget:
    limits = {}
    for name in [each.name for each in fields(Budget)]:
        some = [each for each in (getattr(self, name), getattr(other, name)) if each is not None]
        limits[name] = max(some, default=None)
    return Budget(**limits)


LOOKED = calls.Call.look


@bug(
    "_call:Call.look",
    laws.strictest_wins,
    Policy(input=(flag(KEY), escalate(KEY), block(thorough()))),
)
def slow_rules_do_not_look_where_others_stop(
    self: Any, jobs: Sequence[judging.Job], last: bool = True
) -> Flow[Any]:
    quick = [job._replace(group=job.group.part(slow=False)) for job in jobs]
    judged = yield from LOOKED(self, quick, last)
    if any(each.action >= Action.RETRY for each in judged):
        return judged
    slow = [job._replace(group=job.group.part(slow=True)) for job in jobs]
    return judged + (yield from LOOKED(self, slow, last))


@bug("_call:Call.look", laws.monotone, Policy(input=(drop(KEY), flag(KEY), block(KEY))))
def one_finding_is_kept_of_each_place(
    self: Any, jobs: Sequence[judging.Job], last: bool = True
) -> Flow[Any]:
    judged = yield from LOOKED(self, jobs, last)
    return list({(each.finding.where, each.finding.span): each for each in judged}.values())


@bug("_call:Call.decide", laws.error_is_never_a_pass, Policy(input=(block(KEY),)))
def what_breaks_is_told_and_let_through(self: Any, judged: Sequence[judging.Judged]) -> None:
    self.keep(judged)
    DECIDE(self, [each for each in judged if each.finding.kind != "error"])


# -- placeholders

RESTORED = Policy(input=(redact(KEY, restore=True), redact(matching("pin[0-9]{4}"), restore=True)))
VAULT = Vault.__init__
SHARED = Vault()


@bug("_vault:Vault.__init__", laws.restores_exactly, RESTORED)
def conversations_share_what_was_issued(self: Vault, **how: Any) -> None:
    VAULT(self, **how)
    self._texts, self._issued = SHARED._texts, SHARED._issued


@bug("_vault:Vault._fresh", laws.restores_exactly, RESTORED)
def a_placeholder_stands_for_several_values(self: Vault, kind: str, avoid: Any) -> str:
    return stand_ins.placeholder(kind, "BCDFGHJK")


@bug("_boundary:_typed", laws.restores_exactly, RESTORED)
def a_placeholder_that_was_typed_is_restored(*_: Any) -> Iterator[Any]:
    return iter(())


@bug("_stand_ins:begun", laws.restores_exactly, RESTORED)
def half_a_placeholder_is_shown(text: str, placeholders: Iterable[str]) -> int:
    return 0


# -- what is looked at

JOBS = boundary._boundary_jobs


@bug("_boundary:_boundary_jobs", laws.never_leaks, asked(redact))
def the_last_turn_alone_is_looked_at(plan: Any, messages: Any, sources: Any, labels: Any) -> Any:
    return JOBS(plan, messages[-1:], sources, labels)


@bug("_boundary:_boundary_jobs", laws.never_leaks, asked(redact))
def sources_are_not_looked_at(plan: Any, messages: Any, sources: Any, labels: Any) -> Any:
    return JOBS(plan, messages, (), labels)


@bug("_types:Message.trusted", laws.never_leaks, asked(redact))
def what_tools_gave_is_trusted(self: Message) -> bool:
    return self.role in {"system", "developer", "tool"}


@bug("_types:Message.trusted", laws.never_leaks, asked(redact))
def what_the_model_said_is_trusted(self: Message) -> bool:
    return self.role != "user"


TEXTS = parts.texts_of
FIXED = parts.fixed_texts


@bug("_parts:texts_of", laws.never_leaks, asked(redact))
def nested_data_is_not_looked_at(where: str, message: Message) -> Iterator[tuple[str, str]]:
    texts = {part for part in message.parts if isinstance(part, str)}
    for place, text in TEXTS(where, message):
        if ".content" not in place or text in texts:
            yield place, text


@bug("_parts:_fixed_in_data", laws.never_leaks, asked(redact))
def keys_are_not_looked_at(value: object, where: str) -> Iterator[tuple[str, str]]:
    return iter(())


@bug("_parts:fixed_in", laws.never_leaks, asked(redact))
def names_of_arguments_are_not_looked_at(arguments: Any, where: str) -> Iterator[tuple[str, str]]:
    return iter(())


@bug("_parts:texts_of", laws.never_leaks, asked(redact))
def tool_calls_are_not_looked_at(where: str, message: Message) -> Iterator[tuple[str, str]]:
    return TEXTS(where, replace(message, tool_calls=()))


@bug("_parts:fixed_texts", laws.never_leaks, asked(redact))
def names_of_speakers_are_not_looked_at(where: str, message: Message) -> Iterator[tuple[str, str]]:
    return FIXED(where, replace(message, name=""))


@bug("_call:Call.dropped", laws.never_leaks, asked(drop))
def what_is_dropped_is_noted_alone(self: Any, judged: Iterable[judging.Judged]) -> set[str]:
    return set()


@bug("_forms:_renewed", laws.never_leaks, asked(redact))
def what_stands_behind_a_message_is_sent(admitted: Request, asked: Request) -> Request:
    return admitted


@bug("_judged:Job.__new__", laws.never_leaks, asked(redact))
def what_cannot_be_changed_passes(cls: Any, *given: Any, fixed: bool = False, **named: Any) -> Any:
    return tuple.__new__(cls, ((*given, "", "", (), False)[:6]))


ADMITTED = boundary.admitted


@bug(
    "_boundary:admitted",
    laws.never_leaks,
    Policy(input=(redact(KEY),), validators=(retry(longer_than(limit=0)),)),
)
def what_the_model_is_told_of_its_reply_is_not_looked_at(
    call: Any, new: Request, place: str, strict: bool, before: Request | None = None
) -> Flow[Any]:
    if before is not None:
        return replace(before, messages=before.messages + new.messages)
    return (yield from ADMITTED(call, new, place, strict))


TOOLS = Policy(tools=(redact(KEY),))


@bug("_tool_calls:allowed", laws.never_leaks, TOOLS)
def arguments_are_looked_at_and_given_on(
    call: Any, wanted: Any, offered: Any, last: bool
) -> Flow[Any]:
    yield from ALLOWED(call, wanted, offered, last)
    return wanted


ALLOWED = tool_calls.allowed


@bug("_tool_calls:text_jobs", laws.never_leaks, TOOLS)
def arguments_within_arguments_are_not_looked_at(group: Any, where: str, given: ToolCall) -> Any:
    return [
        job for job in JOBS_OF(group, where, given) if job.where.count(".") == 2 and not job.fixed
    ]


@bug("_tool_calls:text_jobs", laws.never_leaks, TOOLS)
def arguments_that_are_text_are_not_looked_at(group: Any, where: str, given: ToolCall) -> Any:
    return JOBS_OF(group, where, given) if isinstance(given.arguments, Mapping) else []


JOBS_OF = judging.text_jobs


@check
def far_from_its_sources(reply: Reply[str]) -> Iterator[Finding]:
    """An answer, and what in the sources comes nearest to it."""
    assert reply.request is not None
    for n, each in enumerate(reply.request.sources):
        evidence = Evidence(f"sources[{n}]", each.uri, Span(0, len(each.text)))
        yield Finding("nothing bears it out", evidence=evidence)


@bug(
    "_ending:_nearest",
    laws.never_leaks,
    Policy(output=(redact(KEY),), validators=(abstain(far_from_its_sources()),)),
)
def passages_are_offered_as_they_are(call: Any) -> Flow[Any]:
    yield from ()
    return tuple(endings._passages(call))


# -- what is told


@check(known=lambda: Known(bad=["key_aaaaaa"]))
def quoting(text: str) -> Iterator[Finding]:
    """A key, which it quotes, though no check should."""
    for seen in KEY(text):
        assert seen.span is not None
        yield replace(seen, message=f"{text[seen.span.start : seen.span.end]} is a key")


@check
def breaking(text: str) -> Iterator[Finding]:
    """It breaks, and says with what."""
    if "key_" in text:
        raise ValueError(text)
    yield from ()


QUOTED = asked(redact) + Policy(input=(flag(quoting()),), sources=(flag(quoting()),))


@bug("_call:Call.clean", laws.nothing_in_the_log, QUOTED)
def findings_quote_what_is_redacted(self: Any, finding: Finding) -> Finding:
    return finding


@bug("_drive:broken", laws.nothing_in_the_log, asked(block) + Policy(input=(flag(breaking()),)))
def an_error_is_quoted(rule: Rule[Any], problem: BaseException) -> Finding:
    return Finding(f"{rule.check.name} broke: {problem}", check=rule.check.name, kind="error")


@bug("_hidden:Hidden.place", laws.nothing_in_the_log, asked(redact))
def places_have_keys_in_them(self: Any, where: str) -> str:
    return where


@bug(
    "_ending:_without_hidden",
    laws.nothing_in_the_log,
    Guard[str](asked(redact) + Policy(output=(escalate(longer_than(limit=0)),)), desk=MemoryDesk()),
)
def a_case_has_what_was_asked(call: Any, request: Request) -> Any:
    return call.asked


RUN = engine.run


@bug("_engine:run", laws.nothing_in_the_log, asked(redact))
def what_is_asked_is_logged(call: Any, reader: Any, request: Request, form: Any) -> Any:
    logging.getLogger("guardrails_lib").debug("asked %s", request)
    return RUN(call, reader, request, form)


SAID = calls.Call.said


@bug("_call:Call.said", laws.nothing_in_the_log, asked(block))
def a_refusal_repeats_what_was_asked(self: Any, decision: judging.Decision) -> str:
    return f"{SAID(self, decision)} You asked: {self.asked.text}"


# -- money and time

LONG = Policy(
    validators=(retry(longer_than(limit=0)),), budget=Budget(attempts=2, tokens=500, dollars=5.0)
)


@bug("_plan:Plan.__init__", laws.stays_in_budget, LONG)
def it_is_asked_once_more(self: plans.Plan, policy: Policy) -> None:
    PLANNED(self, policy)
    self.attempts += 1


FORGOTTEN = calls.Call.forget_reply


@bug("_call:Call.forget_reply", laws.stays_in_budget, LONG)
def what_a_refused_answer_cost_is_forgotten(self: Any) -> None:
    FORGOTTEN(self)
    self.spent = Usage()


@bug("_spending:spend", laws.stays_in_budget, LONG)
def what_was_spent_is_what_came_last(call: Any, usage: Usage, model: str) -> None:
    call.spent = usage
    call.within_budget()


@bug("_call:Call.is_late", laws.stays_in_budget, Policy())
def an_answer_that_comes_late_is_accepted(self: Any, early: float = 0.0) -> bool:
    return False


WITHIN = calls.Call.within_budget


@bug("_call:Call.within_budget", laws.stays_in_budget, LONG)
def dollars_are_no_limit(self: Any, judged: Iterable[judging.Judged] = ()) -> None:
    if self.plan.policy.budget.dollars is None:
        WITHIN(self, judged)


@bug("_types:Usage.__add__", laws.stays_in_budget, LONG)
def what_comes_out_costs_nothing(self: Usage, other: Usage) -> Usage:
    return Usage(self.input_tokens + other.input_tokens, dollars=self.dollars + other.dollars)


# -- labels

REMAINING = clearances.remaining


@bug("_clearance:remaining", laws.less_clearance_sees_less, Policy())
def labels_of_sources_count_for_nothing(held: Any, request: Request, cleared_for: Label) -> Any:
    messages = [(where, each) for where, each in held if isinstance(each, Message)]
    return REMAINING(messages, request, cleared_for)


@bug("_clearance:remaining", laws.less_clearance_sees_less, Policy())
def one_more_than_cleared_is_let_through(held: Any, request: Request, cleared_for: Label) -> Any:
    return REMAINING(held, request, Label(min(cleared_for + 1, Label.RESTRICTED)))


# -- caches and shadows

WHOLE = keys._whole


@bug("flows.keys:_whole", laws.cached_changes_nothing, Policy())
def answers_are_kept_without_the_labels(wanted: Any, messages: Any, names: Any) -> object:
    plain = [Message(each.role, each.text) for each in messages]
    return WHOLE(wanted._replace(label=Label.PUBLIC), plain, names)


@bug("flows.keys:_whole", laws.cached_changes_nothing, Policy())
def answers_are_kept_without_the_sources(wanted: Any, messages: Any, names: Any) -> object:
    return WHOLE(wanted._replace(request=replace(wanted.request, sources=())), messages, names)


@bug("flows.keys:_whole", laws.cached_changes_nothing, Policy())
def answers_are_kept_without_what_was_said_before(wanted: Any, messages: Any, names: Any) -> object:
    return WHOLE(wanted, messages[-1:], names)


@bug("flows.keys:_whole", laws.cached_changes_nothing, Policy())
def answers_are_kept_without_the_clearance(wanted: Any, messages: Any, names: Any) -> object:
    return WHOLE(wanted._replace(cleared_for=None), messages, names)


KEEP = recalls.keep


@bug(
    "_recall:keep",
    laws.cached_changes_nothing,
    RESTORED,
    texts=st.sampled_from(["key_abcdef", "pin1234"]),
)
def answers_are_kept_with_what_was_put_back(call: Any, cache: Any, model: str) -> Iterator[Any]:
    call.answer = restoring.restored(call, call.answer)
    yield from KEEP(call, cache, model)


COMPARED = shadows.compare


@bug("_shadow:compare", laws.shadow_changes_nothing, Policy(), Policy(output=(block(KEY),)))
def what_a_shadow_finds_is_told(call: Any) -> Iterator[Any]:
    yield from COMPARED(call)
    call.findings += [each for seen in call.differences for each in seen.new]


@bug("_call:Call.shadowed", laws.shadow_changes_nothing, Policy(), Policy(output=(block(KEY),)))
def a_shadow_decides(self: Any, stage: str, jobs: Any, ours: Any, last: bool) -> None:
    for job in jobs:
        for rule in job.group.rules:
            self.decide([judging.judge(job, rule, each, last) for each in rule.check(job.subject)])


# -- coroutines

AWAITED = adrive._awaited


@bug(
    "_adrive:_alook",
    laws.sync_equals_async,
    Policy(input=(flag(KEY), abstain(thorough()))),
)
async def slow_checks_are_not_awaited(jobs: Any) -> list[list[list[Any]]]:
    return [
        [[] if rule.check.slow else drive.look(rule, subject) for rule in rules]
        for rules, subject in jobs
    ]


@bug(
    "_adrive:_alook",
    laws.sync_equals_async,
    Policy(input=(flag(thorough()), abstain(thorough()))),
)
async def the_last_of_several_has_the_findings_of_all(jobs: Any) -> list[list[list[Any]]]:
    answers: list[list[list[Any]]] = [[[] for _ in rules] for rules, _ in jobs]

    async def fill() -> None:
        answer[place] = await AWAITED(rule, subject)

    waiting = []
    for answer, (rules, subject) in zip(answers, jobs, strict=True):  # noqa: B007
        for place, rule in enumerate(rules):  # noqa: B007
            waiting.append(fill())
    await asyncio.gather(*waiting)
    return answers


# -- typed answers

ANSWER = {"type": "object", "properties": {"days": {"type": "integer"}}, "required": ["days"]}


@bug("_reading:value_in", laws.unreadable_is_never_accepted, Guard[Any](Policy(), ANSWER))
def what_cannot_be_read_is_given_as_text(
    call: Any, reader: Any, text: str, given: Any, last: bool
) -> Flow[Any]:
    try:
        return (yield from VALUE_IN(call, reader, text, given, last))
    except Unreadable:
        return text, Read(text)


VALUE_IN = readings.value_in

# -- samples


@bug("scan:Pattern.find", laws.refuses_known_bad, Policy(input=(block(KEY),)))
def a_pattern_finds_nothing(self: Any, text: str) -> list[tuple[int, int]]:
    return []


@bug("scan:Pattern.find", laws.accepts_known_good, Policy(input=(block(KEY),)))
def a_pattern_finds_everything(self: Any, text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


@pytest.mark.parametrize("law", LAWS.values(), ids=lambda law: law.func.__name__)
def test_the_law_holds_without_a_bug(law: Callable[..., None]) -> None:
    law(examples=12)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_the_law_finds_the_bug(bug: Bug, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(bug, monkeypatch)
    with pytest.raises(laws.LawBroken):
        bug.law(examples=MANY.get(bug.name, 60))


def test_what_is_found_is_told_with_its_law_and_the_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [bug] = [each for each in BUGS if each.wrong is sources_are_not_looked_at]
    plant(bug, monkeypatch)
    with pytest.raises(laws.LawBroken) as caught:
        bug.law(examples=60)
    said = str(caught.value).splitlines()
    assert said[0].startswith("never_leaks does not hold: the model is sent what redact(matching(")
    assert any(line.startswith("  record   ") for line in said)
    assert any("Event(kind='decided')" in line for line in said)


def test_there_are_many_bugs_and_each_is_put_once() -> None:
    assert len(BUGS) >= 60
    assert len({each.name for each in BUGS}) == len(BUGS)
