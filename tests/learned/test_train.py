"""The weights that ship are what the program makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from guardrails_lib.learned import train
from guardrails_lib.learned.weights import digest, learned, read


@pytest.mark.parametrize("detector", ["names", "injection"])
def test_a_slice_teaches_what_it_taught_when_the_weights_were_made(detector: str) -> None:
    made = learned(detector).about["slice"]
    assert digest(train.of_slice(detector)) == made, "train again: what it learns from has changed"


def test_what_the_shell_asks_for_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train, "trained", lambda *_: learned("names"))
    to = tmp_path / "new.weights"
    train.main(["names", "--data", "nowhere", "--to", str(to)])
    assert capsys.readouterr().out == f"{to}\n"
    assert digest(read(to)) == digest(learned("names"))


def test_data_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        train.main(["names", "--data", str(tmp_path), "--to", str(tmp_path / "x")])
    assert ended.value.code == 2
    assert "train.jsonl.gz: No such file or directory; --data names" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_names_are_not_learned_without_faker() -> None:
    code = (
        "import sys\nsys.modules['faker'] = None\n"
        "from guardrails_lib.learned import train\ntrain.main(['names'])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert 'need faker: pip install "guardrails-lib[synthetic]"' in ended.stderr
    assert "Traceback" not in ended.stderr
