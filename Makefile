# Two commands matter: `make run` and `make test`. Both set up .venv first.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
ARTIFACTS ?= artifacts
PORT ?= 8050
# The demonstration: what `make artifacts` rebuilds, with the same hashes.
DEMO_CLIENTS := 12000
DEMO_SEED := 2026

.PHONY: help setup run test check bench screens lock artifacts notebooks container tracking clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## make .venv with everything

$(VENV)/.ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; found " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	.ci/ensure-openmp $(BIN)/python
	touch $@

run: setup ## serve the dashboard on http://127.0.0.1:8050
	@echo "Scoring Dash: http://127.0.0.1:$(PORT)"
	$(BIN)/python -m scoring_dash serve --artifacts $(ARTIFACTS) --port $(PORT)

# Two processes share the tests. The notebooks run in a session of their own: what their kernels leave behind is no concern of the other tests.
test: setup ## run every test, in a real browser too, and the notebooks
	.ci/ensure-chromium
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal $(PYTEST_ARGS)
	$(if $(PYTEST_ARGS),,$(BIN)/python -m pytest --nbmake notebooks)

check: setup ## format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# BENCH_ARGS=--no-peers measures ours alone; see `python -m benchmarks.run --help`.
bench: setup $(if $(findstring --no-peers,$(BENCH_ARGS)),,.venv-peers/.ready) ## measure, beside peers; writes docs/benchmarks.md
	.ci/ensure-chromium
	$(BIN)/python -m benchmarks.run $(BENCH_ARGS)

# What ours is measured beside needs older versions of much: an environment of their own.
.venv-peers/.ready: requirements-peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --require-hashes -r requirements-peers.txt
	touch $@

screens: setup ## take the pictures of docs/screens
	.ci/ensure-chromium
	$(BIN)/python -m benchmarks.take_screens --artifacts $(ARTIFACTS)

artifacts: setup ## rebuild the shipped model and portfolio, same hashes
	rm -rf build/demo
	$(BIN)/python -m scoring_dash simulate --clients $(DEMO_CLIENTS) --seed $(DEMO_SEED) --out build/demo
	rm -rf artifacts
	$(BIN)/python -m scoring_dash train --data build/demo --artifacts artifacts --seed $(DEMO_SEED) --no-tracking

notebooks: setup ## run the notebooks and write their output in place
	$(BIN)/python notebooks/execute.py

# Everything is resolved together, so that the server is tested with the very versions that it will run.
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: ## pin and hash the dependencies anew
	$(COMPILE) --upgrade --extra data --extra training --extra test -o requirements-dev.txt pyproject.toml
	$(COMPILE) --upgrade --constraint requirements-dev.txt -o requirements.txt pyproject.toml
	$(COMPILE) --upgrade -o requirements-tracking.txt requirements-tracking.in
	$(COMPILE) --upgrade -o requirements-peers.txt requirements-peers.in

container: ## build the image and try it (root, Debian; see docs/deployment.md)
	.ci/container-smoke

# The pages of MLflow need older gunicorn and pyarrow than the rest: an environment of their own.
TRACKING_PORT ?= 5000
.venv-tracking/.ready: requirements-tracking.txt
	$(PYTHON) -m venv .venv-tracking
	.venv-tracking/bin/pip install --quiet --require-hashes -r requirements-tracking.txt
	touch $@

tracking: .venv-tracking/.ready ## show tracked runs and models on http://127.0.0.1:5000
	@test -f tracking/mlflow.db || { echo "No tracked run yet: train a model first (see docs/tracking.md)."; exit 1; }
	MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true .venv-tracking/bin/mlflow ui \
	  --backend-store-uri sqlite:///tracking/mlflow.db --host 127.0.0.1 --port $(TRACKING_PORT)

clean: ## remove what was made
	rm -rf $(VENV) .venv-tracking .venv-peers build
