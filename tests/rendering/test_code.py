"""Whether Python does nothing but reckon."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.rendering.code import Rules, wrong

RULES = Rules(("math", "json", "re", "datetime", "collections"))


def kinds(text: str, rules: Rules = RULES) -> list[str]:
    return [each.kind for each in wrong(text, rules)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing but this",
        "import math\nprint(math.sqrt(2))",
        "from math import sqrt, pi as circle\nprint(sqrt(circle))",
        "x = [i * i for i in range(10) if i % 2]\nprint(sum(x), max(x))",
        "def f(n: int) -> int:\n    return 1 if n < 2 else n * f(n - 1)\nprint(f(5))",
        "print('{} {:>3} {name!r}'.format(1, 2, name=3), f'{4:.2f}')",
        "d = {'a': 1}\nfor k, v in d.items():\n    d[k] = v + 1",
        "class P:\n  def __init__(self, x):\n    self._x = x\n  def f(self):\n    return self._x",
        "import re\nprint(re.findall(r'\\d+', 'a1b2'))",
        "import datetime\nprint(datetime.datetime.now().strftime('%Y'))",
        "from collections import Counter\nprint(Counter('abc').most_common(1))",
        "try:\n    x = int('a')\nexcept ValueError as e:\n    print(e)\nfinally:\n    pass",
        "match [1, 2]:\n    case [a, *rest]: print(a, rest)\n    case {'k': v, **kw}: print(v, kw)",
        "def g():\n    yield 1\n    yield from [2]\nprint(list(g()))",
        "sorted([3, 1], key=lambda t: -t)[::-1]",
        "if __name__ == '__main__':\n    print((n := 5))",
    ],
)
def test_code_that_reckons_is_fine(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("import os", "import"),
        ("import json.codecs", "import"),
        ("from json import codecs", "import"),
        ("from json import *", "import"),
        ("from json import _default_decoder", "import"),
        ("from . import x", "import"),
        ("import math\nm = math", "import"),
        ("import json\n[json][0].codecs", "import"),
        ("import json\njson.codecs.open('x')", "attribute"),
        ("import json\njson.decoder.re.enum.sys", "attribute"),
        ("import datetime\n[datetime.sys]", "attribute"),
        ("sys = 1\nsys.sys", "attribute"),
        ("(1).sys.modules", "attribute"),
        ("().__class__", "attribute"),
        ("print.__self__", "attribute"),
        ("self = 1\nself._os", "attribute"),
        ("x = 1\nx._private", "attribute"),
        ("(x for x in [1]).gi_frame", "attribute"),
        ("def f():\n    yield\nf().gi_frame.f_back.f_globals", "attribute"),
        ("try:\n    1 / 0\nexcept Exception as e:\n    e.__traceback__.tb_frame", "attribute"),
        ("'{0.__class__}'.format(1)", "attribute"),
        ("'{0[a]}'.format(1)", "attribute"),
        ("'{:{0.a}}'.format(1)", "attribute"),
        ("f = '{0.a}'\nf.format(1)", "attribute"),
        ("str.format('{0.a}', 1)", "attribute"),
        ("'{a.b}'.format_map({})", "attribute"),
        ("match 1:\n    case int(__class__=c): pass", "attribute"),
        ("match 1:\n    case int(_x=c): pass", "attribute"),
        ("class A:\n    def __getattr__(s, n): pass", "attribute"),
        ("class A:\n    __match_args__ = ('x',)", "attribute"),
        ("import math as __builtins__", "attribute"),
        ("f'{().__class__}'", "attribute"),
        ("eval('1')", "name"),
        ("x = eval", "name"),
        ("def f():\n    eval = 1\neval('2')", "name"),
        ("for eval in [1]:\n    pass", "name"),
        ("def f(x=open): pass", "name"),
        ("@exec\ndef f(): pass", "name"),
        ("f'{open(1)}'", "name"),
        ("getattr(1, 'a')", "name"),
        ("type(1)", "name"),
        ("globals()", "name"),
        ("class A(metaclass=type): pass", "name"),
        ("with open('x') as f: pass", "name"),
        ("db.drop()", "name"),
        ("__import__('os')", "attribute"),
        ("async def f(): pass", "syntax"),
        ("def f(:", "unparsed"),
        ("\x00", "unparsed"),
        ("'\ud800'", "unparsed"),
        ("(" * 100 + ")" * 100, "too_deep"),
        ("x = 1\n" * 9_000, "too_long"),
    ],
)
def test_code_that_may_do_more_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_a_name_that_is_given_is_fine() -> None:
    rules = Rules(names=("rows", "open"))
    assert kinds("print(len(rows))", rules) == []
    assert kinds("open('x')", rules) == []


def test_a_module_within_a_module_may_be_listed() -> None:
    rules = Rules(("os.path",))
    assert kinds("import os.path as p\np.join('a')", rules) == []
    assert kinds("from os.path import join", rules) == []
    assert kinds("import os.path\nos.system('a')", rules) == ["import"]
    assert kinds("import os.path\nos.path.join('a')", Rules(("os", "os.path"))) == []


def test_nothing_is_allowed_unless_it_is_said() -> None:
    assert kinds("import math", Rules()) == ["import"]


def test_a_finding_says_where_it_is() -> None:
    text = "x = 'é'\nprint('ü', open('y'))"
    (found,) = wrong(text, RULES)
    assert text[found.start : found.end] == "open"


def test_the_parser_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert kinds("print('\\d', 1if 2else 3)") == []


@pytest.mark.parametrize(
    "text",
    [
        "-" * 19_000 + "1",
        "not " * 4_000 + "1",
        "1+" * 9_000 + "1",
        "a" + ".os" * 6_000,
        "lambda:" * 2_800 + "1",
        "x" + "[0]" * 6_000,
        "".join("\t" * depth + "if 1:\n" for depth in range(190)),
        "eval;" * 3_900,
        "f'{1}'" * 3_000,
        "9" * 19_000,
        "\n" * 19_000,
        "'" * 19_000,
        "\\" * 19_000,
        "1_" * 9_000,
        "[" * 59 + "]" * 59,
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    kinds(text)


def test_ten_megabytes_are_too_long() -> None:
    assert kinds("x = 1\n" * 1_700_000) == ["too_long"]


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    for each in wrong(text, RULES):
        assert 0 <= each.start <= each.end <= len(text)
