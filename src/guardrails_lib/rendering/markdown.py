"""What links, shows, or is HTML in a text of Markdown, and where that is written.

It is read as CommonMark with tables and strikethrough, as markdown-it reads it. Where in the
text the parts of a line are, no parser of Markdown says, so its rules are watched.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeAlias

try:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
except ImportError as missing:
    raise ImportError(
        'to read Markdown needs markdown-it-py: pip install "guardrails-lib[output]"'
    ) from missing

__all__ = ["LONGEST", "MAY_BE", "Part", "Unplaced", "parts"]

Kind: TypeAlias = Literal["auto", "block", "code", "definition", "html", "image", "link"]
Rule: TypeAlias = Callable[[StateInline, bool], bool]

LONGEST = 200_000
"""So many characters are read."""

DEEPEST = 60
"""So many quotes, lists and emphases may stand in each other."""

MOST_BRACKETS = 2_000
"""With more of them that stay open, reading takes a time that grows with their square."""

MAY_BE = re.compile(r"<[a-zA-Z/!?]|\][ \t]?[(\[:]|://|www\.", re.IGNORECASE)
"""Without one of these there is neither link nor image nor HTML, unless it is defined elsewhere."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_CODE_BLOCKS = frozenset({"fence", "code_block"})
_OPENS = {
    "link": "link_open",
    "image": "image",
    "autolink": "link_open",
    "html_inline": "html_inline",
    "backticks": "code_inline",
}
"""The rules to be watched, and the token that each writes."""


class Unplaced(ValueError):
    """A text of which nobody says what is where; the message quotes nothing of it."""


class Part(NamedTuple):
    """What is written from *start* to *end*."""

    kind: Kind
    start: int
    end: int
    address: str = ""
    said: tuple[int, int] | None = None
    """Where the words of a link are."""
    alt: str = ""
    """What an image says where it is not shown."""


class _Lines:
    """A text by its lines."""

    __slots__ = ("plain", "starts", "text", "texts")

    def __init__(self, text: str) -> None:
        self.text = text = text.replace("\0", "\ufffd")  # as markdown-it does
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self.texts = _LINE_END.split(text)
        self.plain = "\n".join(self.texts)

    def place(self, first: int, after: int) -> tuple[int, int]:
        """Where the lines from *first* up to *after* are, without what ends the last."""
        last = min(after, len(self.texts)) - 1
        return self.starts[first], self.starts[last] + len(self.texts[last])

    def first(self, mark: str, start: int) -> int:
        """Where *mark* is, from *start* on, if it is anywhere."""
        return max(self.text.find(mark, start), start)


def parts(text: str) -> list[Part]:
    """What links, shows or is HTML in *text*, as it is written there, and the code beside it.

    >>> [(part.kind, part.address) for part in parts("See [this](http://x.test) and `that`.")]
    [('link', 'http://x.test'), ('code', '')]
    """
    if len(text) > LONGEST or text.count("[") > MOST_BRACKETS:
        raise Unplaced("it is longer than what is read")
    lines = _Lines(text)
    known: dict[str, object] = {}
    try:
        tokens = _reader().parse(lines.plain, known)
    except RecursionError:
        raise Unplaced("its parts stand in each other too deep") from None
    found = [*_definitions(known, lines)]
    cells: dict[int, int] = {}
    for token in tokens:
        if token.level > DEEPEST:
            raise Unplaced("its parts stand in each other too deep")
        if token.type == "code_block" and token.level:
            continue  # in a list; how far it must be indented, readers do not agree
        if token.type == "html_block" or token.type in _CODE_BLOCKS:
            start, end = lines.place(*_map(token))
            if token.type == "html_block":
                start += len(text[start:end]) - len(text[start:end].lstrip(" \t>"))
            found.append(Part("block" if token.type == "html_block" else "code", start, end))
        elif token.type == "inline":
            found += _inline(token, lines, cells)
    return found


def _map(token: Token) -> tuple[int, int]:
    if token.map is None:
        raise Unplaced("nobody says where a part of it is")
    return token.map[0], token.map[1]


