# How the tests are built and run: "make check". The lists are below.

LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
TEST_EXTENSIONS = .sh

# What is tested is what was built here, not what is installed.
AM_TESTS_ENVIRONMENT = \
	CAROM='$(abs_builddir)/carom'; export CAROM; \
	CAROM_WORKER='$(abs_builddir)/carom-worker'; export CAROM_WORKER; \
	CAROM_FAKE_NGSPICE='$(abs_builddir)/tests/fake-ngspice/.libs/fake-ngspice.so'; \
	export CAROM_FAKE_NGSPICE; \
	CAROM_SRCDIR='$(abs_srcdir)'; export CAROM_SRCDIR; \
	CAROM_BUILDDIR='$(abs_builddir)'; export CAROM_BUILDDIR;

# Default of every program that names no libraries of its own: a test.
LDADD = tests/libsupport.la libcarom-core.la $(CMOCKA_LIBS)

tests_libsupport_la_SOURCES = $(support_sources)

# The stand-in for libngspice: a module to be loaded, so it needs a (never used) place of its own.
tests_fake_ngspice_fake_ngspice_la_SOURCES = tests/fake-ngspice/fake-ngspice.c
tests_fake_ngspice_fake_ngspice_la_CFLAGS = $(AM_CFLAGS) -fvisibility=default
tests_fake_ngspice_fake_ngspice_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared \
	-rpath $(abs_builddir)/tests/fake-ngspice

EXTRA_DIST += $(shell_tests) $(page_tests) $(test_data) tests/installed.sh tests/tap.sh

if HAVE_CMOCKA
check_LTLIBRARIES += tests/libsupport.la tests/fake-ngspice/fake-ngspice.la
check_PROGRAMS += $(check_tests) tests/compare-deck
TESTS += $(check_tests) $(shell_tests) $(page_tests)
else
check-local:
	@echo 'make check needs cmocka (Debian: libcmocka-dev); install it and configure again' >&2
	@exit 1
endif

# What was installed, with its own worker, also below DESTDIR.
installcheck-local:
	@CAROM_SRCDIR='$(abs_srcdir)' CC='$(CC)' CFLAGS='$(AM_CFLAGS) $(CFLAGS)' \
		DESTDIR='$(DESTDIR)' BINDIR='$(bindir)' LIBDIR='$(libdir)' MANDIR='$(mandir)' \
		VERSION='$(VERSION)' \
		$(SHELL) $(srcdir)/tests/installed.sh

# Ten times as many cycles as in "make check", and what each leaves behind.
life: tests/live-life
	@$(AM_TESTS_ENVIRONMENT) CAROM_LIFE=10 ./tests/live-life

# Two minutes of studies that are killed, stopped, crashed and starved at random; "make check" has ten
# seconds of them.
STRESS_SECONDS = 120
stress: all tests/fake-ngspice/fake-ngspice.la
	@$(AM_TESTS_ENVIRONMENT) /usr/bin/python3 -B '$(srcdir)/tests/stress.py' $(STRESS_SECONDS)

