# The commands that people type. Each works on a fresh clone; `make setup` first.
PYTHON = .venv/bin/python
PACKAGES = -p citeguide.search -p citeguide.indexer -p citeguide.web -p citeguide.corpus

.PHONY: setup test check docs quality explore

setup:    ## an environment with everything that development needs
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]'

test:     ## the tests, on all cores
	$(PYTHON) -m pytest -n auto

check:    ## what a change is held against before it is sent: style, types, tests
	.venv/bin/ruff check . && .venv/bin/ruff format --check .
	.venv/bin/pip install -q . && .venv/bin/mypy $(PACKAGES) && .venv/bin/mypy tests docs; \
		status=$$?; .venv/bin/pip install -q -e '.[dev]'; exit $$status
	$(PYTHON) -m pytest -n auto

docs:     ## the samples in README.md and docs/cli.md, written anew from what the program prints
	$(PYTHON) docs/readme_samples.py && $(PYTHON) docs/cli_reference.py

quality:  ## every set of questions beside its floors
	$(PYTHON) tests/quality/gate.py

explore:  ## tests with arbitrary input, on input that no run has tried yet; what fails is kept and tried again
	HYPOTHESIS_PROFILE=random $(PYTHON) -m pytest -n auto $$(grep -rl "from hypothesis" tests --include='test_*.py')
