"""A check is a named function from a subject to findings, with its parameters bound."""

from __future__ import annotations

import asyncio
import copy
import inspect
import pickle
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Check,
    Finding,
    Known,
    Message,
    PolicyError,
    Reply,
    Request,
    Source,
    Span,
    ToolCall,
    Usage,
    check,
)

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True)
class Refund:
    """A typed answer."""

    amount: float


@check
def over_limit(refund: Refund, *, limit: float, unit: str = "EUR") -> Iterator[Finding]:
    """A refund larger than a clerk may grant."""
    if refund.amount > limit:
        yield Finding(f"{refund.amount:.2f} {unit} is over {limit:.2f}")


@check(width=1)
def shouting(text: str, letters: str = "!") -> Iterator[Finding]:
    """A text that shouts."""
    for place, letter in enumerate(text):
        if letter in letters:
            yield Finding("it shouts", Span(place, place + 1))


@check
async def unsaid(text: str, *, word: str) -> AsyncIterator[Finding]:
    """A text without a word."""
    await asyncio.sleep(0)
    if word not in text:
        yield Finding("it lacks a word")


@check
def judged(text: str) -> Iterator[Finding | Usage]:
    """A check that asks a model."""
    yield Usage(10, 1, dollars=0.01)
    yield Finding(f"{len(text)} characters")
    yield Usage(5)


def plain(text: str) -> Iterator[Finding]:
    """What is not decorated where it stands."""
    yield Finding(text)


renamed = check(plain)

# -- what a factory makes


def test_calling_a_check_is_its_unit_test() -> None:
    found = list(over_limit(limit=9)(Refund(10)))
    assert [each.message for each in found] == ["10.00 EUR is over 9.00"]
    assert list(over_limit(limit=9)(Refund(9))) == []


def test_a_check_prints_as_the_call_that_makes_it() -> None:
    assert repr(over_limit(limit=9)) == "over_limit(limit=9)"


def test_a_parameter_that_is_not_at_its_default_is_printed() -> None:
    assert repr(over_limit(limit=9, unit="USD")) == "over_limit(limit=9, unit='USD')"
    assert repr(over_limit(limit=9, unit="EUR")) == "over_limit(limit=9)"


@given(st.integers(), st.text())
def test_a_check_equals_its_twin(limit: int, unit: str) -> None:
    one, other = over_limit(limit=limit, unit=unit), over_limit(unit=unit, limit=limit)
    assert one == other
    assert hash(one) == hash(other)
    assert eval(repr(one), {"over_limit": over_limit}) == one


def test_a_default_that_is_written_out_changes_nothing() -> None:
    assert over_limit(limit=9, unit="EUR") == over_limit(limit=9)


def test_another_parameter_makes_another_check() -> None:
    assert over_limit(limit=9) != over_limit(limit=8)


def test_the_same_parameters_of_another_function_make_another_check() -> None:
    assert shouting("a") != unsaid(word="a")


def test_a_parameter_may_be_given_by_place_or_by_name() -> None:
    assert shouting("?") == shouting(letters="?")


def test_a_check_with_a_parameter_that_has_no_hash_has_one() -> None:
    @check
    def listed(text: str, words: list[str]) -> Iterator[Finding]:
        if text in words:
            yield Finding("listed")

    assert hash(listed(["a"])) == hash(listed(["a"]))
    assert listed(["a"]) != listed(["b"])


def test_a_check_has_the_name_of_its_function() -> None:
    assert over_limit(limit=9).name == "over_limit"


def test_the_factory_keeps_name_and_docstring() -> None:
    assert over_limit.__name__ == "over_limit"
    assert over_limit.__doc__ == "A refund larger than a clerk may grant."


def test_the_factory_shows_the_parameters_that_it_takes() -> None:
    shown = inspect.signature(over_limit)
    assert list(shown.parameters) == ["limit", "unit"]
    assert shown.return_annotation is Check


def test_a_finding_is_signed_with_the_name_of_the_check() -> None:
    assert [found.check for found in shouting()("a!")] == ["shouting"]


def test_a_finding_that_is_signed_keeps_its_name() -> None:
    @check
    def asking(text: str) -> Iterator[Finding]:
        yield Finding(text, check="another")

    assert [found.check for found in asking()("a")] == ["another"]


