# The report of a store. One line per noun.
core_sources += src/report/cells.c
core_sources += src/report/data.c
core_sources += src/report/drivers.c
core_sources += src/report/embedded.h
core_sources += src/report/failures.c
core_sources += src/report/measurement.c
core_sources += src/report/page.c
core_sources += src/report/quantile-plot.c
core_sources += src/report/report.c
core_sources += src/report/report.h
core_sources += src/report/running.c
core_sources += src/report/thin.c
core_sources += src/report/thin.h
core_sources += src/report/waves.c

# The page's own files and Chart.js (an empty array where there is none), as arrays of C.
report_files =
report_files += src/report/page.html
report_files += src/report/page.css
report_files += src/report/number.js
report_files += src/report/element.js
report_files += src/report/chart.js
report_files += src/report/plots.js
report_files += src/report/waves.js
report_files += src/report/page.js
EXTRA_DIST += $(report_files)
nodist_libcarom_core_la_SOURCES = src/report/embedded.c
CLEANFILES += src/report/embedded.c

# "  3c 2f" -> "0x3c,0x2f,"
to_bytes = $(SED) 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
src/report/embedded.c: $(report_files) $(CHART_JS) src/report/local.mk config.status
	$(AM_V_GEN)$(MKDIR_P) src/report && { \
		echo '#include "report/embedded.h"'; \
		for file in $(report_files) library; do \
			name=`echo "$${file##*/}" | tr '.-' '__'`; \
			case $$file in \
			library) file='$(CHART_JS)'; test -n "$$file" || file=/dev/null ;; \
			*) file='$(srcdir)'/$$file ;; \
			esac; \
			echo "static const unsigned char $${name}[] = {"; \
			od -A n -v -t x1 "$$file" | $(to_bytes) || exit; \
			echo '0};'; \
			echo "const struct report_file report_$$name = {$$name, sizeof($$name) - 1};"; \
		done; \
	} >$@.new && mv $@.new $@
