# Two commands: `make run` serves the portal, `make test` proves it. Both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: run test lint types contracts unit browser format messages clean

run: .venv/installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demonstration
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) demonstration_staff
	@exec $(MANAGE) serve

test: .venv/tested lint types contracts unit browser

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MANAGE) makemigrations --check --dry-run

types: .venv/tested
	$(BIN)/mypy portal faq

contracts: .venv/tested
	$(BIN)/lint-imports

unit: .venv/tested
	$(BIN)/pytest -m "not browser" --numprocesses auto

browser: .venv/tested
	$(BIN)/python -m tests.browser.install
	$(BIN)/pytest -m browser tests/browser

format: .venv/tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: .venv/tested
	$(MANAGE) messages

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=/path/to/python3 make run"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/tested: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ .venv/installed

clean:
	rm -rf .venv var
