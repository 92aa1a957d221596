"""The names that HTML has: those that show text, and those that do more."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ATTRIBUTES", "CONTENT", "NEVER", "OTHERS", "TAGS", "UNSAFE"]

_TAG_NAMES = """
a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small
span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
"""
TAGS = frozenset(_TAG_NAMES.split())
"""What shows text, tables, lists and pictures."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"dir", "lang", "title"}),
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"align", "colspan", "headers", "rowspan"}),
    "th": frozenset({"align", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}

_NEVER_NAMES = """
applet audio base body button canvas dialog embed fieldset form frame frameset head html iframe
image input isindex keygen link listing map area math meta noembed noframes noscript object
optgroup option output param plaintext portal script select slot source style svg template
textarea title track video xmp
"""
NEVER = frozenset(_NEVER_NAMES.split())
"""Tags that run, send, ask, or change how what follows is read."""

CONTENT = frozenset(_NEVER_NAMES.split()) - {"body", "button", "form", "head", "html", "label"}
"""Tags whose content is not a text to be shown, or is read by rules of its own."""

_OTHER_NAMES = """
acronym address article aside basefont bgsound big blink center command content data datalist dir
element figure font footer header hgroup legend main marquee menu menuitem meter multicol nav
nobr picture progress rb rtc search section shadow spacer summary tt
"""
OTHERS = frozenset(_OTHER_NAMES.split())
"""What else HTML has. A name that it does not have was meant to be read: ``List<String>``."""

_UNSAFE_NAMES = """
action background cite class classid code codebase content data dynsrc form formaction href id
is longdesc lowsrc manifest name nonce part ping poster slot src srcdoc srcset style target
usemap xlink:href xmlns
"""
UNSAFE = frozenset(_UNSAFE_NAMES.split())
"""Attributes that ask for something, lead somewhere, or take the name of what is of the page."""
