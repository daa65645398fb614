# One menu for people and CI. On a fresh machine only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO_INDEX ?= index_data/demo

# What touches the libraries whose oldest versions are tried.
LOWEST_TESTS := tests/ingest tests/cli tests/test_archive.py tests/test_patience.py \
                tests/webui/test_pages.py tests/engines/whoosh/codec

.PHONY: help setup demo test versions lowest compat lint fix sanitize bench opensearch translate docs man site train-entities clean

help:                      ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(READY)            ## a virtual environment with everything in it

KERNELS := indexer/engines/whoosh/kernels
TAGGER := indexer/entities/kernels

$(READY): pyproject.toml requirements/whoosh.txt $(wildcard $(KERNELS)/*.[ch] $(TAGGER)/*.[ch]) $(KERNELS)/hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements/whoosh.txt
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	@touch $@

demo: setup                ## build the demonstration archive and serve it
	$(BIN)/indexer build demo/articles --index $(DEMO_INDEX)
	$(BIN)/indexer serve $(DEMO_INDEX)

# One process for each core; tests/groups.py says which tests stay together.
# The floor of coverage is a point below what the tests reach; raise it with them.
COVER := --cov --cov-report=term:skip-covered --cov-fail-under=95

test: setup                ## all tests, on all cores; COVERAGE=1 measures what they reach, which takes a quarter longer
	$(BIN)/python -m pytest -q --numprocesses=logical $(if $(COVERAGE),$(COVER))

versions: setup            ## the tests on each Python that is here, 3.11 to 3.14
	$(BIN)/python -m tests.versions

lowest: setup              ## the tests with the oldest libraries that pyproject.toml allows
	$(BIN)/uv venv --quiet --clear --python $(PYTHON) $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python --no-deps --requirement requirements/whoosh.txt
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python --resolution lowest-direct --editable '.[lowest]'
	$(VENV)-lowest/bin/python -m pytest -q --numprocesses=logical $(LOWEST_TESTS)

compat:                    ## the index read by another distribution of Whoosh
	$(PYTHON) -m venv $(VENV)-compat
	$(VENV)-compat/bin/python -m pip install --quiet --editable '.[dev]'
	$(VENV)-compat/bin/python -m pip uninstall --quiet --yes whoosh3
	$(VENV)-compat/bin/python -m pip install --quiet 'whoosh-reloaded==2.7.5'
	$(VENV)-compat/bin/python -m pytest -q tests/engines/whoosh/codec/test_whoosh_codec.py tests/engines/whoosh/test_same_scores.py

lint: setup                ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: setup                 ## what ruff can mend by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What the compiled code reads and writes, seen by the sanitizers of GCC; the libraries are compiled anew before and after.
SANITIZED := tests/engines/whoosh/kernels tests/engines/whoosh/search tests/engines/whoosh/codec/test_pieces.py tests/entities/kernels
PRELOAD = $(shell gcc -print-file-name=libasan.so) $(shell gcc -print-file-name=libubsan.so)

sanitize: setup            ## the compiled code under GCC's address and undefined behaviour sanitizers
	CC=gcc CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined' $(BIN)/python $(KERNELS)/hatch_build.py
	LD_PRELOAD='$(PRELOAD)' ASAN_OPTIONS=detect_leaks=0 $(BIN)/python -m pytest -q $(SANITIZED); \
	    status=$$?; $(BIN)/python $(KERNELS)/hatch_build.py && exit $$status

bench: setup               ## us and the peers on one corpus
	$(BIN)/python -m benchmarks

opensearch: setup          ## three nodes of OpenSearch on ports 9200 to 9202 (needs a JDK and Maven)
	$(BIN)/python -m tests.cluster.launch

translate: setup           ## refresh the catalogues of the interface
	$(BIN)/python -m webui.translate

docs: setup                ## regenerate the reference pages and the manual page from the code
	$(BIN)/python -m docs.generate

man: docs                  ## read the manual page
	man ./docs/indexer.1

site: setup                ## the documentation as a web site, in build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

train-entities: setup      ## train the entity tagger (needs the training data)
	$(BIN)/python -m indexer.entities.training

clean:                     ## remove what was built
	rm -rf $(VENV) $(VENV)-compat $(VENV)-lowest .versions build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
