# Everything a fresh machine needs is Python 3.11 or newer and make.
#   make demo    five calls of a support bot, and how each ends
#   make test    all tests, the docs and the docstrings
#   make test-app    the example application of the docs, in an environment of its own
#   make test-sdks   SDKs that cannot be installed together, each in an environment of its own

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
READY := $(VENV)/.ready

.PHONY: help demo test test-app test-sdks lint types bench mutants clean

help:
	@echo "make demo | test | test-app | test-sdks | lint | types | bench | mutants | clean"

demo: $(READY)
	@$(RUN) demo

test: $(READY)
	@$(RUN) pytest -n auto

test-app:
	@$(PYTHON) tests/app/as_its_users_would.py

test-sdks:
	@$(PYTHON) tests/sdks/in_environments.py

lint: $(READY)
	@$(RUN) ruff check
	@$(RUN) ruff format --check

types: $(READY)
	@$(RUN) mypy
	@$(RUN) pyright

bench: $(READY)
	@$(RUN) benchmarks.overhead
	@$(RUN) benchmarks.import_time
	@$(RUN) benchmarks.pii
	@$(RUN) benchmarks.pii_parts
	@$(RUN) benchmarks.parity 1000 1
	@$(RUN) benchmarks.schema
	@$(RUN) benchmarks.against_instructor
	@$(RUN) benchmarks.repair_cases
	@$(RUN) benchmarks.hostile
	@$(RUN) benchmarks.secrets_recall
	@$(RUN) benchmarks.topics
	@$(RUN) benchmarks.answers
	@$(RUN) benchmarks.models
	@$(RUN) benchmarks.cascade
	@$(RUN) benchmarks.laws
	@$(RUN) benchmarks.learned

# mutmut makes the mutants; it is wanted for nothing else.
mutants: $(READY)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check "mutmut==3.8.1"
	@$(RUN) benchmarks.mutants

clean:
	rm -rf $(VENV) .venv-app .venv-sdks

# Installed once, and again when the dependencies change. For another Python: make clean first.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("PYTHON=%s is Python %d.%d: 3.11 or newer is needed" % ("$(PYTHON)", *sys.version_info[:2]) if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV), once."
	@test -x $(VENV)/bin/pip || $(PYTHON) -m venv --clear $(VENV)
	@$(RUN) pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@
