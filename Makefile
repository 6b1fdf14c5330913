# make demo   set up what is needed, then show the first check in the browser
# make test   every test, with a real Neo4j and a real browser
# make check  lint, format, types, architecture; what the browser gets is what its source gives
# make pages  build what the browser gets, from frontend/ (Node 18+ and npm)
# make bench  what questions cost on large networks, beside networkx; half an hour
# make lock   resolve the pinned dependencies anew (make lock UPGRADE=--upgrade: the newest allowed)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=
UPGRADE ?=
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url \
	--custom-compile-command "make lock" $(UPGRADE)

BUILT = valuechain/web/static/built

BENCHMARKS = structure failures audits analyses systemic_risk fixes questions suggestions regions consortia needs explorer pages

.PHONY: demo test check pages bench lock

demo: $(VENV)/.runtime
	$(BIN)/valuechain demo

test: $(VENV)/.dev
	$(BIN)/pytest --require-neo4j --require-browser --cov --cov-fail-under=95 $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) pages
	git diff --exit-code -- $(BUILT)

pages:
	npm --prefix frontend ci --silent --no-fund --no-audit
	npm --prefix frontend run --silent check
	npm --prefix frontend run --silent build

bench: $(VENV)/.dev
	for one in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$one || exit; done

lock: $(VENV)/.dev
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Stamps: an install is repeated only when a lock file or the entry points may have changed.
$(VENV)/.runtime: requirements.txt pyproject.toml geometry/pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable . --editable ./geometry
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@
