"""Events and the record: data about a call, with no text of the call in it."""

from __future__ import annotations

import pickle

import pytest

from guardrails_lib import Action, Difference, Event, Finding, Record, Span, Usage
from guardrails_lib._values import FrozenDict

FOUND = Finding("an address", Span(0, 3), check="pii", where="messages[0]")


def test_an_event_prints_as_the_code_that_makes_it() -> None:
    event = Event("found", 0.5, "messages[0]", ("pii",), Action.REDACT, FOUND)
    assert repr(event) == (
        "Event(kind='found', at=0.5, where='messages[0]', by=('pii',), action=Action.REDACT, "
        f"finding={FOUND!r})"
    )


def test_an_event_leaves_out_what_it_has_nothing_to_say_of() -> None:
    assert repr(Event("started")) == "Event(kind='started')"


def test_an_event_needs_a_kind() -> None:
    with pytest.raises(TypeError, match="kind"):
        Event()  # type: ignore[call-arg]  # on purpose


def test_an_event_is_changed_by_copy() -> None:
    event = Event("asked")
    assert event._replace(at=2.0) == Event("asked", 2.0)
    assert event.at == 0.0


def test_a_difference_prints_as_the_code_that_makes_it() -> None:
    difference = Difference("output", None, Action.BLOCK, (FOUND,))
    assert repr(difference) == (
        f"Difference(stage='output', ours=None, shadow=Action.BLOCK, findings=({FOUND!r},))"
    )


def test_a_record_that_is_empty_prints_as_one() -> None:
    assert repr(Record()) == "Record()"


def test_a_record_prints_what_it_holds() -> None:
    record = Record("7f", policy="support", attempts=2, spent=Usage(dollars=0.5))
    assert repr(record) == (
        "Record(id='7f', policy='support', attempts=2, spent=Usage(dollars=0.5))"
    )


def test_the_parts_that_nobody_looked_at_are_unseen() -> None:
    coverage = FrozenDict({"messages[0]": (), "messages[1]": ("pii",), "reply": ()})
    assert Record(coverage=coverage).unseen == ("messages[0]", "reply")


def test_a_record_of_nothing_has_nothing_unseen() -> None:
    assert Record().unseen == ()


def test_the_coverage_of_an_empty_record_cannot_be_changed() -> None:
    with pytest.raises(TypeError, match="frozen"):
        Record().coverage["reply"] = ()  # type: ignore[index]  # on purpose
    assert Record().coverage == {}


def test_two_records_of_one_call_are_equal() -> None:
    one, other = Record("7f", events=(Event("started"),)), Record("7f", events=(Event("started"),))
    assert one == other
    assert hash(one) == hash(other)


def test_a_record_can_be_kept_and_read_again() -> None:
    record = Record("7f", coverage=FrozenDict({"reply": ("pii",)}), events=(Event("started"),))
    again = pickle.loads(pickle.dumps(record))
    assert again == record
    assert type(again.events[0]) is Event
