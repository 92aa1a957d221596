"""What models cost: own prices, listed prices, and no price at all."""

from __future__ import annotations

import math
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guardrails_lib import Label, Message, PriceError, Request, Source, ToolCall, Usage
from guardrails_lib.spend import Price, Prices, prices

genai_prices = pytest.importorskip("genai_prices", reason="the prices extra is not installed")

MILLION = 1_000_000
COUNT = st.integers(0, 2 * MILLION)


@st.composite
def usages(draw: st.DrawFn) -> Usage:
    """What a model may say, with tokens of the cache among those that go in."""
    fresh, read, wrote, out = (draw(COUNT) for _ in range(4))
    return Usage(fresh + read + wrote, out, 0.0, read, wrote)


# -- own prices


def test_tokens_in_and_out_have_a_price() -> None:
    assert Price(0.25, 2.0).of(Usage(MILLION, 2 * MILLION)) == 4.25


def test_tokens_of_the_cache_have_their_own() -> None:
    price = Price(1.0, 0.0, cache_read_per_million=0.1, cache_write_per_million=1.25)
    assert price.of(Usage(3 * MILLION, 0, 0.0, MILLION, MILLION)) == 2.35


def test_tokens_of_the_cache_cost_what_others_cost_unless_told() -> None:
    assert Price(1.0, 0.0).of(Usage(3 * MILLION, 0, 0.0, MILLION, MILLION)) == 3.0


def test_tokens_of_the_cache_may_be_free() -> None:
    price = Price(1.0, 0.0, cache_read_per_million=0.0)
    assert price.of(Usage(2 * MILLION, 0, 0.0, MILLION)) == 1.0


def test_a_request_may_have_a_price() -> None:
    assert Price(0.0, 0.0, per_request=0.005).of(Usage()) == 0.005


@pytest.mark.parametrize("dollars", [-0.1, float("nan")])
def test_a_price_is_a_number_of_dollars(dollars: float) -> None:
    with pytest.raises(PriceError, match="output_per_million"):
        Price(1.0, dollars)


@pytest.mark.parametrize(
    "usage",
    [
        Usage(1, 1, 0.0, 2),
        Usage(3, 1, 0.0, 2, 2),
        Usage(-1, 1),
        Usage(1, -1),
        Usage(1, 1, 0.0, -1),
        Usage(1, 1, 0.0, 0, -1),
    ],
)
def test_a_usage_that_does_not_add_up_has_no_price(usage: Usage) -> None:
    """Else a reader that counts wrongly would make calls cheap."""
    for each in (Prices(own={"ours": Price(1.0, 1.0)}), prices):
        with pytest.raises(PriceError, match="does not add up"):
            each("ours" if each is not prices else "gpt-4o", usage)


def test_own_prices_win() -> None:
    ours = Prices(own={"gpt-4o": Price(MILLION, 0.0)})
    assert ours("gpt-4o", Usage(1, 1)) == 1.0
    assert ours("gpt-4o-mini", Usage(1, 1)) == prices("gpt-4o-mini", Usage(1, 1))


def test_what_the_caller_says_is_free_is_free() -> None:
    assert Prices(own={"at-home": Price(0, 0)})("at-home", Usage(MILLION, MILLION)) == 0.0


def test_own_prices_are_prices() -> None:
    with pytest.raises(PriceError, match="own= takes a price for each model"):
        Prices(own={"ours": 0.25})  # type: ignore[dict-item]  # what is tested


def test_prices_are_values() -> None:
    one = Prices(own={"ours": Price(1.0, 2.0)}, provider="azure")
    assert one == Prices({"ours": Price(1.0, 2.0)}, "azure")
    assert hash(one) == hash(Prices({"ours": Price(1.0, 2.0)}, "azure"))
    shown = {"Prices": Prices, "Price": Price}
    assert eval(repr(one), shown) == one


# -- listed prices


def listed() -> Iterator[tuple[str, str]]:
    """Every provider with every model in the list."""
    from genai_prices.data import providers

    for provider in providers:
        for model in provider.models:
            yield provider.id, model.id


def test_every_listed_model_costs_what_genai_prices_says() -> None:
    """Or it has no price for such tokens, and is not free for that."""
    usage = Usage(300_000, 1000, 0.0, 20_000, 3000)
    theirs = genai_prices.Usage(
        input_tokens=300_000, output_tokens=1000, cache_read_tokens=20_000, cache_write_tokens=3000
    )
    priced = 0
    for provider, model in listed():
        try:
            cost = Prices(provider=provider)(model, usage)
        except PriceError:
            continue
        expected = genai_prices.calc_price(theirs, model, provider_id=provider).total_price
        assert math.isclose(cost, expected, rel_tol=1e-9), (provider, model)
        priced += 1
    assert priced > 1500


@given(usages())
def test_a_listed_model_costs_what_genai_prices_says_for_any_usage(usage: Usage) -> None:
    """Its price has steps: more than 200,000 tokens in cost more."""
    assume(usage.tokens)
    theirs = genai_prices.Usage(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cache_read_tokens,
        cache_write_tokens=usage.cache_write_tokens,
    )
    expected = genai_prices.calc_price(theirs, "claude-sonnet-4-5").total_price
    assert math.isclose(prices("claude-sonnet-4-5", usage), expected, rel_tol=1e-9)


@given(usages(), usages())
def test_more_tokens_never_cost_less(one: Usage, other: Usage) -> None:
    assert prices("claude-sonnet-4-5", one + other) >= prices("claude-sonnet-4-5", one)