def test_a_check_of_a_module_comes_back_from_a_pickle_as_it_was() -> None:
    again = pickle.loads(pickle.dumps(shouting("?")))
    assert again == shouting("?")
    assert (again.width, again.subject, list(again("?"))) == (1, str, list(shouting("?")("?")))


def local() -> Check[str]:
    @check
    def inner(text: str) -> Iterator[Finding]:
        yield Finding(text)

    return inner()


def test_a_check_of_a_function_can_be_copied() -> None:
    made = local()
    assert copy.copy(made) == copy.deepcopy(made) == made


def test_a_check_of_a_function_is_not_pickled_in_vain() -> None:
    """What cannot be found again by its name is refused before it is written."""
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(local())


def test_a_check_under_another_name_is_not_pickled_in_vain() -> None:
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(renamed())


def test_a_check_looks_when_it_is_called_and_not_later() -> None:
    looked = []

    @check
    def noting(text: str) -> Iterator[Finding]:
        looked.append(text)
        yield Finding("seen")

    noting()("a")
    assert looked == ["a"]


def test_a_check_keeps_nothing_between_two_calls() -> None:
    one = shouting()
    assert list(one("!")) == list(one("!"))
    assert len(list(one("!"))) == 1


# -- mistakes, found where they are written


@pytest.mark.parametrize(
    "make",
    [
        lambda: over_limit(limit=9, limt=8),  # type: ignore[call-arg]  # on purpose
        over_limit,
        lambda: over_limit(9),  # type: ignore[call-arg]  # same
        lambda: shouting("a", "b"),  # type: ignore[call-arg]  # same
        lambda: shouting(text="a"),  # type: ignore[call-arg]  # same
    ],
)
def test_a_wrong_parameter_is_an_error_where_the_check_is_made(make: Any) -> None:
    with pytest.raises(TypeError, match="argument"):
        make()


def test_the_subject_must_be_annotated() -> None:
    def bare(text):  # type: ignore[no-untyped-def]  # on purpose
        yield Finding(text)

    with pytest.raises(PolicyError, match=r"bare: annotate `text`.*str, Source"):
        check(bare)


def test_there_must_be_a_subject() -> None:
    def none() -> Iterator[Finding]:
        yield Finding("a")

    with pytest.raises(PolicyError, match="none needs a first parameter"):
        check(none)  # type: ignore[arg-type]  # on purpose


def test_the_subject_is_no_keyword() -> None:
    """`list(check()(subject))` gives it by place."""

    def named(*, text: str) -> Iterator[Finding]:
        yield Finding(text)

    with pytest.raises(PolicyError, match="named"):
        check(named)  # type: ignore[arg-type]  # on purpose


def args(text: str, *words: str) -> Iterator[Finding]:
    yield Finding(text, check=str(words))


def kwargs(text: str, **words: str) -> Iterator[Finding]:
    yield Finding(text, check=str(words))


def by_place(text: str, word: str, /) -> Iterator[Finding]:
    yield Finding(text, check=word)


def many_subjects(*texts: str) -> Iterator[Finding]:
    yield Finding(str(texts))


@pytest.mark.parametrize("find", [args, kwargs, by_place])
def test_parameters_that_have_no_name_are_refused(find: Any) -> None:
    with pytest.raises(PolicyError, match=f"{find.__name__}: name each parameter"):
        check(find)


def test_there_is_one_subject() -> None:
    with pytest.raises(PolicyError, match="many_subjects needs a first parameter"):
        check(many_subjects)


def test_a_subject_by_place_alone_is_fine() -> None:
    @check
    def placed(text: str, /, *, word: str = "a") -> Iterator[Finding]:
        if word in text:
            yield Finding("a word")

    assert len(list(placed()("a"))) == 1


@pytest.mark.parametrize("kind", ["returns a list", "returns nothing", "a coroutine", "a class"])
def test_what_does_not_yield_is_refused(kind: str) -> None:
    def listing(text: str) -> list[Finding]:
        return [Finding(text)]

    def nothing(text: str) -> None:
        assert text

    async def waiting(text: str) -> list[Finding]:
        return [Finding(text)]

    kinds: dict[str, Any] = {
        "returns a list": listing,
        "returns nothing": nothing,
        "a coroutine": waiting,
        "a class": Refund,
    }
    with pytest.raises(PolicyError, match=r"must `yield Finding\(\.\.\.\)`"):
        check(kinds[kind])


