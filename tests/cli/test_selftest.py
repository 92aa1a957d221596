"""`python -m guardrails_lib selftest`: what it reads, what it writes, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from guardrails_lib.cli import main

CODE = "from guardrails_lib import *\nfrom guardrails_lib.checks import *\n"
GOOD = (
    'GOOD = Policy(name="good", input=(block(containing("hush")),), output=(redact(invisible()),))'
)
BAD = """
@check(known=lambda: Known(bad=["hush"], good=["hello"]))
def blind(text: str):
    '''Nothing.'''
    yield from ()

BAD = Policy(name="bad", input=(block(blind()), block(containing("hush"))))
"""
UNTESTED = """
@check
def bare(text: str):
    '''Nothing, and it says nothing of itself.'''
    yield from ()

UNTESTED = Policy(input=(block(bare()),))
"""


class Ended:
    """How the command ended, and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


class Shell:
    """A folder with code in it, and the command there."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capture, self._files = folder, capture, 0

    def file(self, *code: str, name: str = "") -> str:
        self._files += 1
        path = self.folder / (
            name or f"policies_{self.folder.name}_{self._files}.py".replace("-", "_")
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CODE + "\n".join(map(dedent, code)), encoding="utf-8")
        return str(path)

    def __call__(self, *arguments: str) -> Ended:
        self._capture.readouterr()
        code = main(["selftest", *arguments])
        out, err = self._capture.readouterr()
        return Ended(code, out, err)


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    monkeypatch.setattr(sys, "path", sys.path[:])
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    yield Shell(tmp_path, capsys)
    for name in set(sys.modules) - before:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(tmp_path)):
            del sys.modules[name]


def test_a_policy_that_guards_ends_with_nought(shell: Shell) -> None:
    target = f"{shell.file(GOOD)}:GOOD"
    ended = shell(target)
    assert (ended.code, ended.err) == (0, "")
    assert (
        ended.out
        == f"""\
{target}
  stage       rule                  found  left alone  verdict
  input       block containing        2/2         5/5  guards
  output      redact invisible        2/2         3/3  guards
