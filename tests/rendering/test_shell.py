"""Whether a command line runs what is allowed and nothing else."""

from __future__ import annotations

import gzip
import json
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib.rendering.shell import prefix, wrong
from guardrails_lib.rendering.shell_words import commands

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

ALLOW = (
    *(
        "git",
        "ls",
        "rg",
        "cat",
        "python manage.py",
        "find",
        "grep",
        "wc",
        "npm test",
        "pip",
        "curl",
    ),
    *(
        "echo",
        "tar",
        "sort",
        "head",
        "docker ps",
        "du",
        "date",
        "kubectl get",
        "cargo",
        "sed -n 5p",
    ),
)


def kinds(text: str, *allow: str, pipes: bool = False) -> list[str]:
    entries = [prefix(each) or () for each in allow or ALLOW]
    return [each.kind for each in wrong(text, entries, pipes=pipes)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "git status",
        "git log --oneline -n 5 -p",
        "git diff HEAD~1",
        "git commit -m 'Fix the bug (really) for $5'",
        "git --version",
        "ls -la /tmp",
        "ls 'my files' \"and yours\"",
        "rg -n 'def main' src",
        "python manage.py migrate --noinput",
        "find . -name '*.py' -type f",
        'grep -rn "TODO: fix" src/',
        "npm test",
        "pip list --outdated",
        "curl -sS 'https://example.com/a?b=c'",
        "tar -tzf a.tgz",
        "sort -rn data.txt",
        "date +%Y-%m-%d",
        "docker ps -a",
        "kubectl get pods -n prod",
        "sed -n 5p file.txt",
        "ls Grüße.txt",
        "  ls\t-l  ",
    ],
)
def test_a_plain_command_that_is_listed_is_fine(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("rm -rf /", "command"),
        ("/bin/ls", "command"),
        ("LS", "command"),
        ("git-shell", "command"),
        ("python evil.py", "command"),
        ("python -c 'x' manage.py", "command"),
        ("ls; id", "several"),
        ("ls && id", "several"),
        ("ls || id", "several"),
        ("ls | id", "several"),
        ("ls &", "several"),
        ("ls\nid", "several"),
        ("ls (id)", "several"),
        ("ls $HOME", "expansion"),
        ("ls ${IFS}x", "expansion"),
        ("ls $(id)", "expansion"),
        ("ls `id`", "expansion"),
        ('ls "$x"', "quoting"),
        ('ls "`id`"', "quoting"),
        ("ls $'a'", "expansion"),
        ("ls ~root", "expansion"),
        ("ls a=~root", "expansion"),
        ("ls *", "expansion"),
        ("ls a?", "expansion"),
        ("ls [ab]", "expansion"),
        ("ls {a,b}", "expansion"),
        ("ls !!", "expansion"),
        ("ls ^a", "expansion"),
        ('echo "a!b"', "quoting"),
        ("ls > x", "redirection"),
        ("ls < x", "redirection"),
        ("ls <(id)", "redirection"),
        ("A=b ls", "assignment"),
        ("=ls", "expansion"),
        ("ls 'a", "quoting"),
        ('ls "a', "quoting"),
        ("ls a\\ b", "quoting"),
        ("ls \\\nid", "quoting"),
        ("ls # id", "quoting"),
        ("ls\x00", "quoting"),
        ("ls 'a\x00b'", "quoting"),
        ("ls\x0bid", "quoting"),
        ("ls\u00a0id", "quoting"),
        ("ls\u2028id", "quoting"),
        ("ls \ud800", "quoting"),
    ],
)
def test_what_shells_put_something_else_for_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "find . -exec id",
        "find . -delete",
        "tar -xf a --checkpoint-action=exec=id",
        "tar -xf a --checkpoint-act=exec=id",
        "tar -I id -xf a",
        "tar -xIid -f a",
        "git -c core.pager=id log",
        "git -C /x log",
        "git --exec-path=x log",
        "git log --output=x",
        "git log --outp x",
        "git clone ext::id",
        "git clone -u id x",
        "git grep -Oid x",
        "git submodule add x",
        "rg --pre id x",
        "sort -o x y",
        "curl -so x y",
        "curl --output=x y",
        "pip install evil",
        "cargo run",
    ],
)
def test_a_listed_program_that_is_made_to_run_another_is_found(text: str) -> None:
    assert "runs_other" in kinds(text)


