# Two commands: `make run` shows the job on the sample, `make test` runs every check.
# Either sets up what it needs in .venv, once; constraints.txt pins every version (and torch's CPU build).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: run test lint types layers tests bytecode clean constraints

run: $(VENV)/.ready bytecode
	$(BIN)/digest run sample_data/articles --output out/
	PAGER=cat $(BIN)/digest show out/digests.jsonl
	@echo "The result: out/digests.jsonl"

test: $(VENV)/.ready-test lint types layers tests

lint: $(VENV)/.ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-test
	$(BIN)/mypy

layers: $(VENV)/.ready-test
	$(BIN)/lint-imports

tests: $(VENV)/.ready-test bytecode
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup --cov --cov-report term:skip-covered --cov-fail-under 95

# Where Python is told to write no bytecode, as in many containers, each start would compile every module anew.
bytecode: $(VENV)/.ready
	$(BIN)/python -m compileall -q src

# torch goes first and alone: asked for by another package, pip may choose a build for graphics cards.
$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or newer; try: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) torch
	$(PIP) --editable .
	touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(PIP) --editable '.[test]'
	touch $@

# Pins the versions of the environment as it stands, after an upgrade that passed the tests.
constraints: $(VENV)/.ready-test
	$(BIN)/python -m pip --disable-pip-version-check freeze --exclude-editable | sed 's/+cpu//' > constraints.txt

clean:
	rm -rf $(VENV) out
