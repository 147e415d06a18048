# Benchmarks: "make bench" builds and runs each. For one more:
#
#	bench_programs += bench/bench-paths
#	bench_bench_paths_SOURCES = bench/bench-paths.c $(bench_sources)
#	bench_bench_paths_LDADD = libcarom-core.la
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
bench_programs =
bench_sources =
