# Everything runs in .venv, made on first use and whenever the pinned requirements change.
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .make
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run setup test check format train retrain evaluate bench extension requirements clean

run: setup            ## start the server with the shipped model, and say what to do next
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory extension || echo "Going on without the extension."; \
	else echo "No Node found: the browser extension is not assembled. Install Node 20 or later, then: make extension"; fi
	@$(BIN)/unspun serve

setup: $(STAMPS)/run  ## make .venv with the `unspun` command

test: $(STAMPS)/dev $(STAMPS)/node browser extension check   ## install what tests need, check, run all tests
	$(BIN)/python -m pytest
	npm --silent test

check: $(STAMPS)/dev $(STAMPS)/node   ## format, lint, types and import contracts: what CI runs
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm --silent run lint
	npm --silent run types

format: $(STAMPS)/dev   ## put the code in its usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

train: $(STAMPS)/train  ## fetch texts by package name, train a model, measure it, make it the active one
	$(BIN)/unspun train

retrain: $(STAMPS)/train  ## teach the active model what you labelled; promoted only if it is better
	$(BIN)/unspun retrain

evaluate: $(STAMPS)/train  ## measure the active model again and write its card
	$(BIN)/unspun evaluate

bench: $(STAMPS)/train  ## speed against the usual scikit-learn pipeline, in one run
	$(BIN)/python -m benchmarks.speed

extension: $(STAMPS)/node  ## assemble dist/extension, the folder to load into the browser, and the zips for the stores
	@node extension/assemble.mjs

requirements:         ## pin the newest versions with hashes (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements.txt
	for extra in train dev; do uv pip compile pyproject.toml --extra $$extra --universal --python-version 3.11 \
	  --generate-hashes --no-header -c requirements.txt -o requirements-$$extra.txt; done

clean:                ## remove what was installed and assembled
	rm -rf .venv $(STAMPS) node_modules dist build *.egg-info

# Chromium and Firefox come from Debian's packages; test tools never download browsers of their own.
.PHONY: browser
browser:
	@sh tests/e2e/install-browsers.sh

$(STAMPS)/venv:
	@echo "Making .venv (once)..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "unspun needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(PIP) --upgrade pip
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements.txt pyproject.toml
	@echo "Installing the pinned requirements..."
	@$(PIP) --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(PIP) --no-deps --editable .
	@touch $@

$(STAMPS)/train: $(STAMPS)/run requirements-train.txt
	@$(PIP) --require-hashes -r requirements-train.txt
	@touch $@

$(STAMPS)/dev: $(STAMPS)/train requirements-dev.txt
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

$(STAMPS)/node: package.json package-lock.json
	@npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@
