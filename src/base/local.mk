# What everything stands on. One line per noun.
core_sources += src/base/decimal.c
core_sources += src/base/decimal.h
core_sources += src/base/digits.c
core_sources += src/base/digits.h
core_sources += src/base/error.c
core_sources += src/base/error.h
core_sources += src/base/fold.h
core_sources += src/base/mem.c
core_sources += src/base/mem.h
core_sources += src/base/name.c
core_sources += src/base/name.h
core_sources += src/base/number-print.c
core_sources += src/base/number.c
core_sources += src/base/number.h
core_sources += src/base/text.c
core_sources += src/base/text.h
core_sources += src/base/version.c