def _inline(token: Token, lines: _Lines, cells: dict[int, int]) -> Iterator[Part]:
    """The parts of a paragraph, heading or cell."""
    placed = [each for each in token.children or () if "at" in each.meta]
    if not placed and "|" not in lines.texts[_map(token)[0]]:
        return
    place = _places(token, lines, cells, needed=bool(placed))
    for each in placed:
        start, end, said = each.meta["at"]
        kind: Kind = "code"
        if each.type == "link_open":
            kind = "link" if said else "auto"
        elif each.type == "image":
            kind = "image"
        elif each.type == "html_inline":
            kind = "html"
        yield Part(
            kind,
            place(start),
            place(end - 1) + 1,
            str(each.attrs.get("src" if kind == "image" else "href", "")),
            (place(start + 1), place(said - 1) + 1 if said > start + 1 else place(start + 1))
            if said
            else None,
            _alt(each) if kind == "image" else "",
        )


def _places(
    token: Token, lines: _Lines, cells: dict[int, int], *, needed: bool
) -> Callable[[int], int]:
    """Where in the text the characters of what *token* holds are.

    That is the text of its lines without what stands before and after, line by line.
    """
    first, after = _map(token)
    written = token.content.split("\n")
    starts, places = [], []
    at = 0
    for n, said in enumerate(written):
        line = first + n
        bare = said.strip()
        if line >= len(lines.texts) or (line >= after and bare):
            raise Unplaced("nobody says where a part of it is")
        there = _where(bare, lines.texts[line], cells.get(line, 0))
        if there < 0:
            if needed:
                raise Unplaced("nobody says where a part of it is")
            there = cells.get(line, 0)
        elif "|" in lines.texts[line]:
            cells[line] = there + len(bare)
        starts.append(at + len(said) - len(said.lstrip()))
        places.append(lines.starts[line] + there)
        at += len(said) + 1

    def place(offset: int) -> int:
        line = max(bisect_right(starts, offset) - 1, 0)
        return places[line] + max(offset - starts[line], 0)

    return place


def _where(said: str, line: str, after: int) -> int:
    """Where *said* is in *line*: at its end, or where a heading or a cell has it."""
    bare = line.rstrip()
    if not after and bare.endswith(said):
        return len(bare) - len(said)
    there = line.find(said, after)
    return there if not line[after:there].strip(" \t|#>-+*0123456789.)") else -1


def _alt(token: Token) -> str:
    """The words within an image, without marks."""
    within = token.children or ()
    return "".join(_alt(each) if each.type == "image" else each.content for each in within)


def _definitions(known: dict[str, object], lines: _Lines) -> Iterator[Part]:
    """Lines such as ``[label]: address``."""
    references, doubles = known.get("references"), known.get("duplicate_refs")
    listed = [*references.values()] if isinstance(references, dict) else []
    for each in (*listed, *(doubles if isinstance(doubles, list) else ())):
        start, end = lines.place(*each["map"])
        yield Part("definition", lines.first("[", start), end, each["href"])


@functools.cache
def _reader() -> MarkdownIt:
    """Reads every address as it is written, also those that a browser should not be given."""
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST * 2})
    made.enable(["table", "strikethrough"])
    made.validateLink = _any  # type: ignore[assignment, method-assign]  # as its documentation says
    made.normalizeLink = _as_written  # type: ignore[assignment, method-assign]  # as above
    made.core.ruler.at("inline", _within)
    for rule in made.inline.ruler.__rules__:
        if rule.name in _OPENS:
            made.inline.ruler.at(rule.name, _watched(rule.fn, _OPENS[rule.name]))
    return made


def _within(state: StateCore) -> None:
    """Read the lines that may hold a part: most do not, and to read one takes long."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            referred = "references" in state.env and "[" in token.content
            if referred or MAY_BE.search(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _any(address: str) -> bool:
    del address
    return True


def _as_written(address: str) -> str:
    return address


def _watched(rule: Rule, opens: str) -> Rule:
    """*rule*, which notes on the token that it writes where that was written."""

    def look(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if silent:
            return True
        for token in state.tokens[before:]:
            if token.type == opens:
                bracket = opens == "link_open" and state.src[start] == "["
                said = state.md.helpers.parseLinkLabel(state, start, True) if bracket else 0
                token.meta = {"at": (start, state.pos, said)}
                break
        return True

    return look
