"""Modules with all their mutants in them, as mutmut makes them, loaded in place of the files."""

import difflib
import importlib
import importlib.util
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

__all__ = ["Mutant", "Mutated"]

SOURCE = Path(__file__).parents[1] / "src" / "guardrails_lib"

THEIRS = "from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict"
OURS = "from benchmarks.mutant_switch import switched as _mutmut_mutated, Mutants as MutantDict"
"""What calls the mutant that is alive; theirs reads the settings of a project."""


class Mutant(NamedTuple):
    """One change to one function."""

    module: str
    name: str
    diff: str

    @property
    def function(self) -> str:
        """The function that is changed, by the name that `mutant_switch` has for it."""
        return f"{self.module}.{self.name.rpartition('__mutmut_')[0]}"


class Mutated(MetaPathFinder):
    """Finds the modules of *files* with their mutants in them."""

    def __init__(self, files: Sequence[str]) -> None:
        self.code: dict[str, str] = {}
        self.mutants: list[Mutant] = []
        for file in files:
            module = f"guardrails_lib.{file}"
            self.code[module], mutants = _mutated(module, _path(module))
            self.mutants += mutants

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How such a module is loaded."""
        if name not in self.code:
            return None
        loader = _Loader(name, str(_path(name)), self.code[name])
        return importlib.util.spec_from_file_location(name, loader.path, loader=loader)


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, code: str) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.code, self.path, "exec", dont_inherit=True)


def _path(module: str) -> Path:
    return SOURCE / f"{module.rpartition('.')[2]}.py"


def _mutated(module: str, path: Path) -> tuple[str, list[Mutant]]:
    """The code of a module with all mutants of its functions, and a list of them."""
    made = _mutmut().mutate_file_contents(str(path), path.read_text("utf-8"))
    code = made.code.replace(THEIRS, OURS)
    lines = code.splitlines(keepends=True)

    def body(name: str) -> list[str]:
        span = made.line_span_by_function_name[name]
        plain = name.rpartition("__mutmut_")[0]
        return [line.replace(name, plain) for line in lines[span.start - 1 : span.end]]

    mutants = []
    for name in made.mutant_names:
        was = body(f"{name.rpartition('_')[0]}_orig")
        diff = [*difflib.unified_diff(was, body(name), n=1)][3:]
        mutants.append(Mutant(module, name, "".join(diff)))
    return code, mutants


def _mutmut() -> Any:
    try:
        return importlib.import_module("mutmut.mutation.file_mutation")
    except ImportError as problem:
        raise ImportError("mutants need mutmut: pip install mutmut==3.8.1") from problem
