# Needs python3 (3.11 or newer) with pip, and nothing else. Everything is installed inside this folder:
# uv into .tools/, the locked packages into .venv/. The two stamps say which packages are there, so that
# a second start installs nothing.

PYTHON ?= python3
RUN := .venv/bin/python
SEEDS ?= 1000
RUNTIME := .venv/.runtime
DEV := .venv/.dev

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

# Where Python is told to keep no bytecode, every process would compile Rhythm and its packages again: a second each.
unexport PYTHONDONTWRITEBYTECODE

NO_PYTHON = Rhythm needs Python 3.11 or newer, and there is no $(PYTHON) here: install it, then run make again.
OLD_PYTHON = Rhythm needs Python 3.11 or newer, and $(PYTHON) is older: name a newer one, as in `make run PYTHON=python3.12`.
NO_PIP = $(PYTHON) has no pip: install it (on Debian and Ubuntu: apt-get install python3-pip), then run make again.
READ_ONLY = Rhythm installs its packages inside this folder, and it cannot be written to: use a copy that is yours.

# uv keeps its cache at home; a user without a home does without a cache.
CACHE = $(shell test -w "$$HOME" || echo --no-cache)

# $(call stop,SENTENCE): says it and fails.   $(call quietly,COMMAND): shows what the command printed only if it fails.
stop = { printf '%s\n' '$(1)' >&2; exit 1; }
quietly = output=$$($(1) 2>&1) || { printf '%s\n' "$$output" >&2; exit 1; }

.PHONY: help run serve test check both pytest fmt bench bench-outcomes bench-decisions bench-burst bench-ticks bench-acks \
	simulate faults screenshots docker clean ruff mypy imports

help:
	@echo 'make …'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) ## start Rhythm: in your workspace with Slack tokens in .env, in a local sandbox without
	@$(RUN) -m bot run

serve: $(RUNTIME) ## start Rhythm for your workspace; says what is missing in .env
	@$(RUN) -m bot serve

test: $(DEV) ## run every check and every test, on SQLite and PostgreSQL
	@$(MAKE) --no-print-directory --keep-going --jobs=2 ruff mypy imports pytest

check: $(DEV) ## run the fast checks only: style, types and the direction of imports
	@$(MAKE) --no-print-directory --keep-going ruff mypy imports

both: $(DEV) ## run the tests only, every one that needs a database on SQLite and on PostgreSQL
	@$(MAKE) --no-print-directory pytest T='--both $(T)'

pytest: $(DEV) ## run the tests only; choose some with T, as in make pytest T='-k checkin'
	@$(RUN) -m pytest -n 3 --dist loadfile --no-loadscope-reorder -rs --no-fold-skipped $(T)

fmt: $(DEV) ## put the code in the house style
	@$(RUN) -m ruff check --fix --quiet
	@$(RUN) -m ruff format

bench: bench-outcomes bench-decisions bench-burst bench-ticks bench-acks ## measure everything; takes hours (bench-burst and the like measure one part)

bench-outcomes: $(DEV) ## measure what a large workspace costs against a small one; takes a quarter of an hour
	@$(RUN) -m tests.benchmarks.outcomes $(T)

bench-decisions: $(DEV) ## measure what 50,000 decisions cost against 500; takes five minutes
	@$(RUN) -m tests.benchmarks.decisions $(T)

bench-burst: $(DEV) ## measure a burst: everybody due in the same minute
	@$(RUN) -m tests.benchmarks.burst $(T)

bench-ticks: $(DEV) ## measure what the passing of time costs among a million people
	@$(RUN) -m tests.benchmarks.ticks $(T)

bench-acks: $(DEV) ## measure how soon commands are acknowledged during a burst
	@$(RUN) -m tests.benchmarks.acks $(T)

simulate: $(DEV) ## live SEEDS lives of deliveries under faults and kills; docs/simulation.md
	@$(RUN) -m tests.simulation --seeds $(SEEDS) $(T)

faults: $(DEV) ## kill replicas a thousand times while all around them fails, and count; takes ten minutes
	@$(RUN) -m tests.storm $(T)

screenshots: $(DEV) ## take the README's pictures again, from the sandbox
	@$(RUN) -m tests.browser.screenshots

docker: ## build the container image, named rhythm
	@docker build --tag rhythm .

clean: ## remove what was installed and cached; what Rhythm remembers, in var/, stays
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find bot migrations tests -name __pycache__ -prune -exec rm -rf {} +

ruff: $(DEV)
	@$(RUN) -m ruff check --quiet
	@$(RUN) -m ruff format --check --quiet

mypy: $(DEV)
	@$(RUN) -m mypy

imports: $(DEV)
	@$(RUN) .venv/bin/lint-imports --no-logo

$(RUNTIME): pyproject.toml uv.lock | .tools/bin/uv
	@echo 'Installing the packages Rhythm needs …'
	@$(call quietly,.tools/bin/uv sync --locked --no-dev --inexact --python $(PYTHON) $(CACHE))
	@touch $@

$(DEV): pyproject.toml uv.lock | .tools/bin/uv
	@echo 'Installing the packages Rhythm and its tests need …'
	@$(call quietly,.tools/bin/uv sync --locked --compile-bytecode --python $(PYTHON) $(CACHE))
	@touch $(RUNTIME) $@

.tools/bin/uv:
	@command -v $(PYTHON) >/dev/null || $(call stop,$(NO_PYTHON))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || $(call stop,$(OLD_PYTHON))
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || $(call stop,$(NO_PIP))
	@test -w . || $(call stop,$(READ_ONLY))
	@echo 'Installing uv, which installs the rest …'
	@$(call quietly,$(PYTHON) -m pip install --disable-pip-version-check --target .tools 'uv>=0.13')
