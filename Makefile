# The verbs of the house. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check format bless docs patterns calibration notebooks bench results clean settle warm

VENV := .venv
BIN := $(VENV)/bin
OUT := runs/demo

# The first Python that fits; name another by `make setup PYTHON=/path/to/python3.12`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && { command -v "$$p"; break; }; done)
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

# Two stamps, so that whoever only wants the page does not wait for linters and test tools.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "cpsim needs Python 3.11 to 3.14 and found none. Install one, or say: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Creating $(VENV) with $(PYTHON)"
	@rm -rf $(VENV)
	@if [ -n "$(UV)" ]; then uv venv --quiet --python "$(PYTHON)" $(VENV); else "$(PYTHON)" -m venv $(VENV); fi \
	  || { rm -rf $(VENV); echo "This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }

$(VENV)/.core: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing cpsim and what it needs (about 0.7 GB, once)"
	@$(INSTALL) -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	@echo "Installing the tools for tests and checks"
	@$(INSTALL) -c constraints.txt -e ".[dev]"
	@touch $@

setup: $(VENV)/.dev  ## private environment in .venv with everything a developer needs

demo: $(VENV)/.core  ## run a typical team and say where the page is
	@$(BIN)/cpsim run cmht --out $(OUT) --force

# Two test processes would otherwise compile the same rules twice at the same time.
warm: $(VENV)/.dev
	@$(BIN)/python -c 'import cpsim; cpsim.run(cpsim.load("cmht").with_(weeks=1), replications=1, workers=1)'

test: $(VENV)/.dev warm  ## all tests but the slow ones; more options by ARGS="-k contact"
	@$(BIN)/python -m pytest -q -n 2 $(ARGS)

check: $(VENV)/.dev  ## format, lint, types, floors, house tests
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted; make format mends it."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q -m house

format: $(VENV)/.dev  ## format the code and mend what the linter can mend
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format .

settle: $(VENV)/.dev  ## remake the saved people from whom runs start; after any change of rules or numbers
	@$(BIN)/cpsim settle $(ARGS)

bless: $(VENV)/.dev warm  ## renew the snapshots; shows old, new and change against simulation error
	@$(BIN)/python -m tests.snapshots.bless

docs: $(VENV)/.dev  ## renew what the documents take from the code: parameters, tables of the ODD
	@$(BIN)/cpsim parameters --markdown > docs/parameters.md
	@$(BIN)/python docs/fill_tables.py
	@$(BIN)/python docs/fill_quotes.py

patterns: $(VENV)/.dev  ## hold the model against the patterns and renew the tables of docs/patterns.md; takes minutes
	@mkdir -p runs && $(BIN)/cpsim validate --with trial,pilot --json --out runs/patterns.json
	@$(BIN)/python docs/fill_patterns.py runs/patterns.json
	@$(BIN)/python docs/fill_quotes.py

calibration: $(VENV)/.dev  ## remake the set of settings that comes with cpsim (--ensemble shipped); takes an hour or more
	@$(BIN)/cpsim calibrate --retest 200 --retest-worlds 8 --out runs/calibration --yes $(ARGS)
	@cp runs/calibration/not_ruled_out.csv cpsim/experiments/not_ruled_out.csv

notebooks: $(VENV)/.dev warm  ## execute the notebooks and write them as pages into runs/notebooks; some by ARGS="01 07"
	@$(BIN)/python -m notebooks.make $(ARGS)

bench: $(VENV)/.dev  ## measure speed and remake the table in bench/; QUICK=1 for the essentials
	@$(BIN)/python -m bench.run $(if $(QUICK),--quick)

results: $(VENV)/.dev  ## remake the reference results kept in results/; takes about an hour, ARGS=NAME for one of them
	@$(BIN)/cpsim run cmht --out runs/results/cmht --force
	@cp runs/results/cmht/report.html results/cmht.html
	@$(BIN)/python -m results.make $(ARGS)

clean:  ## remove the environment and caches; runs/ stays
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage bench/scratch
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
