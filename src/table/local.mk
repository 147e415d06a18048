# Tables of columns as files. One line per noun.
core_sources += src/table/arrow.c
core_sources += src/table/csv.c
core_sources += src/table/names.c
core_sources += src/table/npy.c
core_sources += src/table/npz.c
core_sources += src/table/raw.c
core_sources += src/table/table.c
core_sources += src/table/table.h
core_sources += src/table/walk.c
core_sources += src/table/walk.h
