"""What tests have shown of the policies, written down for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from .tallies import LawTally, PolicyTally, RuleTally, Tally

__all__ = ["as_json", "as_markdown", "summary", "warnings"]


LONGEST = 120
"""A rule that is longer than that is shown by its beginning and its end."""


def warnings(tally: Tally) -> list[str]:
    """The rules that never fired, and what else says that less was tried than it seems."""
    names = _names(tally)
    told = [
        f"{names[policy.fingerprint]}: {_silent(rule)}"
        for policy in _sorted(tally)
        for rule in policy.silent
    ]
    if tally.lost:
        told.append(f"{_many(tally.lost, 'test process')} broke down: what was seen there is lost")
    return told


def summary(tally: Tally) -> str:
    """One line for a terminal."""
    silent = sum(len(policy.silent) for policy in _sorted(tally))
    broken = sum(law.broken > 0 for policy in _sorted(tally) for law in policy.laws.values())
    told = [_counted(len(tally.policies))]
    if broken:
        told.append(f"{_many(broken, 'law')} did not hold")
    if silent:
        told.append(f"WARNING: {_many(silent, 'rule')} never fired in any test")
    if tally.lost:
        told.append(f"WARNING: {_many(tally.lost, 'test process')} broke down")
    return ", ".join(told)


def as_json(tally: Tally) -> str:
    """The whole of it, with the warnings."""
    return json.dumps({**tally.plain(), "warnings": warnings(tally)}, indent=2) + "\n"


def as_markdown(tally: Tally) -> str:
    """A table of the laws and one of the rules, for each policy."""
    told = warnings(tally)
    lines = ["# Policies under test", ""]
    lines += [f"{_counted(len(tally.policies))}, {_many(len(told), 'warning')}.", ""]
    if told:
        lines += [*(f"- **Warning:** {_escaped(each)}" for each in told), ""]
    names = _names(tally)
    for policy in _sorted(tally):
        lines += [f"## {_escaped(names[policy.fingerprint])}", ""]
        lines += [f"Fingerprint `{policy.fingerprint}`, {_many(policy.calls, 'guarded call')}.", ""]
        lines += [*_laws(policy.laws), *_rules(policy.rules)]
    if tally.made_up:
        lines += ["## Policies that a strategy made up", "", *_laws(tally.made_up)]
    if tally.nameless:
        calls = _many(tally.nameless, "guarded call")
        lines += [f"Beside that, {calls} with policies that have no name.", ""]
    return "\n".join(lines[:-1]) + "\n"


def _laws(laws: Mapping[str, LawTally]) -> Iterator[str]:
    if not laws:
        yield "No law was tried."
        yield ""
        return
    rows = [
        (name, str(law.times), f"{law.examples:,}", _held(law))
        for name, law in sorted(laws.items())
    ]
    yield from _table(("law", "tried", "examples", "held"), "lrrl", rows)


def _rules(rules: Sequence[RuleTally]) -> Iterator[str]:
    if not rules:
        yield "It has no rules."
        yield ""
        return
    broke = any(each.broke for each in rules)
    heads, sides = ("stage", "rule", "looked", "fired"), "llrr"
    rows = [
        (
            each.stage,
            _code(each.rule),
            f"{each.looked:,}" if each.looked else "**never**",
            f"{each.fired:,}" if each.fired else "**never**",
            *([f"{each.broke:,}"] if broke else []),
        )
        for each in rules
    ]
    yield from _table((*heads, "broke") if broke else heads, sides + "r" if broke else sides, rows)


def _table(heads: Sequence[str], sides: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(heads)
    yield _row(["--:" if side == "r" else "---" for side in sides])
    for row in rows:
        yield _row([_escaped(each) for each in row])
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def _code(text: str) -> str:
    """As code, though there may be backticks in it; no longer than one can read at a glance."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    marks = "`"
    while marks in text:
        marks += "`"
    space = " " if len(marks) > 1 else ""
    return f"{marks}{space}{text}{space}{marks}"


def _held(law: LawTally) -> str:
    return "yes" if not law.broken else f"**no**, {law.broken} of {law.times}"


def _silent(rule: RuleTally) -> str:
    where = f"{rule.stage}[{rule.number}] {_code(rule.rule)}"
    if not rule.looked:
        return f"{where} never looked at anything in any test"
    return f"{where} looked in {_many(rule.looked, 'call')} and never fired in any test"


def _counted(policies: int) -> str:
    return "1 policy" if policies == 1 else f"{policies:,} policies"


def _many(count: int, what: str) -> str:
    plural = "es" if what.endswith("s") else "s"
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}{plural}"


def _sorted(tally: Tally) -> list[PolicyTally]:
    return [tally.policies[key] for key in sorted(tally.policies)]


def _names(tally: Tally) -> dict[str, str]:
    """What each policy is called, by its fingerprint; no two have one name."""
    many = Counter(policy.name for policy in tally.policies.values())
    return {
        policy.fingerprint: policy.name
        if policy.name and many[policy.name] == 1
        else f"{policy.name or 'a policy without a name'} ({policy.fingerprint})"
        for policy in tally.policies.values()
    }
