# Two commands do everything: `make site` builds the website, `make test` checks the house.
# Both set up what they need and are quick the second time. Works with GNU Make 3.81 (macOS).

.DEFAULT_GOAL := site
.PHONY: site serve check test nightly screenshot translations environment dev-environment browser s3-server lock clean help
.NOTPARALLEL:

bin := .venv/bin
# A process for each processor. What shares fixtures stays in one, and what takes long comes first:
# tests/order.py says what. Of more processes than four each would make too much for itself alone.
parallel := -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder
define lint
$(bin)/ruff check .
$(bin)/ruff format --check .
$(bin)/mypy
endef

site: environment ## build the data packages and the website
	$(bin)/mingzhang build
	@echo
	@echo "The website is in $(CURDIR)/site"
	@echo "To look at it: make serve"

serve: environment ## look at the website on this machine, built again at each change
	$(bin)/mingzhang serve

check: dev-environment ## lint, types and the fast tests, in a minute: after each change
	$(lint)
	$(bin)/pytest $(parallel) -m "not slow"

test: dev-environment browser s3-server ## lint, types and all tests, those in a browser included
	$(lint)
	$(bin)/pytest $(parallel)

nightly: dev-environment ## the tests of made-up disclosures with many more, others each time
	HYPOTHESIS_PROFILE=nightly $(bin)/pytest $(parallel) -m hypothesis

.PHONY: fuzz
fuzz: dev-environment ## mutate texts and PDFs for some minutes, and keep what is read wrong (make fuzz MINUTES=5)
	$(bin)/python -m tests.fuzz.run --minutes $(or $(MINUTES),5) $(if $(SEED),--seed $(SEED) --only)

.PHONY: hostile
hostile: dev-environment ## attack a built folder in 1,500 ways and judge what comes of it (some: make hostile OF="names --every 5")
	$(bin)/python -m tests.hostile.run $(OF)

.PHONY: bench
bench: dev-environment ## time the reading of PDFs against pdfplumber (more files: make bench PDFS="a.pdf b.pdf")
	$(bin)/python -m benchmarks.bench $(PDFS)

.PHONY: coverage-report
coverage-report: dev-environment ## how much of PDFs is read, and what became of each amount (make coverage-report PDFS="a.pdf folder")
	$(bin)/python -m benchmarks.coverage_report $(PDFS)

.PHONY: bench-growth
bench-growth: dev-environment ## double made disclosures and tell how each stage grows (one thing: make bench-growth OF=rows)
	$(bin)/python -m benchmarks.growth $(OF)

.PHONY: bench-scale
bench-scale: dev-environment ## build made disclosures of many departments, and tell what one costs (make bench-scale N=1000)
	$(bin)/python -m benchmarks.scale $(or $(N),1000)

.PHONY: bench-search
bench-search: dev-environment ## make a search index of millions of records, and tell what queries load (make bench-search RECORDS=2000000)
	$(bin)/python -m benchmarks.search_scale $(or $(RECORDS),2000000)

.PHONY: addresses
addresses: environment ## add the site's new addresses to the list of those that must stay
	$(bin)/python -m tests.addresses

.PHONY: docs
docs: dev-environment ## write anew what is generated in the documentation
	$(bin)/python -m tests.written_docs

environment:
	@.ci/setup-python run

dev-environment:
	@.ci/setup-python dev

browser: dev-environment
	@.ci/setup-browser

s3-server: dev-environment
	@.ci/setup-s3-server

screenshot: site dev-environment browser ## take the README's picture of the built site again
	$(bin)/python .ci/screenshot

lock: environment ## write the lock files again (renew the versions: make lock UPGRADE=1)
	.ci/lock $(if $(UPGRADE),--upgrade)

translations: dev-environment ## bring the translations up to date with the messages of the site
	.ci/translations

clean: ## remove what was built; .venv stays
	find site -mindepth 1 ! -path site/.gitignore -delete
	rm -rf .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' Makefile
