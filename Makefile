# kehoach: every target makes its own environment first (.venv), and makes it anew when requirements.lock changes.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help crawl health extract serve eval accuracy floors schema test lint bench clean lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA ?= data
PORTALS ?=
KEEP ?= 7
SINCE ?=
UNTIL ?=
QUIET ?=
SWEEP ?=
GOLD ?= corpus/gold
# Annotated real texts are not ours to publish; where they lie beside the checkout, they are measured too.
REAL ?= $(wildcard ../shared/gold/dev.jsonl)

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "kehoach needs Python 3.11, 3.12 or 3.13; name one with: make PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Setting up $(VENV) (once; a few minutes when the packages must be downloaded)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# SINCE=2024-01-01 UNTIL=2024-12-31 for a period, SWEEP=1 for a full sweep, QUIET=07:00-18:00 for hours without requests
HOW = $(if $(SINCE),--since "$(SINCE)") $(if $(UNTIL),--until "$(UNTIL)") $(if $(SWEEP),--sweep) \
  $(if $(QUIET),--quiet-hours "$(QUIET)")

crawl: $(STAMP) ## collect posts: the sample portal, or PORTALS=id,id or PORTALS=all; SINCE=2024-01-01 UNTIL=… for a period
	@$(BIN)/kehoach crawl --data "$(DATA)" --portals "$(PORTALS)" $(HOW)

health: $(STAMP) ## show how each portal fares (also DATA/health.html)
	@$(BIN)/kehoach health --data "$(DATA)"

extract: $(STAMP) ## read what was collected into data/plans.db
	@$(BIN)/kehoach extract --data "$(DATA)"

nightly: $(STAMP) ## crawl, extract, check, publish, back up, report: for a timer (docs/nightly.md)
	@$(BIN)/kehoach nightly --data "$(DATA)" --portals "$(PORTALS)" --keep "$(KEEP)" $(HOW)

serve: $(STAMP) ## open the database in Datasette
	@$(BIN)/kehoach serve --data "$(DATA)"

eval: $(STAMP) ## score the extraction: GOLD=file.jsonl or corpus/gold
	@$(BIN)/kehoach eval "$(GOLD)"

accuracy: $(STAMP) ## write the README's table of accuracy anew
	@for gold in corpus/gold $(REAL); do $(BIN)/kehoach eval --json "$$gold"; done \
	  | $(BIN)/python -m corpus.accuracy README.md "sample posts" $(if $(REAL),"real texts")

floors: $(STAMP) ## raise the accuracy floors to what is reached now
	@$(BIN)/kehoach eval --json corpus/gold | $(BIN)/python -m corpus.floors sample corpus/gold
	@$(if $(REAL),$(BIN)/kehoach eval --json "$(REAL)" | $(BIN)/python -m corpus.floors dev "$(REAL)")

schema: $(STAMP) ## write the JSON Schemas and the tables of the record and the database anew
	@$(BIN)/python -m schema.published docs
	@$(BIN)/python -m schema.documentation docs

test: $(STAMP) lint ## run the linters, the type checker and the tests
	@$(BIN)/python -m pytest

lint: $(STAMP) ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(STAMP) ## measure speed and memory, as ratios in one run
	@$(BIN)/python -m benchmarks.run
	@$(BIN)/python -m benchmarks.database

lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --output-file requirements.lock

clean: ## remove the environment and caches; collected data stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
