# Two commands: `make demo` opens a demonstration service, `make test` proves the whole house.
# Needs Python 3.11 or later and make; everything else is set up here.

PYTHON ?= python3
ROOM ?= thistle
SPEED ?= 60
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --quiet --group build --extra forecast

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-forecast lock words docs pictures clean

help:  ## Lists what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/run  ## Opens a demonstration service (ROOM=insite, ROOM=own.toml, SPEED=60, FRESH=1)
	@$(BIN)/fristed rehearse "$(ROOM)" --home "demo/$(basename $(notdir $(ROOM)))" --speed "$(SPEED)" $(if $(FRESH),--fresh)

test: $(VENV)/dev check  ## Sets up and runs everything
	@$(BIN)/python tools/chromium.py
	@$(BIN)/python -m pytest -n 2 --dist worksteal --durations=25 --cov --cov-report=term:skip-covered || \
		(echo "Once more, one at a time: what failed beside other tests. What passes only now depends on load."; \
		$(BIN)/python -m pytest --last-failed --last-failed-no-failures none)

check: $(VENV)/dev  ## Format, lint, types, arrows
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/python tools/with_settings.py mypy
	@$(BIN)/lint-imports --no-cache > $(VENV)/arrows.txt || (cat $(VENV)/arrows.txt; false)

bench: $(VENV)/dev  ## Measures speed and writes docs/performance.md
	@$(BIN)/python -m bench

bench-forecast: $(VENV)/bench/run  ## Measures the forecast and writes docs/forecast/speed.md
	@$(VENV)/bench/bin/python -m bench.forecast

lock: | $(VENV)/bin/python  ## Writes the hash-locked requirements anew
	@$(BIN)/python -m pip install --quiet uv
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --group dev --output-file requirements-dev.txt
	@$(LOCK) --group bench --output-file requirements-bench.txt

words: $(VENV)/dev  ## Collects sentences to translate and compiles the catalogues
	@$(BIN)/python tools/words.py

pictures: $(VENV)/dev  ## Takes the pictures of the README from a rehearsal
	@$(BIN)/python -m tools.pictures

docs: $(VENV)/dev  ## Writes the generated pages of the manual
	@$(BIN)/python tools/with_settings.py python tools/manual.py

clean:  ## Removes what was set up here; your services stay
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		(echo "Fristed needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; false)
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		(echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; false)
	@echo "Setting up in $(VENV), once …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Fetching the libraries, half a minute or so …"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	@echo "Installing Fristed …"
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@echo "Compiling the languages …"
	@$(BIN)/python tools/words.py --compile-only
	@touch $@

$(VENV)/dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Fetching the libraries and the tools, a minute or so …"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@echo "Installing Fristed …"
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@echo "Compiling the languages …"
	@$(BIN)/python tools/words.py --compile-only
	@touch $@ $(VENV)/run

$(VENV)/bench/run: requirements-bench.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip install --quiet --require-hashes --requirement requirements-bench.txt
	@$(VENV)/bench/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