@pytest.mark.parametrize(
    "program", ["env", "xargs", "sudo", "bash", "python3", "awk", "ssh", "sed"]
)
def test_a_program_that_runs_others_is_fine_with_what_it_runs_alone(program: str) -> None:
    assert kinds(f"{program} id", program) == ["runs_other"]
    assert kinds(f"{program} -x id", f"{program} -x") == ["runs_other"]
    assert kinds(f"{program} id -x", f"{program} id") == []


def test_a_pipe_leads_from_what_is_listed_to_what_is_listed() -> None:
    assert kinds("ls | wc -l", pipes=True) == []
    assert kinds("ls|wc", pipes=True) == []
    assert kinds("ls | id", pipes=True) == ["command"]
    assert kinds("ls || wc", pipes=True) == ["several"]
    assert kinds("ls |& wc", pipes=True) == ["several"]
    assert kinds("ls |", pipes=True) == ["quoting"]
    assert kinds("| ls", pipes=True) == ["several"]
    assert kinds("ls | | wc", pipes=True) == ["several"]


def test_nothing_is_listed_unless_it_is_said() -> None:
    assert [each.kind for each in wrong("ls", (), pipes=False)] == ["command"]


def test_a_finding_says_where_it_is() -> None:
    text = "git log && id"
    (found,) = wrong(text, [("git",)], pipes=False)
    assert text[found.start : found.end] == "&"


@pytest.mark.parametrize("entry", ["", " ", "ls *", "ls; id", "ls '", "a | b"])
def test_an_entry_is_a_plain_command(entry: str) -> None:
    assert not prefix(entry)


@pytest.mark.parametrize(
    "text", ["'" * 9_999, "a " * 9_999, '"a"' * 6_000, "|" * 9_999, "-" * 9_999]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    assert kinds(text, pipes=True)
    assert kinds("git " + text, pipes=True) or text[0] in "a-\"'"


def test_ten_megabytes_are_too_long() -> None:
    assert kinds("ls " * 3_500_000) == ["too_long"]


@given(st.text(max_size=100), st.booleans())
def test_any_text_is_judged(text: str, pipes: bool) -> None:
    kinds(text, pipes=pipes)
    kinds("ls " + text, pipes=pipes)


SIGNS = "ab'\" \t$`\\~*?[]{}()<>|&;!#=:,.%+-/\n\r@^_é\u00a0"


@settings(max_examples=150)
@given(st.text(SIGNS, max_size=12))
def test_a_shell_reads_the_same_words(text: str) -> None:
    found, doubt = commands("printf %s, " + text, pipes=False)
    if doubt is None and (shell := shutil.which("sh")):
        ran = subprocess.run(
            [shell, "-c", "printf %s, " + text], capture_output=True, check=False, timeout=10
        )
        words = [word.text for word in found[0][2:]]
        assert ran.stderr == b""
        assert ran.stdout.decode() == ("".join(f"{word}," for word in words) or ",")
        assert shlex.split(text) == words


def payloads() -> list[str]:
    path = DATA / "out_patt_payloads" / "payloads.jsonl.gz"
    if not path.exists():
        pytest.skip("the data is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    return [each["payload"] for each in read if each["kind"] == "command"]


def test_a_payload_that_passes_is_one_plain_command() -> None:
    passed = [each for each in payloads() if not kinds(each, "ls", "cat", "ping")]
    assert passed
    for each in passed:
        program, *rest = each.split()
        assert program in {"ls", "cat", "ping"}
        assert all(set(word) <= {*"-/", *"abcdefghijklmnopqrstuvwxyz"} for word in rest)
