# Benchmarks: "make bench" builds and runs each. For one more:
#
#	bench_programs += bench/bench-paths
#	bench_bench_paths_SOURCES = bench/bench-paths.c $(bench_sources)
#	bench_bench_paths_CPPFLAGS = $(bench_cppflags)
#	bench_bench_paths_LDADD = libcarom-core.la
EXTRA_PROGRAMS += $(bench_programs) $(bench_helpers)
CLEANFILES += $(bench_programs) $(bench_helpers)
bench_programs =
bench_helpers =
bench_sources =

bench_sources += bench/bench.c bench/bench.h
bench_sources += bench/child.c bench/child.h
bench_sources += bench/environment.c bench/environment.h
bench_sources += bench/output.c bench/output.h
bench_sources += bench/statistics.c bench/statistics.h
bench_cppflags = $(AM_CPPFLAGS) -I$(srcdir)/tests \
	-DBENCH_SRCDIR='"$(abs_srcdir)"' -DBENCH_FLAGS='"$(AM_CFLAGS) $(CFLAGS)"'

bench_programs += bench/bench-paths
bench_bench_paths_SOURCES = bench/bench-paths.c $(bench_sources) \
	bench/check.c bench/check.h bench/sampling.c bench/sampling.h \
	bench/scratch.c bench/scratch.h \
	bench/simulation.c bench/simulation.h tests/support-raw.c tests/support-raw.h
bench_bench_paths_CPPFLAGS = $(bench_cppflags)
bench_bench_paths_LDADD = libcarom-core.la

bench_programs += bench/bench-circuit
bench_bench_circuit_SOURCES = bench/bench-circuit.c $(bench_sources) \
	bench/loading.c bench/loading.h bench/netlist.c bench/netlist.h \
	bench/updating.c bench/updating.h
bench_bench_circuit_CPPFLAGS = $(bench_cppflags)
bench_bench_circuit_LDADD = libcarom-core.la

# Its clock and its allocator are those of carom-worker.
bench_programs += bench/bench-engine
bench_bench_engine_SOURCES = bench/bench-engine.c $(bench_sources) \
	src/study/worker-clock.c src/study/worker-lock.c
bench_bench_engine_CPPFLAGS = $(bench_cppflags)
bench_bench_engine_LDADD = libcarom-core.la $(MIMALLOC_LIBS)
bench_bench_engine_LDFLAGS = $(carom_worker_LDFLAGS)

bench_programs += bench/bench-session
bench_bench_session_SOURCES = bench/bench-session.c $(bench_sources) \
	bench/points.c bench/points.h
bench_bench_session_CPPFLAGS = $(bench_cppflags)
bench_bench_session_LDADD = libcarom-core.la

bench_programs += bench/bench-raw
bench_bench_raw_SOURCES = bench/bench-raw.c $(bench_sources)
bench_bench_raw_CPPFLAGS = $(bench_cppflags)
bench_bench_raw_LDADD = libcarom-core.la

# The plain loop has neither the clock nor the allocator of carom-worker: it is linked with nothing.
bench_helpers += bench/plain
bench_plain_SOURCES = bench/plain.c bench/plain.h
bench_plain_LDADD = -ldl

bench_programs += bench/bench-mc
bench_bench_mc_SOURCES = bench/bench-mc.c $(bench_sources) \
	bench/loop.c bench/loop.h bench/plain.h bench/sampling.c bench/sampling.h \
	bench/scratch.c bench/scratch.h
bench_bench_mc_CPPFLAGS = $(bench_cppflags)
bench_bench_mc_LDADD = libcarom-core.la

EXTRA_DIST += bench/README.md bench/memory bench/pool-scaling bench/profile bench/report
CLEANFILES += $(bench_json) bench/benchmark_results.md
bench_json = $(bench_programs:=.json) bench/memory.json bench/profile.json

# Everything measured, and the page of docs/benchmark_results.md.
bench-report: all $(bench_programs) $(bench_helpers)
	@for program in $(bench_programs); do \
		./$$program --json $$program.json || exit; \
	done
	@$(srcdir)/bench/memory --json bench/memory.json ./carom
	@$(srcdir)/bench/profile --json bench/profile.json bench/bench-circuit
	@$(srcdir)/bench/report $(bench_json) >bench/benchmark_results.md
	@echo 'bench/benchmark_results.md'
.PHONY: bench-report
