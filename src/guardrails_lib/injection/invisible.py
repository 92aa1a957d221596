"""Whether a style keeps a text from being seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = ["declared", "is_gone", "is_unseen", "rules"]

Style = Mapping[str, str]

_LENGTH = re.compile(r"(-?\d{0,9}\.?\d{1,9})\s{0,3}(px|pt|em|rem|%|vw|vh|ex|ch|cm|mm|in|pc)?")
_TINY = {"px": 2.0, "pt": 1.5, "em": 0.13, "rem": 0.13, "%": 13.0, "vw": 0.15, "vh": 0.15, "": 2.0}
"""Letters of such a size nobody reads."""

_FAR = 400
"""A text that many pixels off the page is not on it."""

_COLOURS = {
    "white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250),
    "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255),
    "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0), "yellow": (255, 255, 0),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "navy": (0, 0, 128),
    "azure": (240, 255, 255), "mintcream": (245, 255, 250), "floralwhite": (255, 250, 240),
}  # fmt: skip
_ALIKE = 24
"""Two colours that differ so little in each part look the same."""


def declared(style: str) -> dict[str, str]:
    """The declarations of a style, by property."""
    found = {}
    for each in style.lower().split(";"):
        name, colon, value = each.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def rules(sheet: str) -> dict[str, dict[str, str]]:
    """What a style sheet declares for each class (``.x``), id (``#x``) and tag."""
    found: dict[str, dict[str, str]] = {}
    for rule in sheet.split("}"):
        selectors, brace, body = rule.rpartition("{")
        if brace and len(selectors) < 1000:
            style = declared(body)
            for selector in selectors.rpartition("{")[2].rpartition(";")[2].split(","):
                found.setdefault(selector.strip().lower(), {}).update(style)
    return found


def is_gone(style: Style) -> bool:
    """Whether the text is not shown at all, as menus and dialogs are that may be opened."""
    if style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}:
        return True
    if style.get("clip-path", "").startswith(("inset(50%", "inset(100%", "circle(0")):
        return True
    if style.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px")):
        return True
    if style.get("transform", "").replace(" ", "") in {"scale(0)", "scalex(0)", "scaley(0)"}:
        return True
    sizes = (_pixels(style.get(name, "")) for name in ("width", "height", "max-height"))
    return style.get("overflow") == "hidden" and any(
        each is not None and each <= 1 for each in sizes
    )


def is_unseen(style: Style, behind: str) -> bool:
    """Whether the text is there and cannot be seen; *behind* is the colour it stands on."""
    size = _LENGTH.match(style.get("font-size", ""))
    if size and float(size[1]) < _TINY.get(size[2] or "", 0.0):
        return True
    opacity = _LENGTH.match(style.get("opacity", ""))
    if opacity and float(opacity[1]) / (100 if opacity[2] == "%" else 1) <= 0.05:
        return True
    if style.get("position") in {"absolute", "fixed", "relative"} and any(
        (_pixels(style.get(side, "")) or 0) <= -_FAR for side in ("left", "right", "top", "bottom")
    ):
        return True
    if (_pixels(style.get("text-indent", "")) or 0) <= -_FAR:
        return True
    colour = style.get("color", "")
    return colour == "transparent" or _alike(_colour(colour), _colour(behind))


def _pixels(length: str) -> float | None:
    match = _LENGTH.match(length)
    if match is None:
        return None
    return float(match[1]) * (16 if match[2] in {"em", "rem"} else 1)


def _alike(one: tuple[int, ...] | None, other: tuple[int, ...] | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _colour(written: str) -> tuple[int, ...] | None:
    word = written.partition(" ")[0] if written[:3] != "rgb" else written
    if word in _COLOURS:
        return _COLOURS[word]
    if re.fullmatch(r"#[0-9a-f]{3,4}", word):
        return tuple(int(each * 2, 16) for each in word[1:4])
    if re.fullmatch(r"#(?:[0-9a-f]{6}|[0-9a-f]{8})", word):
        return tuple(int(word[n : n + 2], 16) for n in (1, 3, 5))
    parts = re.findall(r"\d{1,3}", written[:40]) if written[:3] == "rgb" else []
    return tuple(map(int, parts[:3])) if len(parts) > 2 else None


def merged(styles: Iterable[Style]) -> dict[str, str]:
    """One style of several; the later ones win."""
    found: dict[str, str] = {}
    for style in styles:
        found.update(style)
    return found
