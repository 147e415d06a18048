# The processors that there are and may be used, and which worker goes on which. One line per noun.
core_sources += src/topology/cpu-set.c
core_sources += src/topology/cpu-set.h
core_sources += src/topology/machine.c
core_sources += src/topology/machine.h
core_sources += src/topology/placement.c
core_sources += src/topology/placement.h
core_sources += src/topology/plan.h
core_sources += src/topology/quota.c
core_sources += src/topology/quota.h
core_sources += src/topology/topology.c
