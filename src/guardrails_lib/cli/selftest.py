"""The self-test: which rules guard, shown with what their own checks are known to find."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from .._errors import PolicyError
from .._policy import Policy, Rule
from ..testing.known import Shown, Verdict, guard_of, shown
from ..testing.stages import STAGES
from .targets import Target, Unread, targets_in

__all__ = ["run"]

GUARD, FAIL, UNREAD = 0, 1, 2
"""What the shell is told."""


def run(given: Sequence[str], *, strict: bool, as_json: bool) -> int:
    """Test the targets that are *given*; with *strict*, a rule without samples fails too.

    Only how many samples there are is written, and no parameter of a rule: both may look like
    what a log must not hold.
    """
    try:
        targets = [target for each in given for target in targets_in(each)]
        policies = [guard_of(target.subject).policy for target in targets]
    except (Unread, PolicyError) as problem:
        print(f"selftest: {problem}", file=sys.stderr)  # noqa: T201  # it is for the shell
        return UNREAD
    counts: Counter[Verdict] = Counter()
    told = []
    for target, policy in zip(targets, policies, strict=True):
        rows = []
        for row in shown(target.subject) if as_json else _written(target, policy):
            counts[row.verdict] += 1
            rows.append(row)
        told.append(_as_json(target, policy, rows))
    if as_json:
        totals = {each.name.lower(): counts[each] for each in Verdict}
        _say(json.dumps({"targets": told, **totals}, indent=2))
    else:
        _say(_summary(counts))
    failed = counts[Verdict.FAILS] or (strict and counts[Verdict.UNTESTED])
    return FAIL if failed else GUARD


def _written(target: Target, policy: Policy) -> Iterator[Shown]:
    """The rules of *target*, each written as soon as it was shown its samples."""
    widest = max((len(_name(rule)) for rule in policy.rules), default=0)
    _say(target.name)
    _say(f"  {'stage':<10}  {'rule':<{widest}}  {'found':>9}  {'left alone':>10}  verdict")
    for row in shown(target.subject):
        found, quiet = f"{row.found}/{row.bad}", f"{row.quiet}/{row.good}"
        line = f"  {row.stage:<10}  {_name(row.rule):<{widest}}  {found:>9}  {quiet:>10}  "
        why = f": {row.why}" if row.why else ""
        _say(f"{line}{row.verdict.value}{why}")
        yield row


def _name(rule: Rule[object]) -> str:
    return f"{rule.action.name.lower()} {rule.check.name}"


def _summary(counts: Counter[Verdict]) -> str:
    rules = "1 rule" if counts.total() == 1 else f"{counts.total()} rules"
    guard, fail, untested = (counts[each] for each in Verdict)
    return f"{rules}: {guard} guarding, {fail} not guarding, {untested} untested"


def _as_json(target: Target, policy: Policy, rows: Sequence[Shown]) -> dict[str, object]:
    places: dict[str, Iterator[int]] = {
        stage: iter(range(len(getattr(policy, stage)))) for stage in STAGES
    }
    return {
        "target": target.name,
        "policy": policy.name,
        "fingerprint": policy.fingerprint,
        "rules": [
            {
                "stage": row.stage,
                "place": next(places[row.stage]),
                "action": row.rule.action.name.lower(),
                "check": row.rule.check.name,
                "verdict": row.verdict.value,
                "found": row.found,
                "known_bad": row.bad,
                "left_alone": row.quiet,
                "known_good": row.good,
                "why": row.why,
            }
            for row in rows
        ],
    }


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # it is for the shell