@pytest.mark.parametrize(
    ("model", "provider", "name"),
    [
        ("gpt-4o-2024-08-06", "openai", "gpt-4o"),
        ("openai/gpt-4o", "openai", "gpt-4o"),
        ("openai:gpt-4o", "openai", "gpt-4o"),
        ("azure/gpt-4o", "azure", "gpt-4o"),
        ("anthropic/claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5"),
        ("claude-sonnet-4-5-20250929", "anthropic", "claude-sonnet-4-5"),
        ("models/gemini-2.5-pro", "google", "gemini-2.5-pro"),
        ("gemini/gemini-2.5-pro", "google", "gemini-2.5-pro"),
        ("vertex_ai/gemini-2.5-pro", "google", "gemini-2.5-pro"),
        ("mistral/mistral-large-latest", "mistral", "mistral-large-latest"),
        ("openrouter/openai/gpt-4o", "openrouter", "openai/gpt-4o"),
        ("groq/llama-3.3-70b-versatile", "groq", "llama-3.3-70b-versatile"),
        ("amazon.nova-pro-v1:0", "aws", "amazon.nova-pro-v1:0"),
        ("bedrock/amazon.nova-pro-v1:0", "aws", "amazon.nova-pro-v1:0"),
    ],
)
def test_a_name_with_its_provider_is_known(model: str, provider: str, name: str) -> None:
    usage = Usage(1000, 100)
    theirs = genai_prices.Usage(input_tokens=1000, output_tokens=100)
    expected = genai_prices.calc_price(theirs, name, provider_id=provider).total_price
    assert math.isclose(prices(model, usage), expected)


def test_a_region_of_amazon_costs_what_it_costs_there() -> None:
    name = "anthropic.claude-sonnet-4-5-20250929-v1:0"
    assert prices(f"us.{name}", Usage(MILLION)) > prices(f"global.{name}", Usage(MILLION))


@pytest.mark.parametrize(
    "model",
    ["our-llama", "gpt-9-made-up", "ft:gpt-4o-2024-08-06:acme::x", "nobody/gpt-4o", "x/", "/", ":"],
)
def test_an_unknown_model_is_told_how_to_be_known(model: str) -> None:
    with pytest.raises(PriceError) as told:
        prices(model, Usage(1, 1))
    assert f"Prices(own={{{model!r}: Price(" in str(told.value)


def test_a_model_that_is_not_named_is_told_where_to_be() -> None:
    with pytest.raises(PriceError, match=r"Reply\(..., model="):
        prices("", Usage(1, 1))


def test_a_provider_that_is_not_known_knows_no_model() -> None:
    with pytest.raises(PriceError, match="is not known"):
        Prices(provider="nobody")("gpt-4o", Usage(1, 1))


def test_what_is_listed_as_free_is_not_free_before_the_caller_says_so() -> None:
    free = "openrouter/meta-llama/llama-3.2-3b-instruct:free"
    with pytest.raises(PriceError, match="is listed without a price"):
        prices(free, Usage(1, 1))
    assert Prices(own={free: Price(0, 0)})(free, Usage(1, 1)) == 0.0


# -- estimates


def test_an_estimate_is_more_for_more_text() -> None:
    estimate = prices.estimate("gpt-4o", output_tokens=0)
    short, long = Request("hello"), Request("hello" * 1000)
    assert estimate(long) > 100 * estimate(short) > 0


def test_an_estimate_counts_all_that_the_model_sees() -> None:
    estimate = prices.estimate("gpt-4o")
    text = "word " * 1000
    call = ToolCall("look", {"for": text})
    for request in (
        Request("?", sources=[Source("kb://1", text)]),
        Request("?", tools=[{"description": text}]),
        Request([Message("assistant", tool_calls=[call]), Message("user", "?")]),
        Request([Message("system", text, Label.PUBLIC), Message("user", "?")]),
    ):
        assert estimate(request) > estimate(Request("?")) + prices("gpt-4o", Usage(1000))


def test_an_estimate_counts_letters_that_are_tokens_by_themselves() -> None:
    estimate = prices.estimate("gpt-4o", output_tokens=0)
    assert estimate(Request("日" * 1000)) > 2.5 * estimate(Request("a" * 1000))


def test_an_estimate_has_the_answer_in_it() -> None:
    dear = prices.estimate("gpt-4o", output_tokens=1000)(Request("?"))
    cheap = prices.estimate("gpt-4o", output_tokens=0)(Request("?"))
    assert math.isclose(dear - cheap, prices("gpt-4o", Usage(0, 1000)))


def test_an_estimate_for_an_unknown_model_fails_where_it_is_written() -> None:
    with pytest.raises(PriceError):
        prices.estimate("our-llama")
    assert Prices(own={"our-llama": Price(0, 0)}).estimate("our-llama")(Request("?")) == 0.0


# -- what is imported, and what is asked


def test_nothing_is_imported_for_those_who_have_their_own_prices() -> None:
    program = "\n".join(
        [
            "import sys",
            "from guardrails_lib import Usage",
            "from guardrails_lib.spend import Price, Prices",
            'Prices(own={"ours": Price(1.0, 1.0)})("ours", Usage(1, 1))',
            'print({"genai_prices", "redis"} & set(sys.modules))',
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_the_list_of_prices_asks_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert prices("gpt-4o", Usage(1, 1)) > 0
