# Two commands do everything: `make demo` and `make test`. Results of the demo are in out/demo/.
PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
LOCK := --quiet --upgrade --generate-hashes --all-build-deps --allow-unsafe --strip-extras \
  --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --annotation-style=line

.DEFAULT_GOAL := help
.PHONY: help demo serve test test-long bench bench-quick lint openapi lock clean python-check

help:
	@echo "make demo       install and fill the sample practice; results in out/demo/"
	@echo "make serve      the service at http://127.0.0.1:8000"
	@echo "make test       linters, types, import contracts and the tests (12 minutes on 2 cores)"
	@echo "make test-long  the slow rest of the tests"
	@echo "make bench      the benchmark protocol (150 minutes at most; stop and go on at will)"
	@echo "                make bench MINUTES=75 makes what matters most of it"
	@echo "make bench-quick  five minutes of it"
	@echo "make lint       linters, types and import contracts alone"
	@echo "make openapi    write docs/openapi.json anew after a wanted change of the contract"
	@echo "make lock       pin the requirements files anew from pyproject.toml"
	@echo "make clean      remove what the other commands made"

python-check:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Model Day needs Python 3.11 or newer, with its venv module."; \
	  echo "'$(PYTHON)' is: $$($(PYTHON) --version 2>&1 || true)"; \
	  echo "Install a newer one and name it: make demo PYTHON=python3.12"; exit 1; }

# Stamp files: an install is done again only when what it installs has changed.
# The locks are complete, so nothing is resolved again: a release newer than a lock cannot get in its way.
.venv/.created: | python-check
	@$(PYTHON) -m venv .venv || { \
	  echo "'$(PYTHON) -m venv' failed: install the venv module of your Python."; exit 1; }
	@touch $@

.venv/.installed: .venv/.created requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

demo: .venv/.installed
	$(BIN)/modelday demo --out out/demo

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint .venv/.installed-bench
	$(BIN)/pytest -n $(WORKERS) -m "not long" --cov=engine --cov=api --cov-report=term:skip-covered

# Exit code 5 of pytest means that no test is marked long, which is not a failure.
test-long: .venv/.installed-dev .venv/.installed-bench
	$(BIN)/pytest -n $(WORKERS) -m long || { code=$$?; [ $$code -eq 5 ] || exit $$code; }

.venv/.installed-bench: .venv/.installed requirements-bench.txt
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-bench.txt
	@touch $@

bench: .venv/.installed-bench
	$(BIN)/python -m benchmarks.protocol $(if $(MINUTES),--minutes $(MINUTES))

bench-quick: .venv/.installed-bench
	$(BIN)/python -m benchmarks.protocol --quick

serve: .venv/.installed
	$(BIN)/modelday serve

openapi: .venv/.installed
	$(BIN)/python -m api.cli.write_openapi docs/openapi.json

lock: .venv/.created
	$(BIN)/python -m pip install --quiet pip-tools==7.6.2
	$(BIN)/pip-compile $(LOCK) -o requirements.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra bench -c requirements.txt -o requirements-bench.txt pyproject.toml

clean:
	rm -rf .venv out build dist .coverage htmlcov *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
