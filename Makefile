# Everything from a fresh clone; each target installs the system packages that it needs, or says which are missing.
.PHONY: demo test test-long bench docs

demo:
	@.ci/setup
	@echo "Building; the first build takes minutes."
	@.ci/build --product gatehouse-demo --traits Hummingbird,Curl
	@exec .build/debug/gatehouse-demo

test:
	@.ci/setup --tests
	@.ci/test

test-long:
	@.ci/setup --tests
	.ci/traits each
	.ci/fuzz 600
	.ci/threads 100000
	GATEHOUSE_DECISIONS=10000000 GATEHOUSE_SEEDS=1000000 \
	    swift test -c release --scratch-path .build-long --filter "DifferentialTests|CacheSimulationTests"
	GATEHOUSE_KILLS=2000 GATEHOUSE_BACKLOG=1000000 GATEHOUSE_HISTORIES=20 \
	    swift test -c release --scratch-path .build-long --traits SQLite --filter GatehouseSQLiteTests
	GATEHOUSE_LOAD_SECONDS=60 \
	    swift test -c release --scratch-path .build-long --traits "$$(.ci/trait-list),GRPCSockets" \
	    --filter "LoadTests|StopTests|GuardInterceptorTests"
	.ci/package
	GATEHOUSE_ROUNDS=200 swift test -c release --scratch-path .build-long --traits PostgreSQL --no-parallel --filter GatehousePostgreSQLTests
	.ci/mutate

bench:
	@.ci/setup --tests valgrind wrk
	@.ci/bench-report

docs:
	@.ci/setup --traits
	.ci/docs
