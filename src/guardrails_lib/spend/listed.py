"""The prices that are listed in genai-prices, in the version that is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from .._errors import PriceError
from .._types import Usage
from .prices import Price

try:
    from genai_prices.data_snapshot import get_snapshot
    from genai_prices.types import ModelInfo, TieredPrices
except ImportError as missing:
    raise ImportError(
        'the prices of models are in genai-prices: pip install "guardrails-lib[prices]"'
    ) from missing

__all__ = ["listed"]

_AT_BEDROCK = re.compile(r"(?:[a-z-]{2,7}\.)?[a-z0-9]+\.[a-z]")
"""How Amazon names models: ``anthropic.claude-...``, ``us.amazon.nova-...``."""


def listed(model: str, provider: str | None, usage: Usage) -> Price:
    """The price of *model* today, for a request as long as that of *usage*."""
    found = _found(model, provider).get_prices(datetime.now(UTC))
    put = usage.input_tokens
    first, then = _at(found.input_mtok, put), _at(found.output_mtok, put)
    if (usage.input_tokens and not first) or (usage.output_tokens and not then):
        raise PriceError(f"{_named(model)} is listed without a price. {_say(model)}")
    return Price(
        first or 0.0,
        then or 0.0,
        _at(found.cache_read_mtok, put),
        _at(found.cache_write_mtok, put),
        (_at(found.requests_kcount, put) or 0.0) / 1000,
    )


def _found(model: str, provider: str | None) -> ModelInfo:
    if not model:
        raise PriceError('which model answered is not said: Reply(..., model="gpt-5-mini")')
    snapshot = get_snapshot()
    for of, name in _readings(model, provider):
        try:
            return snapshot.find_provider_model(name, None, of, None)[1]
        except LookupError:
            continue
    raise PriceError(f"what {_named(model)} costs is not known. {_say(model)}")


def _readings(model: str, provider: str | None) -> Iterator[tuple[str | None, str]]:
    """Whose model it may be, and under which name."""
    last = model.rpartition("/")[2]
    if provider is None and _AT_BEDROCK.match(last):
        yield "aws", last
    yield provider, model
    if provider is None:
        for mark in "/:":
            before, found, after = model.partition(mark)
            if found and before == "models":  # as Google names its own
                yield "google", after
            elif found and after:
                yield before, after


def _at(price: Decimal | TieredPrices | None, put: int) -> float | None:
    """The price that holds for a request of so many tokens."""
    if isinstance(price, TieredPrices):
        passed = [tier.price for tier in price.tiers if put > tier.start]
        price = passed[-1] if passed else price.base
    return None if price is None else float(price)


def _named(model: str) -> str:
    return repr(model[:100])


def _say(model: str) -> str:
    return f"Say it: Prices(own={{{_named(model)}: Price(0.25, 2.0)}})"