# "make fuzz" in a tree configured with --enable-fuzz runs each target for a while, from the inputs of
# tests/fuzz/corpus-*, which "make check" replays; what it finds interesting stays in the build tree.
# With FUZZ_RUNS each target runs that many inputs, the same ones every time.
FUZZ_SECONDS = 60
FUZZ_RUNS =
fuzz_ldadd = libcarom-core.la $(FUZZER_LIBS)
if FUZZ
check_PROGRAMS += $(fuzz_targets)
endif
fuzz: $(fuzz_targets)
	@test -n '$(FUZZER_LIBS)' || { echo 'configure with --enable-fuzz' >&2; exit 1; }
	@limit='-max_total_time=$(FUZZ_SECONDS)' found=found; \
	test -z '$(FUZZ_RUNS)' || { limit='-seed=1 -runs=$(FUZZ_RUNS)' found=same; }; \
	for target in $(fuzz_targets); do \
		echo "$$target"; \
		rm -rf $$target.same; \
		mkdir -p $$target.$$found || exit; \
		corpus='$(srcdir)'/tests/fuzz/corpus-$${target##*-}; \
		test -d "$$corpus" || corpus=; \
		./$$target -verbosity=0 $$limit $$target.$$found $$corpus || exit; \
	done

# One line per test.
#
# Programs: "check_tests += tests/test-text" is built from tests/test-text.c with the whole library
# (hidden symbols too), cmocka and tests/support.c.
# Scripts: "shell_tests += tests/cli-run.sh", executable, built on tests/tap.sh.
check_tests =
check_tests += tests/live-analyses
check_tests += tests/live-commands
check_tests += tests/live-bin
check_tests += tests/live-cosim
check_tests += tests/live-deadly
check_tests += tests/live-engine
check_tests += tests/live-errors
check_tests += tests/live-evaluate
check_tests += tests/live-event
check_tests += tests/live-flatten
check_tests += tests/live-host-state
check_tests += tests/live-isolated-faults
check_tests += tests/live-isolated-hosts
check_tests += tests/live-isolated-template
check_tests += tests/live-life
check_tests += tests/live-lint
check_tests += tests/live-ng-errors
check_tests += tests/live-ng-host
check_tests += tests/live-ng-results
check_tests += tests/live-ng-run
check_tests += tests/live-ng-run-when
check_tests += tests/live-ng-session
check_tests += tests/live-ng-sync
check_tests += tests/live-prune
check_tests += tests/live-measure
check_tests += tests/live-number
check_tests += tests/live-raw
check_tests += tests/live-resolve
check_tests += tests/live-resume
check_tests += tests/live-rules
check_tests += tests/live-scope
check_tests += tests/live-session
check_tests += tests/live-session-analysis
check_tests += tests/live-session-faults
check_tests += tests/live-session-host
check_tests += tests/live-session-load
check_tests += tests/live-session-run
check_tests += tests/live-spectrum
check_tests += tests/live-importance
check_tests += tests/live-study
check_tests += tests/live-trust
check_tests += tests/live-update
check_tests += tests/live-update-values
check_tests += tests/test-alter
check_tests += tests/test-arena
check_tests += tests/test-arrow
check_tests += tests/test-bench-statistics
check_tests += tests/test-bin
check_tests += tests/test-block
check_tests += tests/test-builder
check_tests += tests/test-builder-card
check_tests += tests/test-cache
check_tests += tests/test-cell-summary
check_tests += tests/test-cells
check_tests += tests/test-card
check_tests += tests/test-card-edit
check_tests += tests/test-card-word
check_tests += tests/test-card-expression
check_tests += tests/test-change
check_tests += tests/test-change-place
check_tests += tests/test-circuit
check_tests += tests/test-clock
check_tests += tests/test-code-models
check_tests += tests/test-column
check_tests += tests/test-compile
check_tests += tests/test-confine
check_tests += tests/test-connectivity
check_tests += tests/test-correlation
check_tests += tests/test-coupling
check_tests += tests/test-cpu-set
check_tests += tests/test-decimal-round
check_tests += tests/test-deck
check_tests += tests/test-deck-control
check_tests += tests/test-deck-line
check_tests += tests/test-deck-section
check_tests += tests/test-deck-title
check_tests += tests/test-difference
check_tests += tests/test-digits
check_tests += tests/test-distribution
check_tests += tests/test-distribution-parse
check_tests += tests/test-dot-card
check_tests += tests/test-draw
check_tests += tests/test-edit-element
check_tests += tests/test-edit-net
check_tests += tests/test-edit-param
check_tests += tests/test-edit-random
check_tests += tests/test-edit-remove
check_tests += tests/test-edit-subcircuit
check_tests += tests/test-element-card
check_tests += tests/test-element-kind
check_tests += tests/test-engine-wave
check_tests += tests/test-envelope
check_tests += tests/test-error
check_tests += tests/test-estimate
check_tests += tests/test-evaluate
check_tests += tests/test-event
check_tests += tests/test-expression
check_tests += tests/test-expression-number
check_tests += tests/test-external
check_tests += tests/test-fft
check_tests += tests/test-finding
check_tests += tests/test-failure
check_tests += tests/test-fit
check_tests += tests/test-flatten
check_tests += tests/test-four
check_tests += tests/test-four-save
check_tests += tests/test-fourier
check_tests += tests/test-grid
check_tests += tests/test-folder
check_tests += tests/test-formula
check_tests += tests/test-functions
check_tests += tests/test-graph
check_tests += tests/test-graph-random
check_tests += tests/test-hazard
check_tests += tests/test-histogram
check_tests += tests/test-include
check_tests += tests/test-job
check_tests += tests/test-importance
check_tests += tests/test-importance-search
check_tests += tests/test-job-cells
check_tests += tests/test-job-copy
check_tests += tests/test-job-correlate
check_tests += tests/test-job-formula
check_tests += tests/test-job-importance
check_tests += tests/test-job-measure
check_tests += tests/test-job-pack
check_tests += tests/test-job-pelgrom
check_tests += tests/test-job-section
check_tests += tests/test-job-statistical
check_tests += tests/test-job-value
check_tests += tests/test-job-variable
check_tests += tests/test-job-vector
check_tests += tests/test-job-wave
check_tests += tests/test-journal
check_tests += tests/test-lhs
check_tests += tests/test-library
check_tests += tests/test-line-list
check_tests += tests/test-lines
check_tests += tests/test-lint
check_tests += tests/test-lint-analysis
check_tests += tests/test-lint-behaviour
check_tests += tests/test-lint-condition
check_tests += tests/test-code-model
check_tests += tests/test-lint-code-model
check_tests += tests/test-lint-coupled
check_tests += tests/test-lint-definition
check_tests += tests/test-lint-depth
check_tests += tests/test-lint-device
check_tests += tests/test-lint-docs
check_tests += tests/test-lint-duplicate
check_tests += tests/test-lint-element
check_tests += tests/test-lint-expression
check_tests += tests/test-lint-function
check_tests += tests/test-lint-grammar
check_tests += tests/test-lint-instance
check_tests += tests/test-lint-name
check_tests += tests/test-lint-numerical
check_tests += tests/test-lint-output
check_tests += tests/test-lint-param
check_tests += tests/test-lint-path
check_tests += tests/test-lint-port
check_tests += tests/test-lint-reference
check_tests += tests/test-lint-source
check_tests += tests/test-lint-sweep
check_tests += tests/test-lint-tail
check_tests += tests/test-lint-topology
check_tests += tests/test-lint-whole
check_tests += tests/test-machine
check_tests += tests/test-measure
check_tests += tests/test-measure-card
check_tests += tests/test-measure-crossing
check_tests += tests/test-measure-edge
check_tests += tests/test-measure-extremum
check_tests += tests/test-measure-margin
check_tests += tests/test-measure-mean
check_tests += tests/test-measure-period
check_tests += tests/test-measure-point
check_tests += tests/test-measure-spectrum
check_tests += tests/test-measure-take
check_tests += tests/test-measure-wave
check_tests += tests/test-mem
check_tests += tests/test-mention
check_tests += tests/test-name
check_tests += tests/test-name-compare
check_tests += tests/test-nearest
check_tests += tests/test-ng-analysis
check_tests += tests/test-ng-api
check_tests += tests/test-ng-capture
check_tests += tests/test-ng-control
check_tests += tests/test-ng-diagnosis
check_tests += tests/test-ng-environment
check_tests += tests/test-ng-filter
check_tests += tests/test-ng-message
check_tests += tests/test-ng-place
check_tests += tests/test-ng-scratch
check_tests += tests/test-ng-points
check_tests += tests/test-ng-session
check_tests += tests/test-ng-stop
check_tests += tests/test-ng-stream
check_tests += tests/test-ng-stream-plot
check_tests += tests/test-ng-sync
check_tests += tests/test-ng-type
check_tests += tests/test-ng-watch
check_tests += tests/test-normal
check_tests += tests/test-number
check_tests += tests/test-number-print
check_tests += tests/test-order
check_tests += tests/test-path
check_tests += tests/test-philox
check_tests += tests/test-phrase
check_tests += tests/test-places
check_tests += tests/test-plot
check_tests += tests/test-plot-table
check_tests += tests/test-pool
check_tests += tests/test-privatise
check_tests += tests/test-program
check_tests += tests/test-prune
check_tests += tests/test-prune-bin
check_tests += tests/test-quota
check_tests += tests/test-rank
check_tests += tests/test-raw
check_tests += tests/test-raw-ascii-number
check_tests += tests/test-raw-gather
check_tests += tests/test-raw-header
check_tests += tests/test-raw-read
check_tests += tests/test-raw-source
check_tests += tests/test-raw-steps
check_tests += tests/test-reach
check_tests += tests/test-regression
check_tests += tests/test-release
check_tests += tests/test-reload
check_tests += tests/test-report
check_tests += tests/test-report-charts
check_tests += tests/test-report-data
check_tests += tests/test-report-thin
check_tests += tests/test-resolve
check_tests += tests/test-resolve-draw
check_tests += tests/test-roots
check_tests += tests/test-scan
check_tests += tests/test-scope
check_tests += tests/test-sensitivity
check_tests += tests/test-special
check_tests += tests/test-spectrum
check_tests += tests/test-session-background
check_tests += tests/test-session-thread
check_tests += tests/test-sampler
check_tests += tests/test-sobol
check_tests += tests/test-statement
check_tests += tests/test-statement-cells
check_tests += tests/test-statement-correlate
check_tests += tests/test-statement-importance
check_tests += tests/test-statistics
check_tests += tests/test-stats
check_tests += tests/test-store
check_tests += tests/test-store-array
check_tests += tests/test-store-create
check_tests += tests/test-store-csv
check_tests += tests/test-store-json
check_tests += tests/test-store-manifest
check_tests += tests/test-store-name
check_tests += tests/test-store-resume
check_tests += tests/test-store-rows
check_tests += tests/test-store-xarray
check_tests += tests/test-study
check_tests += tests/test-subcircuit
check_tests += tests/test-summary
check_tests += tests/test-support-raw
check_tests += tests/test-sweep
check_tests += tests/test-target
check_tests += tests/test-temperature
check_tests += tests/test-table
check_tests += tests/test-text
check_tests += tests/test-topology
check_tests += tests/test-union-find
check_tests += tests/test-until
check_tests += tests/test-until-parse
check_tests += tests/test-value
check_tests += tests/test-output
check_tests += tests/test-pack
check_tests += tests/test-pages
check_tests += tests/test-wire
check_tests += tests/test-reducer
check_tests += tests/test-region
check_tests += tests/test-report-waves
check_tests += tests/test-result-pack
check_tests += tests/test-run-options
check_tests += tests/test-statement-keep
check_tests += tests/test-store-wave
check_tests += tests/test-store-waves
check_tests += tests/test-version
check_tests += tests/test-worker-clock
check_tests += tests/test-worker-lock
check_tests += tests/test-worker-path

# Of what a browser makes of the report, in which no code of ours runs but JavaScript: "make check
# page_tests=" does without, where the same page has been looked at before.
page_tests = tests/report-page.sh
shell_tests =
shell_tests += tests/cli-graph.sh
shell_tests += tests/cli-lint.sh
shell_tests += tests/bench.sh
shell_tests += tests/cli-control.sh
shell_tests += tests/cli-mc.sh
shell_tests += tests/cli-raw.sh
shell_tests += tests/cli-report.sh
shell_tests += tests/cli-run.sh
shell_tests += tests/cli-summary.sh
shell_tests += tests/control.sh
shell_tests += tests/decks.sh
shell_tests += tests/docs.sh
shell_tests += tests/embed.sh
shell_tests += tests/exports.sh
shell_tests += tests/host.sh
shell_tests += tests/layers.sh
shell_tests += tests/man.sh
shell_tests += tests/mc-against-ngspice.sh
shell_tests += tests/mc-faults.sh
shell_tests += tests/mc-keep.sh
shell_tests += tests/mc-params.sh
shell_tests += tests/mc-pdk.sh
shell_tests += tests/mc-pristine.sh
shell_tests += tests/mc-reducers.sh
shell_tests += tests/mc-code-models.sh
shell_tests += tests/mc-corners.sh
shell_tests += tests/mc-sections.sh
shell_tests += tests/mc-same-bits.sh
shell_tests += tests/mc-statements.sh
shell_tests += tests/mc-statistical.sh
shell_tests += tests/mc-stress.sh
shell_tests += tests/mc-theory.sh
shell_tests += tests/mc-importance.sh
shell_tests += tests/mc-until.sh
shell_tests += tests/troubleshooting.sh

tests_test_worker_clock_SOURCES = tests/test-worker-clock.c src/study/worker-clock.c
tests_test_worker_lock_SOURCES = tests/test-worker-lock.c src/study/worker-lock.c

tests_test_bench_statistics_SOURCES = tests/test-bench-statistics.c \
	bench/statistics.c bench/statistics.h

# Built with --enable-fuzz; each from its one file.
fuzz_targets =
fuzz_targets += tests/fuzz/fuzz-deck
fuzz_targets += tests/fuzz/fuzz-expression
fuzz_targets += tests/fuzz/fuzz-lint
fuzz_targets += tests/fuzz/fuzz-measure
fuzz_targets += tests/fuzz/fuzz-message
fuzz_targets += tests/fuzz/fuzz-number
fuzz_targets += tests/fuzz/fuzz-raw
fuzz_targets += tests/fuzz/fuzz-vary
tests_fuzz_fuzz_deck_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_expression_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_lint_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_measure_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_message_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_number_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_raw_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_vary_LDADD = $(fuzz_ldadd)

check_tests += tests/fuzz/replay-deck
check_tests += tests/fuzz/replay-lint
check_tests += tests/fuzz/replay-message
check_tests += tests/fuzz/replay-number
check_tests += tests/fuzz/replay-raw
check_tests += tests/test-worst
tests_fuzz_replay_deck_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz-deck.c
tests_fuzz_replay_lint_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz-lint.c
tests_fuzz_replay_message_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz-message.c
tests_fuzz_replay_number_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz-number.c
tests_fuzz_replay_raw_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz-raw.c

# Shared by the test programs.
support_sources = tests/support.c tests/support.h tests/support-store.c tests/support-store.h
support_sources += tests/support-raw.c tests/support-raw.h
support_sources += tests/support-simulators.c tests/support-simulators.h
support_sources += tests/support-report.c tests/support-report.h
support_sources += tests/support-ng.c tests/support-ng.h
support_sources += tests/support-plots.c tests/support-plots.h
support_sources += tests/support-session.c tests/support-session.h
support_sources += tests/support-update.c tests/support-update.h
support_sources += tests/support-worker.c tests/support-worker.h
support_sources += tests/support-circuit.c tests/support-circuit.h
support_sources += tests/support-folder.c tests/support-folder.h
support_sources += tests/support-compare.c tests/support-compare.h
support_sources += tests/support-job.c tests/support-job.h
support_sources += tests/support-sheet.c tests/support-sheet.h
support_sources += tests/support-lint.c tests/support-lint.h
support_sources += tests/support-measure.c tests/support-measure.h

# Decks and other fixtures that tests read from $(srcdir).
test_data =
test_data += tests/against-ngspice.py
test_data += tests/browser.py
test_data += tests/cli.sh
test_data += tests/decks/behaviour.cir
test_data += tests/decks/behind-end.cir
test_data += tests/decks/bipolar.cir
test_data += tests/decks/bridges.cir
test_data += tests/decks/bsim3.cir
test_data += tests/decks/bsim4.cir
test_data += tests/decks/codemodels.cir
test_data += tests/decks/comments.cir
test_data += tests/decks/conditions.cir
test_data += tests/decks/counter.cir
test_data += tests/decks/coupled.cir
test_data += tests/decks/delay.cir
test_data += tests/decks/currents.cir
test_data += tests/decks/ddt.cir
test_data += tests/decks/digital.cir
test_data += tests/decks/distortion.cir
test_data += tests/decks/gates.cir
test_data += tests/decks/hisim.cir
test_data += tests/decks/initial.cir
test_data += tests/decks/jfets.cir
test_data += tests/decks/library.cir
test_data += tests/decks/lines.cir
test_data += tests/decks/measures.cir
test_data += tests/decks/reducers-ac.cir
test_data += tests/decks/reducers-tran.cir
test_data += tests/decks/missing-quantities.cir
test_data += tests/decks/mosfets.cir
test_data += tests/decks/no-newline.cir
test_data += tests/decks/noise.cir
test_data += tests/decks/numerical.cir
test_data += tests/decks/options.cir
test_data += tests/decks/parameters.cir
test_data += tests/decks/parts/common.inc
test_data += tests/decks/parts/corners.lib
test_data += tests/decks/parts/folder/inner.inc
test_data += tests/decks/parts/folder/outer.inc
test_data += tests/decks/parts/passive.inc
test_data += tests/decks/parts/stimulus.txt
test_data += tests/decks/parts/surface.table
test_data += tests/decks/passive.cir
test_data += tests/decks/poles.cir
test_data += tests/decks/poly.cir
test_data += tests/decks/probes-behind-a-comment.cir
test_data += tests/decks/probes-in-a-subcircuit.cir
test_data += tests/decks/probes.cir
test_data += tests/decks/saved-by-commands.cir
test_data += tests/decks/saves.cir
test_data += tests/decks/scattering.cir
test_data += tests/decks/sensitivity-ac.cir
test_data += tests/decks/sensitivity.cir
test_data += tests/decks/several.cir
test_data += tests/decks/subcircuits.cir
test_data += tests/decks/switches.cir
test_data += tests/decks/table.cir
test_data += tests/decks/temper.cir
test_data += tests/decks/title-like-a-card.cir
test_data += tests/decks/title-of-a-resistor.cir
test_data += tests/decks/transformer.cir
test_data += tests/decks/uic.cir
test_data += tests/decks/upper.cir
test_data += tests/decks/vdmos.cir
test_data += tests/decks/waveforms.cir
test_data += tests/fuzz/corpus-deck/backslashes-comment
test_data += tests/fuzz/corpus-deck/backslashes-dollar
test_data += tests/fuzz/corpus-deck/backslashes-in-a-block
test_data += tests/fuzz/corpus-deck/backslashes-within
test_data += tests/fuzz/corpus-deck/card-longer-than-a-mask
test_data += tests/fuzz/corpus-deck/numerical-in-a-comment
test_data += tests/fuzz/corpus-deck/plus-alone-behind-a-block
test_data += tests/fuzz/corpus-deck/plus-alone-in-a-block
test_data += tests/fuzz/corpus-deck/plus-with-a-quote-behind-a-block
test_data += tests/fuzz/corpus-deck/plus-with-a-quote-behind-a-title
test_data += tests/fuzz/corpus-deck/probe-in-a-comment
test_data += tests/fuzz/corpus-deck/quote-in-a-block
test_data += tests/fuzz/corpus-deck/title-like-a-card
test_data += tests/fuzz/corpus-deck/title-with-a-tab
test_data += tests/fuzz/corpus-deck/zero-byte-in-a-block
test_data += tests/fuzz/corpus-lint/expressions
test_data += tests/fuzz/corpus-lint/functions-in-a-circle
test_data += tests/fuzz/corpus-lint/name-behind-and
test_data += tests/fuzz/corpus-lint/no-pins
test_data += tests/fuzz/corpus-lint/ports
test_data += tests/fuzz/corpus-lint/sources
test_data += tests/fuzz/corpus-message/alters
test_data += tests/fuzz/corpus-message/block-of-too-many-points
test_data += tests/fuzz/corpus-message/deck
test_data += tests/fuzz/corpus-message/deck-of-too-many-lines
test_data += tests/fuzz/corpus-message/result
test_data += tests/fuzz/corpus-message/result-column-beyond
test_data += tests/fuzz/corpus-number/a-tenth
test_data += tests/fuzz/corpus-number/exponent-unit
test_data += tests/fuzz/corpus-number/least
test_data += tests/fuzz/corpus-number/power-of-two
test_data += tests/fuzz/corpus-raw/ltspice-fastaccess
test_data += tests/fuzz/corpus-raw/ltspice-floats
test_data += tests/fuzz/corpus-raw/ltspice-text
test_data += tests/fuzz/corpus-raw/ltspice-zeros
test_data += tests/fuzz/corpus-raw/ngspice-aborted
test_data += tests/fuzz/corpus-raw/ngspice-binary
test_data += tests/fuzz/corpus-raw/ngspice-complex
test_data += tests/fuzz/corpus-raw/ngspice-text
test_data += tests/fuzz/corpus-raw/qspice-complex
test_data += tests/fuzz/corpus-raw/ragged-text
test_data += tests/fuzz/corpus-raw/spectre
test_data += tests/fuzz/corpus-raw/spectre-text
test_data += tests/fuzz/corpus-raw/xyce-adjoint
test_data += tests/fuzz/corpus-raw/xyce-text
test_data += tests/mc-theory.py
test_data += tests/keep-against-ngspice.py
test_data += tests/stress.py
test_data += tests/zarr-open.py
