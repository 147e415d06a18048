# The command: public headers only. One line per noun.
carom_SOURCES =
carom_LDADD = libcarom.la
bin_PROGRAMS += carom
