# The session, plots and measurements. One line per noun.
core_sources += src/sim/measure.h
