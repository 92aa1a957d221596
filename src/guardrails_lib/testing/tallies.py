"""What tests have shown of each policy: the laws that were tried, the rules that fired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from .._policy import Policy
from .seeing import Place, SeenCall, onlooking
from .stages import STAGES
from .watching import Trial, Tried, watchers

__all__ = ["Gathered", "LawTally", "PolicyTally", "RuleTally", "Tally", "gathering"]


@dataclass
class LawTally:
    """How often one law was tried, and with how many examples."""

    law: str
    times: int = 0
    examples: int = 0
    broken: int = 0
    """So many times it did not hold."""


@dataclass
class RuleTally:
    """In how many calls one rule looked, found something, or broke."""

    stage: str
    number: int
    rule: str
    looked: int = 0
    fired: int = 0
    broke: int = 0


@dataclass
class PolicyTally:
    """What was shown of one policy."""

    name: str
    fingerprint: str
    calls: int = 0
    laws: dict[str, LawTally] = field(default_factory=dict)
    rules: list[RuleTally] = field(default_factory=list)

    @property
    def silent(self) -> list[RuleTally]:
        """The rules that never fired."""
        return [each for each in self.rules if not each.fired]


class Tally:
    """What was shown of all of them. Two add up, as those of two processes do."""

    def __init__(self) -> None:
        self.policies: dict[tuple[str, str], PolicyTally] = {}
        self.made_up: dict[str, LawTally] = {}
        """The laws that were tried with policies of a strategy."""
        self.nameless = 0
        """Calls with policies that have no name, and that no law or marker is about."""
        self.lost = 0
        """Processes that broke down, so that what they saw is not here."""

    def about(self, policy: Policy) -> PolicyTally:
        """What there is of *policy*, which is under test."""
        key = policy.name, policy.fingerprint
        if key not in self.policies:
            rules = [RuleTally(*each) for each in _written(policy)]
            self.policies[key] = PolicyTally(*key, rules=rules)
        return self.policies[key]

    def law(self, done: Tried) -> None:
        """A law was tried."""
        laws = self.made_up if done.policy is None else self.about(done.policy).laws
        _add(laws, LawTally(done.law, 1, done.examples, int(not done.held)))

    def call(self, call: SeenCall, policy: Policy) -> None:
        """A call was made that is about *policy*, with it or with what is made of it."""
        about = self.about(policy)
        about.calls += 1
        rules = {(each.stage, each.number): each for each in about.rules}
        for each in _places(call.looked, call.policy, policy):
            rules[each].looked += 1
        for each in _places(call.fired, call.policy, policy):
            rules[each].fired += 1
        for each in _places(call.broke, call.policy, policy):
            rules[each].broke += 1

    def add(self, other: Tally) -> None:
        """Add up."""
        for key, theirs in other.policies.items():
            if key not in self.policies:
                self.policies[key] = deepcopy(theirs)
                continue
            ours = self.policies[key]
            ours.calls += theirs.calls
            for law in theirs.laws.values():
                _add(ours.laws, law)
            for our, their in zip(ours.rules, theirs.rules, strict=True):
                our.looked += their.looked
                our.fired += their.fired
                our.broke += their.broke
        for law in other.made_up.values():
            _add(self.made_up, law)
        self.nameless += other.nameless
        self.lost += other.lost

    def plain(self) -> dict[str, Any]:
        """As JSON has it, the same for the same tests in any order."""
        policies = sorted(self.policies.values(), key=lambda each: (each.name, each.fingerprint))
        return {
            "policies": [{**asdict(each), "laws": _listed(each.laws)} for each in policies],
            "made_up": _listed(self.made_up),
            "nameless": self.nameless,
            "lost": self.lost,
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Tally:
        """What `plain` gave, in this process or another."""
        tally = cls()
        for each in plain["policies"]:
            laws = {law["law"]: LawTally(**law) for law in each["laws"]}
            rules = [RuleTally(**rule) for rule in each["rules"]]
            made = PolicyTally(**{**each, "laws": laws, "rules": rules})
            tally.policies[made.name, made.fingerprint] = made
        tally.made_up = {law["law"]: LawTally(**law) for law in plain["made_up"]}
        tally.nameless, tally.lost = plain["nameless"], plain["lost"]
        return tally


@lru_cache(maxsize=64)
def _written(policy: Policy) -> tuple[tuple[str, int, str], ...]:
    """Each rule of *policy* and where it is. A state machine asks for the same again and again."""
    return tuple(
        (stage, number, repr(rule))
        for stage in STAGES
        for number, rule in enumerate(getattr(policy, stage))
    )


def _add(laws: dict[str, LawTally], more: LawTally) -> None:
    law = laws.setdefault(more.law, LawTally(more.law))
    law.times += more.times
    law.examples += more.examples
    law.broken += more.broken


def _listed(laws: Mapping[str, LawTally]) -> list[dict[str, Any]]:
    return [asdict(laws[law]) for law in sorted(laws)]


def _places(seen: Iterable[Place], made: Policy, policy: Policy) -> Iterator[tuple[str, int]]:
    """Where in *policy* the rules are that were *seen* in what a law *made* of it.

    Of rules that are equal the first is the first; one that is not in *policy* is left out.
    """
    for stage, number, rule in seen:
        if made is policy:
            yield stage, number
            continue
        before = sum(each == rule for each in getattr(made, stage)[:number])
        equal = [n for n, each in enumerate(getattr(policy, stage)) if each == rule]
        if before < len(equal):
            yield stage, equal[before]


# -- one test


_Law: TypeAlias = tuple[str, str, str]
"""A law and the policy that it is tried on, by name and fingerprint."""


def _law(tried: Trial | Tried) -> _Law:
    policy = tried.policy
    return (tried.law, "", "") if policy is None else (tried.law, policy.name, policy.fingerprint)


class Gathered:
    """What happens in one test, until it is known how that ends."""

    def __init__(self, about: Iterable[Policy] = ()) -> None:
        self._about = tuple(about)
        self._running: list[SeenCall] = []
        self._tallies: dict[_Law | None, Tally] = {None: Tally()}
        self._broken: set[_Law] = set()

    def began(self, call: SeenCall) -> None:
        """A guarded call begins. Those that have ended are counted, and let go."""
        self._running = [each for each in self._running if not self._counted(each)]
        self._running.append(call)

    def tried(self, done: Tried) -> None:
        """A law was tried."""
        law = _law(done)
        self._of(law).law(done)
        if not done.held:
            self._broken.add(law)

    def tally(self, *, failed: bool) -> Tally:
        """All of it. A law that breaks in a test that did not fail was broken on purpose."""
        for each in self._running:
            self._count(each)
        self._running.clear()
        whole = Tally()
        for policy in self._about:
            whole.about(policy)
        for law, tally in self._tallies.items():
            if failed or law not in self._broken:
                whole.add(tally)
        return whole

    def _of(self, law: _Law | None) -> Tally:
        return self._tallies.setdefault(law, Tally())

    def _counted(self, call: SeenCall) -> bool:
        if call.ended:
            self._count(call)
        return bool(call.ended)

    def _count(self, call: SeenCall) -> None:
        tally, policy = self._of(None if call.trial is None else _law(call.trial)), call.policy
        if call.trial is not None:
            tried = call.trial.policy
            if tried is None:
                return
            if policy.name in {"", tried.name}:
                policy = tried  # what the law called is made of it
        elif not policy.name and policy not in self._about:
            tally.nameless += 1
            return
        tally.call(call, policy)


@contextmanager
def gathering(about: Iterable[Policy] = ()) -> Iterator[Gathered]:
    """What happens meanwhile, in a test that is *about* these policies."""
    gathered = Gathered(about)
    watchers.append(gathered.tried)
    try:
        with onlooking(gathered.began):
            yield gathered
    finally:
        watchers.remove(gathered.tried)