2 rules: 2 guarding, 0 not guarding, 0 untested
"""
    )


def test_a_rule_that_does_not_guard_ends_with_one(shell: Shell) -> None:
    ended = shell(f"{shell.file(BAD)}:BAD")
    assert ended.code == 1
    assert "block blind             0/1         1/1  does not guard: it found nothing" in ended.out
    assert ended.out.endswith("2 rules: 1 guarding, 1 not guarding, 0 untested\n")


def test_a_rule_without_samples_is_told_and_does_not_fail(shell: Shell) -> None:
    ended = shell(shell.file(UNTESTED))
    assert ended.code == 0
    assert "untested: its check declares no samples" in ended.out
    assert ended.out.endswith("1 rule: 0 guarding, 0 not guarding, 1 untested\n")


def test_a_rule_without_samples_fails_where_one_is_strict(shell: Shell) -> None:
    assert shell("--strict", shell.file(UNTESTED)).code == 1


def test_without_a_name_all_that_has_rules_is_tested(shell: Shell) -> None:
    path = shell.file(
        GOOD,
        BAD,
        """
        AGAIN = GOOD
        _HIDDEN = Policy(name="hidden")
        GUARD = Guard(GOOD)

        @guard(GOOD)
        def ask(prompt: str) -> str:
            raise AssertionError("it is not called")

        NUMBER = 7
        """,
    )
    ended = shell(path)
    named = [line for line in ended.out.splitlines() if line.startswith(path)]
    assert named == [f"{path}:{each}" for each in ("GOOD", "BAD", "GUARD", "ask")]


def test_what_a_module_says_is_public_is_tested_alone(shell: Shell) -> None:
    ended = shell(shell.file(GOOD, BAD, '__all__ = ["GOOD"]'))
    assert ended.code == 0


def test_several_targets_are_tested(shell: Shell) -> None:
    ended = shell(f"{shell.file(GOOD)}:GOOD", f"{shell.file(BAD)}:BAD")
    assert ended.code == 1
    assert ended.out.endswith("4 rules: 3 guarding, 1 not guarding, 0 untested\n")


def test_a_name_may_have_dots(shell: Shell) -> None:
    path = shell.file(GOOD, "class Ours:\n    POLICY = GOOD")
    assert shell(f"{path}:Ours.POLICY").code == 0


def test_a_module_is_found_from_where_one_is(shell: Shell) -> None:
    shell.file(GOOD, name="ours_here.py")
    assert shell("ours_here:GOOD").code == 0


def test_a_file_of_a_package_is_read_as_a_part_of_it(shell: Shell) -> None:
    shell.file(name="ours_pack/__init__.py")
    shell.file(GOOD, name="ours_pack/words.py")
    path = shell.file("from .words import GOOD", name="ours_pack/deep.py")
    assert shell(f"{path}:GOOD").code == 0


def test_the_file_of_a_package_itself_is_read(shell: Shell) -> None:
    assert shell(f"{shell.file(GOOD, name='ours_whole/__init__.py')}:GOOD").code == 0


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        pytest.param(GOOD, ":NONE", "has no NONE", id="no such name"),
        pytest.param("NUMBER = 7", ":NUMBER", "is of type int: name a policy", id="no policy"),
        pytest.param("NUMBER = 7", "", "holds no policy", id="nothing there"),
        pytest.param("1 / 0", ":X", "cannot be imported: ZeroDivisionError", id="it breaks"),
        pytest.param("raise SystemExit(0)", ":X", "cannot be imported: SystemExit", id="it leaves"),
        pytest.param("import no_such_thing", ":X", "No module named", id="it lacks something"),
        pytest.param("def", ":X", "cannot be imported: SyntaxError", id="it is no Python"),
        pytest.param(
            "X = Policy(input=(block(longer_than(limit=9)), drop(uncited())))",
            ":X",
            "cannot be imported: PolicyError",
            id="its policy is wrong",
        ),
    ],
)
def test_what_cannot_be_read_ends_with_two(shell: Shell, code: str, name: str, said: str) -> None:
    ended = shell(shell.file(code) + name)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.startswith("selftest: ")
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("no_such_file.py:X", "no_such_file.py is no file"),
        ("no_such_module:X", "there is no module no_such_module"),
        ("guardrails_lib.no_such:X", "there is no module guardrails_lib.no_such"),
        ("no such:X", "neither a file"),
        ("", "neither a file"),
    ],
    ids=["no file", "no module", "no submodule", "no name of a module", "nothing"],
)
def test_a_target_that_is_not_there_ends_with_two(shell: Shell, target: str, said: str) -> None:
    ended = shell(target)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_a_file_that_another_module_hides_is_not_taken_for_it(shell: Shell) -> None:
    ended = shell(shell.file(GOOD, name="json.py"))
    assert ended.code == 2
    assert "is not what `import json` gives" in ended.err


def test_a_flow_is_to_be_taken_apart(shell: Shell) -> None:
    path = shell.file(
        GOOD,
        """
        from guardrails_lib.flows import fallback

        @guard(GOOD)
        def one(prompt: str) -> str: ...
        @guard(GOOD)
        def other(prompt: str) -> str: ...
        both = fallback(one, other)
        """,
    )
    assert shell(f"{path}:both").code == 2


def test_no_sample_and_no_parameter_is_written(shell: Shell) -> None:
    path = shell.file('P = Policy(input=(block(containing("hush-hush")), redact(secrets())))')
    for ended in (shell(path), shell("--json", path)):
        assert ended.code == 0
        assert "hush-hush" not in ended.out
        assert "ghp" not in ended.out


def test_what_is_written_may_be_json(shell: Shell) -> None:
    target = f"{shell.file(BAD)}:BAD"
    ended = shell("--json", target)
    told: dict[str, Any] = json.loads(ended.out)
    assert ended.code == 1
    assert (told["guards"], told["fails"], told["untested"]) == (1, 1, 0)
    (only,) = told["targets"]
    assert (only["target"], only["policy"], len(only["fingerprint"])) == (target, "bad", 16)
    assert [(each["place"], each["verdict"]) for each in only["rules"]] == [
        (0, "does not guard"),
        (1, "guards"),
    ]
    assert only["rules"][0] == {
        "stage": "input",
        "place": 0,
        "action": "block",
        "check": "blind",
        "verdict": "does not guard",
        "found": 0,
        "known_bad": 1,
        "left_alone": 1,
        "known_good": 1,
        "why": "it found nothing in what it is known to find",
    }


def test_it_is_run_from_a_shell(shell: Shell) -> None:
    target = f"{Path(shell.file(GOOD)).name}:GOOD"
    command = [sys.executable, "-m", "guardrails_lib", "selftest", target]
    ended = subprocess.run(command, cwd=shell.folder, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.endswith("2 rules: 2 guarding, 0 not guarding, 0 untested\n")


def test_it_needs_no_hypothesis(shell: Shell) -> None:
    shell.file(GOOD, name="ours_bare.py")
    code = (
        "import sys; sys.modules['hypothesis'] = None; from guardrails_lib.cli import main; "
        "sys.exit(main(['selftest', 'ours_bare:GOOD']))"
    )
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=shell.folder, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_command_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["no-such-command"])
    assert ended.value.code == 2
    assert "selftest" in capsys.readouterr().err
