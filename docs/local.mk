# Pages that are part of the package.
docs_files =
docs_files += docs/architecture.md
docs_files += docs/benchmark_results.md
docs_files += docs/circuit.md
docs_files += docs/decks.md
docs_files += docs/images/circuit.svg
docs_files += docs/images/opamp.svg
docs_files += docs/lint.md
docs_files += docs/ngspice-seam.md
docs_files += docs/parameters.md
docs_files += docs/pdk.md
docs_files += docs/session.md
docs_files += docs/statements.md
docs_files += docs/troubleshooting.md
docs_files += docs/tutorial.md
EXTRA_DIST += $(docs_files)
dist_man_MANS = docs/carom.1

# Decks and programs to start from; installed with the documentation.
example_files =
example_files += docs/examples/buck.cir
example_files += docs/examples/control.c
example_files += docs/examples/host.c
example_files += docs/examples/opamp.cir
example_files += docs/examples/rc.cir
example_files += docs/examples/ring.cir
exampledir = $(docdir)/examples
dist_example_DATA = $(example_files)

# Host programs: tests/host.sh and tests/control.sh run them from here, tests/installed.sh builds one
# as a user would.
check_PROGRAMS += docs/examples/host
docs_examples_host_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/control
docs_examples_control_LDADD = libcarom.la -lm