def test_an_annotation_that_means_nothing_is_refused() -> None:
    def lost(money: Decimal) -> Iterator[Finding]:
        yield Finding(str(money))

    with pytest.raises(PolicyError, match="`Decimal` is not defined where the check is written"):
        check(lost)


def test_an_annotation_that_is_misspelt_is_refused() -> None:
    def lost(refund: Refund.Missing) -> Iterator[Finding]:  # type: ignore[name-defined]  # on purpose
        yield Finding(str(refund))

    with pytest.raises(PolicyError, match="lost"):
        check(lost)


# -- what it looks at


@pytest.mark.parametrize("kind", [str, Source, Message, ToolCall, Request, Reply, Refund])
def test_the_annotation_says_what_is_looked_at(kind: Any) -> None:
    def seeing(subject: object) -> Iterator[Finding]:
        yield Finding(str(subject))

    seeing.__annotations__["subject"] = kind
    assert check(seeing)().subject is kind


def test_an_annotation_written_as_text_is_read() -> None:
    assert over_limit(limit=9).subject is Refund  # the whole file writes them as text


def test_a_class_of_the_function_around_may_be_looked_at() -> None:
    class Local:
        pass

    @check
    def bare(local: Local) -> Iterator[Finding]:
        yield Finding(str(local))

    @check(width=1)
    def wide(local: Local) -> Iterator[Finding]:
        yield Finding(str(local))

    assert bare().subject is wide().subject is Local


def test_what_is_annotated_beside_the_type_is_left_out() -> None:
    @check
    def noted(text: Annotated[str, "any"]) -> Iterator[Finding]:
        yield Finding(text)

    assert noted().subject is str


def test_a_list_or_a_union_may_be_looked_at() -> None:
    @check
    def many(refunds: list[Refund]) -> Iterator[Finding]:
        yield Finding(str(refunds))

    @check
    def either(answer: Refund | None) -> Iterator[Finding]:
        yield Finding(str(answer))

    assert many().subject == list[Refund]
    assert either().subject == Refund | None


# -- what it sees


def test_what_the_looking_cost_comes_beside_the_findings() -> None:
    seen = judged().look("ab")
    assert seen == [
        Usage(10, 1, dollars=0.01),
        Finding("2 characters", check="judged"),
        Usage(5),
    ]


def test_a_call_gives_the_findings_alone() -> None:
    assert [found.message for found in judged()("ab")] == ["2 characters"]


@pytest.mark.parametrize("thing", ["a text", None, True, ("a", 1), Span(0, 1)])
def test_what_is_neither_finding_nor_usage_is_refused(thing: object) -> None:
    @check
    def wrong(text: str) -> Iterator[Finding]:
        assert text is not None
        yield thing  # type: ignore[misc]  # on purpose

    with pytest.raises(TypeError, match=r"wrong yields Finding\(\.\.\.\), not \w+$"):
        wrong()("a")


def test_an_error_of_the_check_is_not_hidden() -> None:
    @check
    def breaking(text: str) -> Iterator[Finding]:
        yield Finding(text)
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        breaking()("a")


# -- async checks


def test_an_async_check_is_awaited() -> None:
    polite = unsaid(word="please")
    assert polite.is_async
    assert asyncio.run(polite.alook("hi")) == [Finding("it lacks a word", check="unsaid")]
    assert asyncio.run(polite.alook("please")) == []


@pytest.mark.parametrize("how", ["look", "__call__"])
def test_an_async_check_cannot_be_called(how: str) -> None:
    with pytest.raises(TypeError, match="unsaid is async: await its `alook`"):
        getattr(unsaid(word="a"), how)("hi")


def test_a_check_that_is_not_async_can_be_awaited_too() -> None:
    assert not shouting().is_async
    assert asyncio.run(shouting().alook("!")) == shouting().look("!")


def test_an_async_check_yields_usage_too() -> None:
    @check
    async def costly(text: str) -> AsyncIterator[Finding | Usage]:
        yield Usage(len(text))
        yield Finding("seen")

    assert asyncio.run(costly().alook("abc")) == [Usage(3), Finding("seen", check="costly")]


def test_an_async_check_that_yields_something_else_is_refused() -> None:
    @check
    async def wrong(text: str) -> AsyncIterator[Finding]:
        yield text  # type: ignore[misc]  # on purpose

    with pytest.raises(TypeError, match="wrong yields Finding"):
        asyncio.run(wrong().alook("abc"))


