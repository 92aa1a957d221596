"""A limit: so many dollars, for each of some, in a window of time."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import LedgerError
from guardrails_lib.spend import Every, Limit
from guardrails_lib.spend.limit import account, ends, nanos, of

MOMENTS = st.integers(0, calendar.timegm((2200, 1, 1, 0, 0, 0))).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


def after(every: Every, moment: datetime) -> datetime:
    """The end of the window, as the calendar of Python has it."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if every == "minute":
        return moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    if every == "hour":
        return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if every == "day":
        return day + timedelta(days=1)
    if every == "week":
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@given(MOMENTS, st.sampled_from(["minute", "hour", "day", "week", "month"]))
def test_a_window_ends_where_the_calendar_says(moment: datetime, every: Every) -> None:
    assert ends(every, moment.timestamp()) == after(every, moment).timestamp()


def test_what_is_for_ever_has_no_end() -> None:
    assert ends(None, 1e12) == float("inf")


def test_a_limit_says_what_it_is() -> None:
    assert [
        str(each)
        for each in (
            Limit(1, per="user"),
            Limit(0.5, ("tenant", "user", "model"), every="hour"),
            Limit(20.0, ("tenant", "user"), every=None),
            Limit(100.0, every="month"),
            Limit(7.25, every=None),
        )
    ] == [
        "1 dollar per user and day",
        "0.5 dollars per tenant, user, model and hour",
        "20 dollars per tenant and user",
        "100 dollars per month",
        "7.25 dollars in all",
    ]


def test_one_name_is_the_same_as_a_tuple_of_one() -> None:
    assert Limit(1.0, "user") == Limit(1.0, ("user",))
    assert hash(Limit(1.0, "user")) == hash(Limit(1.0, ["user"]))
    assert repr(Limit(1.0, "user")) == "Limit(dollars=1.0, per=('user',))"


@pytest.mark.parametrize("dollars", [-0.01, float("nan"), float("inf"), 1e12])
def test_a_limit_is_a_number_of_dollars(dollars: float) -> None:
    with pytest.raises(LedgerError, match="a number from 0 to 9000000"):
        Limit(dollars)


@pytest.mark.parametrize("per", [("user", "user"), "", (3,), ("user", "")])
def test_a_limit_is_per_names(per: tuple[str, ...]) -> None:
    with pytest.raises(LedgerError, match="names, each once"):
        Limit(1.0, per)


def test_a_window_that_nobody_knows_is_refused() -> None:
    with pytest.raises(LedgerError, match="one of minute, hour, day, week, month, or None"):
        Limit(1.0, every="year")  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize("who", [{}, {"tenant": "x"}, {"user": ""}, {"user": None}, {"user": 17}])
def test_a_call_that_does_not_say_whose_it_is_is_told_how(who: dict[str, str]) -> None:
    with pytest.raises(LedgerError, match=r'Request\(..., meta={"user": ...}\) or Charge\(by='):
        of(Limit(1.0, "user"), who)


@given(st.tuples(st.text(min_size=1), st.text(min_size=1)))
def test_the_name_of_an_account_does_not_say_who_it_is(values: tuple[str, str]) -> None:
    name = account(Limit(1.0, ("tenant", "user")), values)
    assert name.startswith("day/tenant/user/")
    assert len(name.removeprefix("day/tenant/user/")) == 32
    assert set(name.removeprefix("day/tenant/user/")) <= set("0123456789abcdef")


PAIRS = st.tuples(st.text("ab\",[]'/ ", min_size=1), st.text("ab\",[]'/ ", min_size=1))


@given(PAIRS, PAIRS)
def test_two_who_have_two_accounts(one: tuple[str, str], other: tuple[str, str]) -> None:
    limit = Limit(1.0, ("tenant", "user"))
    assert (account(limit, one) == account(limit, other)) == (one == other)


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=50))
def test_money_adds_up_without_an_error(parts: list[int]) -> None:
    """Each part is some billionths of a dollar."""
    assert sum(nanos(part / 1e9) for part in parts) == sum(parts)


@given(st.floats(0, 9e6), st.floats(0, 9e6))
def test_more_dollars_are_never_fewer_billionths(one: float, other: float) -> None:
    assert nanos(min(one, other)) <= nanos(max(one, other))
