# The command: public headers only. One line per noun.
carom_SOURCES =
carom_SOURCES += src/cli/cmd-lint.c
carom_SOURCES += src/cli/cmd-mc.c
carom_SOURCES += src/cli/cmd-run.c
carom_SOURCES += src/cli/cmd-topo.c
carom_SOURCES += src/cli/command.c
carom_SOURCES += src/cli/command.h
carom_SOURCES += src/cli/main.c
carom_SOURCES += src/cli/progress.c
carom_SOURCES += src/cli/progress.h
carom_SOURCES += src/cli/summary-json.c
carom_SOURCES += src/cli/summary-text.c
carom_SOURCES += src/cli/summary.h
carom_LDADD = libcarom.la $(JANSSON_LIBS) -lm
bin_PROGRAMS += carom
