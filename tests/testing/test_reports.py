"""What tests have shown, written down."""

from __future__ import annotations

import json
from dataclasses import replace

from guardrails_lib import Policy, block, flag, redact
from guardrails_lib.checks import containing, matching
from guardrails_lib.testing.reports import as_json, as_markdown, summary, warnings
from guardrails_lib.testing.tallies import Tally
from guardrails_lib.testing.watching import Tried

SUPPORT = Policy(name="support", input=(redact(matching("a|b")), block(containing("x"))))


def shown(policy: Policy = SUPPORT, looked: int = 3, fired: int = 2) -> Tally:
    tally = Tally()
    for rule in tally.about(policy).rules:
        rule.looked, rule.fired = looked, fired
    tally.about(policy).calls = looked
    return tally


def test_each_policy_has_a_table_of_laws_and_one_of_rules() -> None:
    tally = shown()
    tally.law(Tried("monotone", SUPPORT, 1200, held=True))
    assert as_markdown(tally) == (
        f"""# Policies under test

1 policy, 0 warnings.

## support

Fingerprint `{SUPPORT.fingerprint}`, 3 guarded calls.

| law | tried | examples | held |
| --- | --: | --: | --- |
| monotone | 1 | 1,200 | yes |

| stage | rule | looked | fired |
| --- | --- | --: | --: |
| input | `redact(matching(pattern='a\\|b'))` | 3 | 2 |
| input | `block(containing(words='x'))` | 3 | 2 |
"""
    )


def test_a_rule_that_never_fired_is_a_warning() -> None:
    tally = shown(fired=0)
    assert warnings(tally)[1] == (
        "support: input[1] `block(containing(words='x'))` looked in 3 calls and never fired in "
        "any test"
    )
    assert as_markdown(tally).count("**Warning:**") == 2
    assert summary(tally) == "1 policy, WARNING: 2 rules never fired in any test"


def test_a_rule_that_never_looked_is_told_from_one_that_found_nothing() -> None:
    tally = shown(looked=0, fired=0)
    assert warnings(tally)[0].endswith("never looked at anything in any test")
    assert as_markdown(tally).count("**never** | **never**") == 2


def test_a_law_that_did_not_hold_says_how_often() -> None:
    tally = shown()
    for held in (True, False, True):
        tally.law(Tried("monotone", SUPPORT, 10, held))
    assert "| monotone | 3 | 30 | **no**, 1 of 3 |" in as_markdown(tally)
    assert summary(tally) == "1 policy, 1 law did not hold"


def test_where_no_law_was_tried_it_says_so() -> None:
    assert "No law was tried." in as_markdown(shown())


def test_a_check_that_broke_has_a_column() -> None:
    tally = shown()
    assert "broke" not in as_markdown(tally)
    tally.about(SUPPORT).rules[0].broke = 7
    assert "| looked | fired | broke |" in as_markdown(tally)
    assert "| 3 | 2 | 7 |" in as_markdown(tally)


def test_a_policy_without_rules_says_so() -> None:
    assert "It has no rules." in as_markdown(shown(Policy(name="open")))


def test_a_policy_without_a_name_is_named_by_its_fingerprint() -> None:
    policy = replace(SUPPORT, name="")
    assert f"## a policy without a name ({policy.fingerprint})" in as_markdown(shown(policy))


def test_laws_over_strategies_stand_by_themselves() -> None:
    tally = shown()
    tally.law(Tried("monoid", None, 500, held=True))
    text = as_markdown(tally)
    assert text.endswith("| monoid | 1 | 500 | yes |\n")
    assert "## Policies that a strategy made up" in text


def test_calls_without_a_name_are_in_the_last_line() -> None:
    tally = shown()
    tally.nameless = 1
    last = as_markdown(tally).splitlines()[-1]
    assert last == "Beside that, 1 guarded call with policies that have no name."


def test_a_process_that_broke_down_is_a_warning() -> None:
    tally = shown()
    tally.lost = 1
    assert warnings(tally) == ["1 test process broke down: what was seen there is lost"]
    assert summary(tally) == "1 policy, WARNING: 1 test process broke down"


def test_a_backtick_in_a_rule_stays_inside_the_code() -> None:
    policy = Policy(name="x", input=(flag(containing("`")),))
    assert "`` flag(containing(words='`')) ``" in as_markdown(shown(policy))


def test_a_session_that_is_about_no_policy_says_so() -> None:
    assert as_markdown(Tally()) == "# Policies under test\n\n0 policies, 0 warnings.\n"


def test_json_has_the_same_and_the_warnings() -> None:
    tally = shown(fired=0)
    tally.law(Tried("monotone", SUPPORT, 10, held=True))
    read = json.loads(as_json(tally))
    assert len(read.pop("warnings")) == 2
    assert read["policies"][0]["laws"] == [
        {"law": "monotone", "times": 1, "examples": 10, "broken": 0}
    ]
    assert Tally.read(read).plain() == tally.plain()


def test_policies_of_one_name_are_told_apart() -> None:
    other = replace(SUPPORT, input=SUPPORT.input[:1])
    tally = shown()
    tally.add(shown(other))
    heads = [line for line in as_markdown(tally).splitlines() if line.startswith("## ")]
    assert set(heads) == {f"## support ({each.fingerprint})" for each in (SUPPORT, other)}


def test_a_long_rule_is_shown_by_its_beginning_and_its_end_and_json_has_it_whole() -> None:
    rule = block(containing("x" * 500), say="no")
    tally = shown(Policy(name="long", input=(rule,)))
    shortened = f"`{repr(rule)[:60]} … {repr(rule)[-60:]}`"
    assert shortened in as_markdown(tally)
    assert repr(rule) in as_json(tally)
