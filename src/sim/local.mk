# The session, plots and measurements. One line per noun.
core_sources += src/sim/alter.c
core_sources += src/sim/alter.h
core_sources += src/sim/line-list.c
core_sources += src/sim/line-list.h
core_sources += src/sim/measure-take.c
core_sources += src/sim/measure.c
core_sources += src/sim/measure.h
core_sources += src/sim/plot-csv.c
core_sources += src/sim/plot.c
core_sources += src/sim/plot.h
core_sources += src/sim/result-from-ng.c
core_sources += src/sim/result-from-ng.h
core_sources += src/sim/session-state.h
core_sources += src/sim/session-thread.c
core_sources += src/sim/session-thread.h
core_sources += src/sim/session.c
core_sources += src/sim/update.c
