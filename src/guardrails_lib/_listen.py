"""A reply as it arrives: looked at window by window, and let out once nothing can change.

A place in the reply is *settled* when no text that may follow changes what any output
rule finds there. Findings count when the place where they begin is settled, and in that
order, so how the reply was cut decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ._call import Call
from ._check import Seen
from ._effects import Emit, Flow, Look
from ._judged import Decision, Job, Judged, Redacted, add, judge, meaning, stand_in
from ._mask import BLOT, Cover, Region, regions
from ._policy import Action, Rule
from ._restore import Restoring
from ._types import Finding, Span

__all__ = ["Listening"]


LONGEST = 64 * 2**20
"""How many characters a reply may have; one that never ends is ended there."""


class _Placed(NamedTuple):
    """A finding with its place in the whole reply; they sort from left to right."""

    start: int
    order: int
    end: int
    rule: Rule[Any]
    finding: Finding


class Listening:
    """One reply on its way through the output rules."""

    restoring: Restoring | None = None
    """What the caller gets goes through it."""
    _length = 0
    _window = ""
    _base = 0  # where the window begins in the reply
    _settled = 0
    _spelled = 0  # how far the reply is written to `_safe`
    _blotted = 0  # up to where it must be blots
    _given = 0  # how many pieces of `_safe` the caller has

    def __init__(self, call: Call[Any], *, live: bool, last: bool) -> None:
        self.call = call
        self.plan = call.plan
        self.last = last
        self.raw: list[str] = []
        self._held = not live
        self._waiting: list[str] = []  # heard, and not looked at yet
        self._safe: list[str] = []
        self._found: list[Judged] = []
        self._growing: dict[tuple[int, Finding], int] = {}  # the last of its kind in `_found`
        self._unplaced: list[Judged] = []

    @property
    def text(self) -> str:
        """The reply so far, redacted."""
        return "".join(self._safe)

    @property
    def found(self) -> bool:
        """Whether any rule found anything."""
        return bool(self._found or self._unplaced)

    @property
    def changed(self) -> bool:
        """Whether the text is not what the model wrote."""
        return self.call.hidden is not None and any(j.action is Action.REDACT for j in self._found)

    @property
    def judged(self) -> list[Judged]:
        """What was found so far, from left to right."""
        return [*self._unplaced, *self._found]

    def hear(self, text: str, *, final: bool) -> Flow[None]:
        """Take the next piece of the reply; the *final* one ends it."""
        self._length += len(text) or 1024
        if self._length > LONGEST:
            raise self.call.stop("budget", f"a reply of more than {LONGEST:,} characters")
        self.raw.append(text)
        if not self.plan.output.rules:
            self._safe.append(text)
            if not self._held and (text := self.taken(final=final)):
                yield Emit(text)
            return
        self._waiting.append(text)
        if not final and (self.plan.whole or not text):
            return
        self._window += "".join(self._waiting)
        self._waiting.clear()
        before, settled = self._settled, self._settle(final)
        if settled == before and not final:  # what is found in what may change counts for nothing
            if self.call.limited:
                self.call.within_budget()
            return
        answers = yield Look([(self.plan.output.rules, self._window)], self.call.until)
        if self.call.limited:
            self.call.within_budget()
        if any(answers[0]) or self._unplaced:
            found, blots = self._placed(answers[0], before, settled)
            yield from self._weigh(found, blots)
        else:
            self._settled = settled
            self._spell(settled, ())
        if not self._held and (text := self.taken(final=final)):
            yield Emit(text)
        base = self._settled - self.plan.back
        if base > self._base:
            self._window, self._base = self._window[base - self._base :], base

    def finish(self) -> Flow[None]:
        """The reply has ended: see that what is left of it is clean, and decide on it."""
        if self.changed:
            job = Job(self.plan.output, "".join(self.raw), "reply")
            redacted = [
                Redacted(job, rule, [each for each in self._found if each.order == order])
                for order, rule in enumerate(self.plan.output.rules)
                if any(e.order == order and e.action is Action.REDACT for e in self._found)
            ]
            self._unplaced += yield from self.call.still_there(redacted)
        if any(each.action >= self.call.stops for each in self.judged):
            raise Decision(self.judged, self.text)

    def account(self) -> None:
        """Put what was found into the outcome and the record."""
        coverage = self.call.coverage
        coverage["reply"] = coverage.get("reply", ())
        if self.plan.output.rules:
            self.call.saw(self.plan.output.names, ("reply",))
        self.call.keep(self.judged)
        if self.call.shadow:
            jobs = [Job(self.call.shadow.output, "".join(self.raw), "reply")]
            self.call.shadowed("output", jobs, self.judged, self.last)

    def _settle(self, final: bool) -> int:
        """How far the reply is settled."""
        window = self._window
        if final:
            return self._base + len(window) + 1  # an empty finding at the end counts too
        known = self._settled - self._base
        return self._base + min([r.check.tail(window, known) for r in self.plan.output.rules])

    def _placed(
        self, seen: list[list[Seen]], before: int, settled: int
    ) -> tuple[list[_Placed], list[Region]]:
        """The findings that begin between *before* and *settled*, and what they redact."""
        window, base, rules = self._window, self._base, self.plan.output.rules
        placed = []
        for order, rule in enumerate(rules):
            for each in self.call.charged(seen[order]):
                job = Job(self.plan.output, window, "reply")
                judged = judge(job, rule, each, self.last)
                finding, span = judged.finding, judged.finding.span
                if span is None:
                    if judged not in self._unplaced:
                        self._unplaced.append(judged)
                    continue
                start, end = base + span.start, base + span.end
                if before <= start < settled:
                    finding = replace(finding, span=Span(start, end))
                    placed.append(_Placed(start, order, end, rule, finding))
        placed.sort(key=_by_place)
        blots = self._blots(placed)
        if blots and blots[-1].instead is not None and settled < blots[-1].end:
            settled = blots[-1].start  # it is shown whole, once all of it is settled
            placed = [each for each in placed if each.start < settled]
            blots.pop()
        self._settled = settled
        return placed, blots

    def _blots(self, placed: Sequence[_Placed]) -> list[Region]:
        covers = [
            Cover(each.finding, stand_in(each.rule))
            for each in placed
            if meaning(each.rule, each.finding, self.last) is Action.REDACT
        ]
        return regions(self._window, covers, base=self._base)

    def _weigh(self, found: Sequence[_Placed], blots: Sequence[Region]) -> Flow[None]:
        """Act on findings from left to right, letting out the text between them."""
        if any(each.action >= Action.RETRY for each in self._unplaced):
            self._held = True
        decided: int | None = None
        for place in found:
            if decided is not None and place.start > decided:
                break
            if not self._held and meaning(place.rule, place.finding, self.last) >= Action.RETRY:
                self._spell(place.start, blots)
                if text := self.taken(final=False):
                    yield Emit(text)
                self._held = True
            rule, finding = place.rule, place.finding
            action = meaning(rule, finding, self.last or self.call.shown)
            if action is Action.REDACT:
                self.call.hide(self._window[place.start - self._base : place.end - self._base])
            made = stand_in(rule)
            judged = Judged(action, finding, rule.say, rule.then, "", place.order, made)
            add(judged, self._found, self._growing)
            if self._decides(judged):
                decided = place.start
        self._spell(self._settled, blots)
        if decided is not None or any(map(self._decides, self._unplaced)):
            raise Decision(self.judged, self.text)

    def _decides(self, judged: Judged) -> bool:
        """Whether nothing stricter can follow; a person who must decide needs all of it."""
        action = judged.action
        if action is Action.ESCALATE and self.call.handing is not None:
            return False
        least = max(self.call.stops, Action.ABSTAIN)
        return action is self.plan.ceiling and action >= least

    def _spell(self, upto: int, blots: Iterable[Region]) -> None:
        """Write the reply as far as *upto*."""
        for region in blots:
            if region.start >= upto:
                break
            self._write(region.start)
            if region.instead is None or region.start < self._blotted:
                self._blotted = max(self._blotted, region.end)
            else:
                self._safe.append(region.instead)
                self._spelled = region.end
        self._write(min(upto, self._base + len(self._window)))

    def _write(self, upto: int) -> None:
        if self._spelled < self._blotted:
            stop = min(upto, self._blotted)
            self._safe.append(BLOT * (stop - self._spelled))
            self._spelled = max(self._spelled, stop)
        if self._spelled < upto:
            self._safe.append(self._window[self._spelled - self._base : upto - self._base])
            self._spelled = upto

    def taken(self, *, final: bool) -> str:
        """What is written and the caller does not have yet; the caller has it now."""
        text = "".join(self._safe[self._given :])
        self._given = len(self._safe)
        if self.restoring is not None:
            text = self.restoring(text, final=final)
        if text and not self.call.shown:
            self.call.shown = True
            self.call.note("shown")
        return text

    def written(self) -> str:
        """What is written since, not restored: a draft, which what comes next replaces."""
        text = "".join(self._safe[self._given :])
        self._given = len(self._safe)
        return text


def _by_place(place: _Placed) -> tuple[int, int, int]:
    return place.start, place.order, place.end
