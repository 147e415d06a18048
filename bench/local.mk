# Benchmarks: "make bench" builds and runs each.
# "bench_programs += bench/bench-paths" is built from bench/bench-paths.c and bench_sources.
bench_programs =
bench_sources =
