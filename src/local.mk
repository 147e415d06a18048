# libcarom, its public headers, and the two programs.

caromincludedir = $(includedir)/carom
carominclude_HEADERS = \
	src/carom-arrow.h \
	src/carom-circuit.h \
	src/carom-edit.h \
	src/carom-error.h \
	src/carom-graph.h \
	src/carom-library.h \
	src/carom-param.h \
	src/carom-plot.h \
	src/carom-raw.h \
	src/carom-report.h \
	src/carom-run.h \
	src/carom-session.h \
	src/carom-spectrum.h \
	src/carom-statistics.h \
	src/carom-store.h \
	src/carom-study.h \
	src/carom-table.h \
	src/carom-topology.h \
	src/carom.h
nodist_carominclude_HEADERS = src/carom-version.h

pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = carom.pc

# All objects once, hidden symbols visible: what libcarom, carom-worker and the tests are made of.
noinst_LTLIBRARIES += libcarom-core.la
libcarom_core_la_SOURCES = $(core_sources)
libcarom_core_la_LIBADD = $(HWLOC_LIBS) $(JANSSON_LIBS) $(ZLIB_LIBS) -lm -lpthread -ldl

lib_LTLIBRARIES += libcarom.la
libcarom_la_SOURCES =
libcarom_la_LIBADD = libcarom-core.la
libcarom_la_LDFLAGS = $(AM_LDFLAGS) -no-undefined -version-info $(LIBCAROM_VERSION_INFO) \
	-export-symbols $(srcdir)/src/libcarom.sym
EXTRA_libcarom_la_DEPENDENCIES = src/libcarom.sym
EXTRA_DIST += src/libcarom.sym

# libngspice, loaded by the worker, is to find the worker's clock() and ftime(), locks and dlopen()
# before libc's, and its calloc() before mimalloc's.
pkglibexec_PROGRAMS += carom-worker
carom_worker_SOURCES = $(worker_sources)
carom_worker_LDADD = libcarom-core.la $(MIMALLOC_LIBS)
carom_worker_LDFLAGS = $(AM_LDFLAGS) -Wl,--as-needed \
	-Wl,--export-dynamic-symbol=clock -Wl,--export-dynamic-symbol=ftime \
	-Wl,--export-dynamic-symbol=pthread_mutex_lock -Wl,--export-dynamic-symbol=pthread_mutex_unlock \
	-Wl,--export-dynamic-symbol=dlopen
if MIMALLOC
carom_worker_SOURCES += src/study/worker-calloc.c
carom_worker_LDFLAGS += -Wl,--export-dynamic-symbol=calloc
endif
