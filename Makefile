# Everything from a fresh clone; each target installs the system packages that it needs, or says which are missing.
.PHONY: demo test test-long bench docs

demo:
	@.ci/setup
	swift run --traits Server gatehouse demo

# The simulated cluster fills both processors of a small machine, so it follows the others instead of slowing them.
test:
	@.ci/setup
	.ci/fuzz 15
	traits=$$(.ci/trait-list) && swift test --traits "$$traits" --skip CacheSimulationTests && \
	    swift test --traits "$$traits" --skip-build --filter CacheSimulationTests

test-long:
	@.ci/setup
	.ci/fuzz 600
	.ci/threads 100000
	GATEHOUSE_DECISIONS=10000000 GATEHOUSE_SEEDS=1000000 \
	    swift test -c release --scratch-path .build-long --filter "DifferentialTests|CacheSimulationTests"
	.ci/mutate

bench:
	@.ci/setup valgrind wrk
	.ci/bench

docs:
	@.ci/setup
	.ci/docs
