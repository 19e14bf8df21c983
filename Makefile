# Two commands do the set-up: `make demo` runs the main job on the bundled data, `make test` installs what the tests need.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
NODE := $(shell npm --version >/dev/null 2>&1 && node --version 2>/dev/null)
APP := viz/map/app
VENV := .venv
LOWEST := $(VENV)/lowest
# one part for each library: cells, networks, stores, frames, workbooks, Word files, the terminal
LOWEST_TESTS := tests/loaders/files/test_workbooks.py tests/graph/measures/test_betweenness.py tests/graph/store/test_store.py \
	tests/graph/tables tests/viz/report/test_workbook.py tests/viz/paper tests/cli/shell/test_tables.py tests/loaders/values/test_names.py
PY := $(VENV)/bin/python
SOURCES := src/tsunagari ontology loaders graph viz

ifdef UV
INSTALL = uv pip install --quiet --compile-bytecode --python $(PY)
else
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check
endif

.DEFAULT_GOAL := help
.PHONY: help demo test lowest check page bench fuzz dist lock format system servers clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found on PATH (set PYTHON=/path/to/python3)." >&2; exit 1; }
ifdef UV
	uv venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV)
else
	"$(PYTHON)" -m venv $(VENV)
endif

$(VENV)/.run: requirements/run.lock pyproject.toml | $(PY)
	@echo "Installing Tsunagari and its libraries into $(VENV) ..."
	$(INSTALL) --require-hashes --no-deps -r requirements/run.lock
	$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	@echo "Installing what tests and checks need into $(VENV) ..."
	$(INSTALL) --require-hashes --no-deps -r requirements/dev.lock
	@touch $@

demo: $(VENV)/.run ## build the bundled graph, show gaps and brokers, write out/map.html, out/report.xlsx, out/graph.ttl
	$(VENV)/bin/tsunagari demo --output out

system: ## install the browser, the fonts and the office program the tests use, where the machine allows it
	@bash scripts/install_system_packages.sh

servers: system ## fetch the database servers the tests talk to, where Java and Maven are there
	@bash scripts/fetch_servers.sh

test: $(VENV)/.dev system servers ## run the tests
	@if npm --version >/dev/null 2>&1; then cd $(APP) && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent; }; fi
	$(PY) -m pytest -q -n auto --dist loadfile

# The oldest Python of the range reads wheels of that age; where it is missing, the one at hand has to do.
$(LOWEST)/.run: requirements/lowest.lock pyproject.toml
	@python="$$(command -v python3.11 || true)"; { [ -n "$$python" ] && "$$python" -c ''; } 2>/dev/null || python="$(PYTHON)"; "$$python" -m venv $(LOWEST)
	@echo "Installing the lowest versions of the ranges into $(LOWEST) ..."
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/lowest.lock
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

lowest: $(LOWEST)/.run ## run the demo and a part of the tests with the lowest versions of every library
	$(LOWEST)/bin/tsunagari -q demo --output $(LOWEST)/out
	$(LOWEST)/bin/python -m pytest -q -p no:cacheprovider -W default $(LOWEST_TESTS)

check: $(VENV)/.dev ## run ruff, the formatter, mypy, the dependency contracts, the signs of the house and the licences
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) scripts/signs.py
	$(PY) scripts/licences.py
	@$(MAKE) --no-print-directory page

# Users need no Node: what they run is committed, and here it is compared with what its sources give.
page: ## check the TypeScript of the map (types, lint, tests) and that the committed bundle is what it gives
ifdef NODE
	@cd $(APP) && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent; } && npm run --silent check
else
	@if [ -n "$$CI" ]; then echo "Node and npm are needed to check the TypeScript of the map." >&2; exit 1; fi
	@echo "Node is not installed: the TypeScript of the map ($(APP)) was not checked."
endif

format: $(VENV)/.dev ## format the code
	$(VENV)/bin/ruff check --fix-only --quiet .
	$(VENV)/bin/ruff format .

bench: $(VENV)/.dev ## run the side-by-side benchmarks and write their tables
	$(PY) benchmarks/start_up.py
	$(PY) benchmarks/house.py
	$(PY) benchmarks/nation.py
	$(PY) benchmarks/load.py
	$(PY) benchmarks/identity.py
	$(PY) benchmarks/map_page.py
	$(PY) benchmarks/coverage.py
	$(PY) benchmarks/brokerage.py
	$(PY) benchmarks/betweenness.py
	$(PY) benchmarks/measures.py
	$(PY) benchmarks/prospects.py
	$(PY) benchmarks/answers.py
	$(PY) benchmarks/first_light.py
	$(PY) benchmarks/whole_job.py
	$(PY) benchmarks/engines.py
	$(PY) benchmarks/shared_stores.py

fuzz: $(VENV)/.dev ## read thousands of damaged files and kill a hundred builds; writes docs/fuzzing.md
	$(PY) -m tests.fuzz --cases 5000 --kills 70 --swaps 30 --lists 30 --figures docs/fuzzing.md

dist: $(VENV)/.dev ## build the wheel and the source archive, with a bill of materials (CycloneDX) beside them
	$(PY) -m hatchling build -d dist
	$(VENV)/bin/cyclonedx-py requirements requirements/run.lock --pyproject pyproject.toml --output-reproducible --of JSON -o dist/tsunagari.cdx.json
	$(PY) scripts/licences.py --bill dist/tsunagari.cdx.json

lock: ## pin every library anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --upgrade pyproject.toml -o requirements/run.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --upgrade \
		-c requirements/run.lock --group dev pyproject.toml -o requirements/dev.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --upgrade \
		--resolution lowest-direct --group lowest --extra shapes --extra duckdb pyproject.toml -o requirements/lowest.lock

clean: ## remove what the other targets made
	rm -rf $(VENV) $(APP)/node_modules out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