# -- how far it sees


def test_without_a_width_a_check_sees_the_whole_text() -> None:
    assert over_limit(limit=9).width is None
    assert unsaid(word="a").tail("some text") == 0


@given(st.integers(1, 20), st.text())
def test_without_a_tail_of_its_own_a_check_holds_back_what_its_width_says(
    width: int, text: str
) -> None:
    @check(width=width)
    def wide(text: str) -> Iterator[Finding]:
        yield Finding(text)

    assert wide().tail(text) == max(0, len(text) - width + 1)


def test_the_width_may_depend_on_the_parameters() -> None:
    @check(width=lambda word, times: len(word) * times if times else None)
    def repeated(text: str, word: str, *, times: int = 2) -> Iterator[Finding]:
        if word * times in text:
            yield Finding("again and again")

    assert repeated("abc").width == 6
    assert repeated("abc", times=5).width == 15
    assert repeated("abc", times=0).width is None


@pytest.mark.parametrize("width", [0, -1])
def test_a_width_below_one_is_refused(width: int) -> None:
    @check(width=width)
    def narrow(text: str) -> Iterator[Finding]:
        yield Finding(text)

    @check(width=lambda: width)
    def worked_out(text: str) -> Iterator[Finding]:
        yield Finding(text)

    for make in (narrow, worked_out):
        with pytest.raises(PolicyError, match=f"width is at least 1, or None, not {width}"):
            make()


def test_the_tail_is_told_the_parameters() -> None:
    @check(width=10, tail=lambda word: lambda text: text.rfind(word))
    def told(text: str, word: str) -> Iterator[Finding]:
        yield Finding(f"{text}{word}")

    assert told("b").tail("abc") == 1


def test_no_more_is_held_back_than_the_width_says() -> None:
    @check(width=2, tail=lambda: lambda text: 0 * len(text))
    def early(text: str) -> Iterator[Finding]:
        yield Finding(text)

    assert early().tail("abcde") == 4


def test_a_tail_that_raises_falls_back_to_the_width() -> None:
    def broken(text: str) -> int:
        raise TimeoutError(text)

    @check(width=3, tail=lambda: broken)
    def slow_to_tell(text: str) -> Iterator[Finding]:
        yield Finding(text)

    assert slow_to_tell().tail("abcde") == 3


def test_a_tail_before_its_text_holds_back_no_more_than_the_width_says() -> None:
    @check(width=3, tail=lambda: lambda text: -len(text))
    def lost(text: str) -> Iterator[Finding]:
        yield Finding(text)

    assert lost().tail("abcde") == 3


@given(st.text(max_size=9), st.integers(0, 9))
def test_what_is_settled_is_no_part_of_the_tail(text: str, start: int) -> None:
    @check(width=4)
    def wide(text: str) -> Iterator[Finding]:
        yield Finding(text)

    assert wide().tail(text, min(start, len(text))) == max(min(start, len(text)), len(text) - 3)


def test_a_check_says_that_it_is_slow() -> None:
    @check(slow=True)
    def slow(text: str) -> Iterator[Finding]:
        yield Finding(text)

    assert slow().slow
    assert not shouting().slow


def test_width_tail_and_slowness_are_no_part_of_the_value() -> None:
    made = shouting()
    assert made == Check(made.find, made.params)


# -- what it is known to find


def test_what_is_known_follows_the_parameters() -> None:
    @check(known=lambda limit: Known(bad=["x" * (limit + 1)], good=["x" * limit]))
    def long(text: str, *, limit: int) -> Iterator[Finding]:
        """A text that is too long."""
        if len(text) > limit:
            yield Finding("too long")

    assert long(limit=2).known == Known(bad=["xxx"], good=["xx"])
    assert shouting().known is None


def test_what_is_known_is_said_by_a_function() -> None:
    samples: Any = Known(bad=["x"])
    with pytest.raises(PolicyError, match=r"long: known= takes a function of the check's param"):

        @check(known=samples)
        def long(text: str) -> Iterator[Finding]:
            """A text."""
            yield Finding("there")


def test_what_is_known_is_known() -> None:
    samples: Any = ["x"]

    @check(known=lambda: samples)
    def long(text: str) -> Iterator[Finding]:
        """A text."""
        yield Finding("there")

    with pytest.raises(TypeError, match=r"^long: known= gives Known\(\.\.\.\), not list$"):
        _ = long().known
