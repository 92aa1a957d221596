"""What is counted and measured: names of units, and what they are times what."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["CURRENCIES", "SCALES", "SUFFIXES", "Units", "kind_of", "units_of"]

Units = tuple[tuple[str, Decimal], ...]

_ONE = Decimal(1)

SCALES = {
    **dict.fromkeys(("hundred",), Decimal(100)),
    **dict.fromkeys(("thousand", "thousands", "tausend", "mille", "mil"), Decimal(1000)),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10) ** 5),
    **dict.fromkeys(("million", "millions", "mn", "mio", "millionen", "mln"), Decimal(10) ** 6),
    **dict.fromkeys(("crore", "crores"), Decimal(10) ** 7),
    **dict.fromkeys(("billion", "billions", "bn", "milliarden", "mrd"), Decimal(10) ** 9),
    **dict.fromkeys(("trillion", "trillions", "tn"), Decimal(10) ** 12),
}
"""Words after a number that multiply it."""

SUFFIXES = {"k": 3, "K": 3, "M": 6, "B": 9, "bn": 9, "mn": 6, "tn": 12, "T": 12}
"""Letters on a number that multiply it, and by which power of ten."""

CURRENCIES = {
    **dict.fromkeys(("$", "us$", "usd", "dollar", "dollars", "bucks"), "$"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "€"),
    **dict.fromkeys(("£", "gbp", "quid", "sterling"), "£"),
    **dict.fromkeys(("¥", "jpy", "yen"), "¥"),
    **dict.fromkeys(("cny", "rmb", "yuan", "renminbi"), "cny"),
    **dict.fromkeys(("₹", "inr", "rupee", "rupees"), "₹"),
    **dict.fromkeys(("chf", "francs", "franken"), "chf"),
    **dict.fromkeys(("cad", "c$"), "cad"),
    **dict.fromkeys(("aud", "a$"), "aud"),
    **dict.fromkeys(("¢", "cent", "cents"), "¢"),
}

_MEASURES = """
m metre metres meter meters 1|km kilometre kilometres kilometer kilometers kms 1000\
|cm centimetre centimetres centimeter centimeters 0.01\
|mm millimetre millimetres millimeter millimeters 0.001\
|µm micrometre micrometres micron microns 0.000001|nm nanometre nanometres 0.000000001
m2 m² sqm 1|km2 km² sqkm 1000000
m3 m³ 1|km3 km³ 1000000000
g gram grams gramme grammes 1|kg kilo kilos kilogram kilograms kgs 1000\
|mg milligram milligrams 0.001|µg mcg microgram micrograms 0.000001|t tonne tonnes 1000000
l litre litres liter liters 1|ml millilitre millilitres milliliter milliliters 0.001\
|cl centilitre centilitres 0.01
s sec secs second seconds 1|ms millisecond milliseconds 0.001|µs microsecond 0.000001
min mins minute minutes 1
h hr hrs hour hours 1
day days tag tage jour jours 1
week weeks wk wks 1
month months 1
year years yr yrs yo jahre ans 1
decade decades 1
century centuries 1
byte bytes 1|kb kilobyte kilobytes 1000|mb megabyte megabytes 1000000\
|gb gigabyte gigabytes 1000000000|tb terabyte terabytes 1000000000000
w watt watts 1|kw kilowatt kilowatts 1000|mw megawatt megawatts 1000000\
|gw gigawatt gigawatts 1000000000
wh 1|kwh 1000|mwh 1000000|gwh 1000000000|twh 1000000000000
hz hertz 1|khz kilohertz 1000|mhz megahertz 1000000|ghz gigahertz 1000000000
v volt volts 1|kv kilovolt kilovolts 1000
j joule joules 1|kj kilojoule kilojoules 1000
cal calorie calories kcal kilocalorie kilocalories 1
mile miles mi 1
mph 1
km/h kmh kph 1
m/s 1
foot feet ft 1
inch inches 1
yard yards yd 1
lb lbs 1
ounce ounces oz 1
ton tons 1
gallon gallons gal 1
acre acres 1
ha hectare hectares 1
°c celsius 1
°f fahrenheit 1
° degree degrees 1
% percent pct prozent 1
pp 1
‰ permille 1
"""
"""A unit a line: its names and what each is times the first."""

_KNOWN: dict[str, Units] = {
    name: ((family.split(" ", 1)[0], Decimal(line.rsplit(" ", 1)[1])),)
    for family in _MEASURES.strip().splitlines()
    for line in family.split("|")
    for name in line.split()[:-1]
}
_KNOWN.update({name: ((unit, _ONE),) for name, unit in CURRENCIES.items()})
_KNOWN["pound"] = _KNOWN["pounds"] = (("£", _ONE), ("lb", _ONE))
_KNOWN["points"] = (("pp", _ONE), ("", _ONE))

_AS_WRITTEN = {"M": (), "MW": _KNOWN["mw"], "B": (), "T": (), "K": ()}
"""Where a capital means something else."""


def units_of(word: str) -> Units:
    """What *word* may measure, and how much of it; nothing, if it is no unit.

    >>> units_of("kilometres")
    (('m', Decimal('1000')),)
    """
    if word in _AS_WRITTEN:
        return _AS_WRITTEN[word]
    return _KNOWN.get(word.lower(), ())


_TIME = frozenset({"s", "min", "h", "day", "week", "month", "year", "decade", "century"})
_LENGTH = frozenset({"m", "mile", "foot", "inch", "yard"})
_WEIGHT = frozenset({"g", "lb", "ounce", "ton"})


def kind_of(unit: str) -> str:
    """What *unit* measures: two lengths can stand for each other, a length and a price cannot."""
    for kind in (_TIME, _LENGTH, _WEIGHT):
        if unit in kind:
            return min(kind)
    return "$" if unit in CURRENCIES.values() else unit
