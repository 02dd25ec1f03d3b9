# make run      set-up and service             make setup    the installation alone
# make test     set-up and all tests           make quick    those without model, browser and kills
# make clocks   tests that know of dates, under other clocks
# make quality  the project's own questions, conversations and lines in need, against pinned floors
# make coverage the share of lines that the tests run
# make lock     deploy/requirements.lock anew     make audit     known faults of what it names
# make licenses the licenses of what is installed         make sbom      sbom.json, a CycloneDX bill of materials
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A process for each processor, four at most: each may load the models. A file's tests stay together.
PYTEST := $(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile

.PHONY: run test quick clocks coverage gates quality setup check lock audit licenses sbom
.DEFAULT_GOAL := run

run: $(VENV)/run.done
	@$(BIN)/python app.py serve

test: $(VENV)/test.done $(VENV)/types.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST)

quick: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PYTEST) --hypothesis-profile quick -m 'not slow and not service'

coverage: $(VENV)/test.done
	$(PYTEST) --cov=app --cov=bot --cov=corpus --cov=index --cov-report=term:skip-covered

# In one, three and ten years, on a leap day, and far east of Greenwich, where today is tomorrow already.
CLOCKS := $(shell date -d '+1 year' +%F) $(shell date -d '+3 years' +%F) $(shell date -d '+10 years' +%F) 2028-02-29
DATED := $(shell grep -rlE --include='test_*.py' 'datetime|\bdate\b|today|\bago\b|年前|20[0-9]{2}-[01]' tests/bot tests/corpus tests/index tests/test_*.py)

clocks: $(VENV)/test.done $(VENV)/types.done
	@printf '%s\n' $(CLOCKS) | TZ=Pacific/Kiritimati xargs --max-procs 2 --replace=DAY \
	  $(BIN)/python -m pytest -q -m 'not slow' --clock DAY $(DATED)

# A set whose figures fell below tests/quality/floors.json fails; the reports are in var/quality.
QUALITY = rm -rf var/quality/$(1) && $(BIN)/python app.py evaluate tests/quality/$(1).jsonl \
  --articles corpus/articles --out var/quality/$(1) --gate tests/quality/floors.json

gates: $(VENV)/run.done
	$(call QUALITY,questions)
	$(call QUALITY,english)
	$(call QUALITY,ownwords-nine-report)

quality: gates $(VENV)/test.done
	$(BIN)/python -m pytest -q tests/quality

# Every package of the image with its hashes, for Linux on x86-64 with Python 3.11 and the CPU build of torch.
TORCH ?= --torch-backend cpu
lock: $(BIN)/uv
	$(BIN)/uv pip compile pyproject.toml --extra replicas --constraint constraints.txt --generate-hashes --no-annotate \
	  --no-header --python-version 3.11 --python-platform x86_64-manylinux_2_28 $(TORCH) --quiet --output-file deploy/requirements.lock

audit: $(BIN)/uv
	$(BIN)/uv tool run pip-audit==2.10.1 --disable-pip --require-hashes --requirement deploy/requirements.lock

licenses: $(BIN)/uv $(VENV)/run.done
	$(BIN)/uv tool run pip-licenses==5.5.5 --python $(BIN)/python --format=markdown --with-urls

sbom: $(BIN)/uv
	$(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements deploy/requirements.lock --pyproject pyproject.toml \
	  --output-file sbom.json

$(BIN)/uv: $(VENV)/python.done constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	@touch $@

setup: $(VENV)/run.done

$(VENV)/python.done:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V). Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/run.done: $(VENV)/python.done pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/test.done: $(VENV)/run.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

# Without npm the types of the JavaScript are not checked; in CI that is a failure.
$(VENV)/types.done: tests/javascript/package-lock.json $(VENV)/python.done
	@if command -v npm >/dev/null; then npm ci --prefix tests/javascript --silent --no-audit --no-fund && touch $@; fi
