# make run      the whole app with demo data, on http://127.0.0.1:8000 (HOST and PORT to choose another)
# make test     the tests (ARGS="-k signals" for some)
# make walks    those that go through everything: each page in a browser, each visitor at each address, each paper
# make bench    how fast it is, beside bare Django views (ARGS=--small for a tenth of the size)
# make chaos    whether anything is lost when everything that can stop stops (ARGS=--small in three minutes)
# make load     a team of 40 and 200 partners at once (ARGS=--small in two minutes)
# make supply   the parts that we ship, their licences, unsafe code, secrets in files
# make lint     what can be seen without running it
# make reset    throws the data of run and test away
# make setup    only what the others do first: packages, style sheet, messages

PYTHON3 ?= python3
export PYTHON3
PYTHON := .venv/bin/python
SERVICES := $(PYTHON) -m config.local_services
# Settings without servers, for commands that touch no data.
NO_DATA := HUISPLAN_PLACE=none

.PHONY: run test walks bench chaos load supply lint reset setup always

run: setup
	@exec $(SERVICES) -- $(PYTHON) -m config.serve

test: TESTS := -m "not walk"
walks: TESTS := -m walk
test walks: setup
	@sh config/system_packages.sh chromium
	@sh config/system_packages.sh age
	@exec $(SERVICES) --place test -- $(PYTHON) -m pytest -n auto $(TESTS) $(ARGS)

bench: setup
	@exec $(SERVICES) --place bench -- $(PYTHON) -m trials.bench $(ARGS)

chaos: setup
	@exec $(SERVICES) --place chaos -- $(PYTHON) -m trials.chaos $(ARGS)

load: setup
	@exec $(SERVICES) --place load -- $(PYTHON) -m trials.load $(ARGS)

supply: .venv/installed
	@$(PYTHON) -m trials.supply

lint: setup
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(NO_DATA) $(PYTHON) -m mypy
	$(NO_DATA) $(PYTHON) .venv/bin/lint-imports
	$(NO_DATA) $(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(SERVICES) --place test -- env HUISPLAN_DEMO=1 $(PYTHON) -m trials.migrations
	$(NO_DATA) $(PYTHON) manage.py messages --check

reset: .venv/installed
	@$(SERVICES) --place run --reset
	@$(SERVICES) --place test --reset
	@$(SERVICES) --place bench --reset
	@$(SERVICES) --place chaos --reset
	@$(SERVICES) --place load --reset

# Each part is made again only when what it is made from has changed.

MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

setup: .venv/installed staticfiles/staticfiles.json $(MESSAGES)
	@sh config/system_packages.sh pango

# A copied or upgraded machine can leave a .venv behind whose Python is gone.
.venv/installed: requirements/dev.txt $(shell $(PYTHON) -c '' 2>/dev/null || echo always)
	@sh config/system_packages.sh python
	@echo "Installing the Python packages"
	@$(PYTHON3) -m venv --clear .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.package-lock.json: package-lock.json | .venv/installed
	@sh config/npm.sh ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

# The style sheet holds what the pages name, so it follows them.
static/dist/huisplan.css: node_modules/.package-lock.json $(shell find static/src static/js templates config/templating -type f -not -name '*.pyc')
	@sh config/npm.sh run --silent build

staticfiles/staticfiles.json: static/dist/huisplan.css $(wildcard static/js/*) .venv/installed
	@$(NO_DATA) $(PYTHON) manage.py collectstatic --no-input --verbosity 0

%.mo: %.po | .venv/installed
	@$(NO_DATA) $(PYTHON) manage.py messages --compile
	@touch $@
