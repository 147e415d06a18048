# Pages, installed beside their pictures and examples.
docs_files =
docs_files += docs/architecture.md
docs_files += docs/benchmark_results.md
docs_files += docs/circuit.md
docs_files += docs/decks.md
docs_files += docs/distributions.md
docs_files += docs/embed.md
docs_files += docs/importance-sampling.md
docs_files += docs/lint.md
docs_files += docs/ngspice-seam.md
docs_files += docs/parameters.md
docs_files += docs/pdk.md
docs_files += docs/performance_tuning.md
docs_files += docs/raw-format.md
docs_files += docs/report.md
docs_files += docs/rules.md
docs_files += docs/session.md
docs_files += docs/statements.md
docs_files += docs/statistics.md
docs_files += docs/troubleshooting.md
docs_files += docs/tutorial.md
dist_doc_DATA = $(docs_files)
imagedir = $(docdir)/images
dist_image_DATA = docs/images/circuit.svg docs/images/opamp.svg \
	docs/images/miller-report.png docs/images/opamp-report.png
dist_man1_MANS = docs/carom.1

# A page for each public header, made by docs/man.awk; in the tarball.
dist_man3_MANS = docs/carom.3 $(man_pages)
man_pages =
man_pages += docs/man/carom_arrow.3
man_pages += docs/man/carom_circuit.3
man_pages += docs/man/carom_edit.3
man_pages += docs/man/carom_error.3
man_pages += docs/man/carom_graph.3
man_pages += docs/man/carom_library.3
man_pages += docs/man/carom_param.3
man_pages += docs/man/carom_plot.3
man_pages += docs/man/carom_raw.3
man_pages += docs/man/carom_report.3
man_pages += docs/man/carom_run.3
man_pages += docs/man/carom_session.3
man_pages += docs/man/carom_spectrum.3
man_pages += docs/man/carom_statistics.3
man_pages += docs/man/carom_store.3
man_pages += docs/man/carom_study.3
man_pages += docs/man/carom_table.3
man_pages += docs/man/carom_topology.3
man_pages += docs/man/carom_version.3
EXTRA_DIST += docs/man.awk docs/man/links
MAINTAINERCLEANFILES = $(man_pages) docs/man/links

man: $(dist_man1_MANS) $(dist_man3_MANS)
$(man_pages): docs/man/links ;

# Which function is on which page, and by the way the pages.
man_awk = $(AWK) -v version='$(VERSION)' -f $(srcdir)/docs/man.awk
docs/man/links: docs/man.awk configure.ac $(carominclude_HEADERS) src/carom-version.h.in
	$(AM_V_GEN)$(MKDIR_P) docs/man && rm -f $@.new && \
	for page in $(man_pages); do \
		header=$${page##*_}; header='$(srcdir)'/src/carom-$${header%.3}.h; \
		test -e "$$header" || header=$$header.in; \
		set -- '$(srcdir)/src/carom-error.h' "$$header"; \
		$(man_awk) "$$@" >$$page && $(man_awk) -v what=links "$$@" >>$@.new || exit; \
	done && mv $@.new $@ && touch $(man_pages)

# So that "man carom_session_run" shows carom_session(3).
install-data-hook:
	@links=docs/man/links; test -e $$links || links='$(srcdir)'/$$links; \
	while read -r function page; do \
		echo ".so man3/$$page.3" >'$(DESTDIR)$(man3dir)'/$$function.3 || exit; \
	done <"$$links"
uninstall-hook:
	@links=docs/man/links; test -e $$links || links='$(srcdir)'/$$links; \
	while read -r function page; do \
		rm -f '$(DESTDIR)$(man3dir)'/$$function.3; \
	done <"$$links"

.PHONY: man

# Decks and programs to start from; installed with the documentation.
example_files =
example_files += docs/examples/background.c
example_files += docs/examples/buck.cir
example_files += docs/examples/control.c
example_files += docs/examples/corners.cir
example_files += docs/examples/digital.c
example_files += docs/examples/errors.c
example_files += docs/examples/first.c
example_files += docs/examples/host.c
example_files += docs/examples/isolated.c
example_files += docs/examples/opamp.cir
example_files += docs/examples/pdk/miller.cir
example_files += docs/examples/rc.cir
example_files += docs/examples/ring.cir
example_files += docs/examples/spectrum.c
example_files += docs/examples/sram.cir
example_files += docs/examples/stream.c
example_files += docs/examples/tune.c
exampledir = $(docdir)/examples
dist_example_DATA = $(example_files)

# Host programs: tests/embed.sh, tests/host.sh and tests/control.sh run them from here,
# tests/installed.sh builds one as a user would.
check_PROGRAMS += docs/examples/host
docs_examples_host_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/control
docs_examples_control_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/background
docs_examples_background_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/digital
docs_examples_digital_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/errors
docs_examples_errors_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/first
docs_examples_first_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/isolated
docs_examples_isolated_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/spectrum
docs_examples_spectrum_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/stream
docs_examples_stream_LDADD = libcarom.la -lm
check_PROGRAMS += docs/examples/tune
docs_examples_tune_LDADD = libcarom.la -lm
