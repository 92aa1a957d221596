"""What models cost: by the caller's own prices, then by those that are listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from .._errors import PriceError
from .._types import Request, Usage
from .._values import FrozenDict, code

__all__ = ["Price", "Prices", "prices"]


@dataclass(frozen=True, slots=True, repr=False)
class Price:
    """Dollars for a million tokens in, and for a million out.

    Tokens that the provider reads from its cache, or writes there, cost what tokens in cost
    unless it is said.

    >>> Price(0.25, 2.0, cache_read_per_million=0.025).of(Usage(1_000_000, 500_000))
    1.25
    """

    input_per_million: float
    output_per_million: float
    cache_read_per_million: float | None = None
    cache_write_per_million: float | None = None
    per_request: float = 0.0

    __repr__ = code

    def __post_init__(self) -> None:
        for each in fields(self):
            dollars = getattr(self, each.name)
            if dollars is not None and not dollars >= 0:
                raise PriceError(f"{each.name}={dollars!r}: dollars, not less than 0")

    def of(self, usage: Usage) -> float:
        """Dollars for *usage*."""
        into, read, wrote = usage.input_tokens, usage.cache_read_tokens, usage.cache_write_tokens
        if min(read, wrote, into - read - wrote, usage.output_tokens) < 0:
            raise PriceError(f"{usage} does not add up: tokens of the cache are tokens in")
        first = self.input_per_million
        reading, writing = self.cache_read_per_million, self.cache_write_per_million
        millionths = (
            (into - read - wrote) * first
            + read * (first if reading is None else reading)
            + wrote * (first if writing is None else writing)
            + usage.output_tokens * self.output_per_million
        )
        return self.per_request + millionths / 1e6


@dataclass(frozen=True, slots=True, repr=False)
class Prices:
    """What each model costs: ``prices("gpt-5-mini", usage)``.

    >>> mine = Prices(own={"our-llama": Price(0.1, 0.3), "at-home": Price(0, 0)})
    >>> mine("our-llama", Usage(1_000_000, 1_000_000)), mine("at-home", Usage(10, 10))
    (0.4, 0.0)

    Prices of one's own win. The others are in the list that comes with genai-prices, which is
    as old as the installed version and asks no network. Names may have the provider before
    them: ``openai/gpt-5-mini``, ``anthropic:claude-opus-4-5``, ``us.anthropic.claude-...``.
    A model that is not known is a `PriceError`, and so is one that is listed without a price:
    nothing is free but what the caller says is free.
    """

    own: Mapping[str, Price] = FrozenDict()
    provider: str | None = None
    """Whose prices hold where several offer a model: ``azure``, ``aws``, ``google``."""

    __repr__ = code

    def __post_init__(self) -> None:
        if not all(isinstance(price, Price) for price in self.own.values()):
            raise PriceError('own= takes a price for each model: {"our-llama": Price(0.1, 0.3)}')
        object.__setattr__(self, "own", FrozenDict(self.own))

    def __call__(self, model: str, usage: Usage, /) -> float:
        """Dollars for *usage* of *model*."""
        price = self.own.get(model)
        if price is None:
            from .listed import listed  # noqa: PLC0415  # it needs the extra, and a third of a second

            price = listed(model, self.provider, usage)
        return price.of(usage)

    def estimate(self, model: str, output_tokens: int = 500) -> Callable[[Request], float]:
        """What a request may cost, before it is asked: ``Charge(LEDGER, prices.estimate(...))``.

        It is no count: a token for each four bytes of text in the request, which is much for
        English and little for code, and nothing for images. *output_tokens* is the most that
        the model may answer, and the larger part of what it costs.
        """
        self(model, Usage(1, max(1, output_tokens)))  # a price that is not known is told at once

        def estimated(request: Request) -> float:
            return self(model, Usage(_tokens(request), output_tokens))

        return estimated


def _tokens(request: Request) -> int:
    texts = [message.text for message in request.messages]
    texts += [source.text for source in request.sources]
    texts += [repr(tool) for tool in request.tools]
    texts += [f"{call}" for message in request.messages for call in message.tool_calls]
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) // 4 + 1


prices = Prices()
"""The listed prices, with none of one's own."""
