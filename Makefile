# Everything a developer or an operator of one machine does, by name.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The locked tools come first; uv itself may live in the cache folder.
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/.cache/uv/bin:$(HOME)/.local/bin:$(PATH)

# A start compiles every module anew where this is set, and takes twice as long for it.
export PYTHONDONTWRITEBYTECODE :=

MEMBERS := shared services/inventory services/servicedesk services/strategy services/gateway deploy/local
MIGRATIONS = $(sort $(wildcard shared/src/chassis/migrations/*.sql services/*/src/*/migrations/*.sql))
T ?= tests
PURE = tests/architecture/test_arrows.py tests/local/test_county.py tests/local/test_place.py tests/gateway/portal/test_formats.py tests/gateway/portal/test_comparison_words.py $(addprefix tests/servicedesk/calendar/test_,clock.py clock_changes.py counting.py days.py faults.py versions.py windows.py)
S ?= inventory

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Run the whole product on this machine
.PHONY: setup setup-run up down logs status reset
setup: ## Install all that is locked: Python and npm packages, Keycloak, Java, Maven, Chromium
	@deploy/local/setup.sh all
setup-run:
	@deploy/local/setup.sh run
up: setup-run ## Start everything, return when it is ready, print the address and the sign-ins
	@joinedup up
down: ## Stop everything; what was stored stays
	@joinedup down
logs: ## Show what the processes say (N="gateway nats" for some, F=-f to go on)
	@joinedup logs $(F) $(N)
status: ## Show each process with its age, restarts and memory
	@joinedup status
reset: ## Stop everything and delete what was stored (YES=--yes does not ask)
	@joinedup reset $(YES)

##@ Parts of it
.PHONY: migrate seed run
migrate: ## Bring every service's database to its newest migration
	@joinedup migrate
seed: ## Post the demonstration county's kit and tickets; a second run adds nothing
	@joinedup seed
run: ## Run one verb of a service in the foreground (S=inventory V=api)
	@joinedup run $(S) $(V)

##@ Change it
.PHONY: fmt lint types arrows sql
fmt: ## Format Python and SQL, and fix what can be fixed
	ruff check --fix-only .
	ruff format .
	sqlfluff fix services shared
lint: ## Check style, spelling and declared dependencies
	ruff check .
	ruff format --check .
	codespell
	for member in $(MEMBERS); do (cd "$$member" && deptry src); done
types: ## Check types
	basedpyright
arrows: ## Check who may import whom
	lint-imports
sql: ## Check queries and migrations
	sqlfluff lint --processes 0 services shared
	squawk $(MIGRATIONS)

##@ Prove it
.PHONY: test test-pure test-journeys test-deep contracts contracts-check check bench bench-compare
test: setup ## Run every test, or some (T=tests/inventory)
	pytest -n 2 --dist loadscope $(T)
test-pure: ## Run the tests that need no service
	pytest -p no:xdist $(PURE)
test-journeys: setup ## Run the journeys through the whole product
	pytest tests/journeys
test-deep: setup ## Run at length what draws at random: about an hour
	JOINEDUP_FUZZ_EXAMPLES=50 JOINEDUP_STORM_REQUESTS=50000 JOINEDUP_KILLS=100 \
	pytest --timeout 7200 tests/security/test_contract_fuzz.py \
	tests/security/test_tenant_storm.py tests/faults
contracts: ## Write docs/api: OpenAPI and AsyncAPI
	python -m contracts write
	python -m tests.architecture.api_snapshots write
contracts-check: ## Check that docs/api says what the code does
	python -m contracts check
	python -m tests.architecture.api_snapshots check
check: setup ## All of it: what CI runs
	$(MAKE) --jobs 2 --output-sync lint types arrows sql contracts-check
	$(MAKE) test
bench: setup ## Measure, and print the figures of docs/benchmarks.md (P="pages register" for some parts)
	python -m tests.bench $(P)
bench-compare: setup-run ## Set two results of bench side by side (A=older.json B=newer.json)
	@python -m tests.bench --compare $(A) $(B)

##@ Read it
.PHONY: docs pictures
docs: setup-run ## Make the site of the documents in dist/docs; a broken link fails it
	sphinx-build -c docs/site -b html -q -n -W --keep-going -d .cache/doctrees . dist/docs
	@echo "Open dist/docs/index.html"
pictures: ## Take the documents' pictures from those of JOINEDUP_PICTURES=1 make test T=tests/browser
	python -m tests.browser.pictures

##@ Tidy up
.PHONY: clean
clean: ## Remove caches, but neither what was stored nor what was fetched
	rm -rf .pytest_cache .ruff_cache .hypothesis .import_linter_cache .basedpyright dist test-results
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
