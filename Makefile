# Two commands matter: `make demo` and `make test`.  Each does all of its own set-up.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md LICENSE

.PHONY: demo test serve check house torture bench casebook train lint types lock clean help

help:
	@echo 'make demo   set up, read the Korea example, write its page and its briefing'
	@echo 'make serve  the same as a site on this machine only (http://127.0.0.1:8765)'
	@echo 'make test   set up, then lint, types, import contract, tests'
	@echo 'make check  lint, types and import contract alone'
	@echo 'make house  lines by room, functions, comments, docstrings, circles'
	@echo 'make torture  faults on purpose at every write, sync and rename: long'
	@echo 'make bench  what is measured: accuracy where gold data is at hand, and speed'
	@echo 'make casebook  solve past negotiations and set the answers beside what came (outcome known to the coder)'
	@echo 'make train  fit the gate of the reader again on the labelled texts (DRAGOMAN_TRAIN names the official ones)'
	@echo 'make lock   write the hashed requirements again'

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Dragoman needs Python 3.11 or newer; $(PYTHON) is older. Name another: make demo PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'This Python has no venv. On Debian and Ubuntu install it: apt install python3-venv'; exit 1; }
	@$(PYTHON) -m venv $(VENV) && touch $@

$(VENV)/.core: $(VENV)/.made requirements/core.txt
	@echo 'Setting up: the core packages (a minute or two the first time) ...'
	@$(PIP) install --no-deps --require-hashes -r requirements/core.txt && touch $@

$(VENV)/.installed: $(VENV)/.core $(SOURCES)
	@if [ -e $(VENV)/.editable ]; then true; \
	 else $(PIP) install --no-deps --no-build-isolation --force-reinstall . ; fi && touch $@

$(VENV)/.editable: $(VENV)/.core requirements/test.txt pyproject.toml
	@echo 'Setting up: the test tools ...'
	@$(PIP) install --no-deps --require-hashes -r requirements/test.txt
	@$(PIP) install --no-deps --no-build-isolation -e . && touch $@

demo: $(VENV)/.installed
	@$(BIN)/dragoman demo

serve: $(VENV)/.installed
	@$(BIN)/dragoman demo --serve

lint: $(VENV)/.editable
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.editable
	$(BIN)/mypy

test: lint types
	@sh tests/browser/install.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: lint types

house: $(VENV)/.editable
	@$(BIN)/python bench/house.py

torture: $(VENV)/.editable
	DRAGOMAN_TORTURE=1 $(BIN)/python -m pytest -n 2 tests/torture

bench: $(VENV)/.editable
	@$(BIN)/python bench/run.py

casebook: $(VENV)/.editable
	@$(BIN)/python bench/casebook.py

train: $(VENV)/.editable requirements/train.txt
	@$(PIP) install --require-hashes --no-deps -r requirements/train.txt
	$(BIN)/python train/lint.py
	$(BIN)/python train/figures.py --write
	OMP_NUM_THREADS=1 $(BIN)/python train/fit.py --hands --write
	$(BIN)/python bench/_docs.py

lock:
	uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url -q -o requirements/core.txt
	uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 --all-extras --group test \
	  --generate-hashes --no-emit-index-url -q -c requirements/core.txt -o requirements/test.txt
	uv pip compile requirements/train.in --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url -q -c requirements/core.txt -o requirements/train.txt

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
