# Pages that are part of the package.
docs_files =
EXTRA_DIST += $(docs_files)

# Decks and programs to start from; installed with the documentation.
example_files =
exampledir = $(docdir)/examples
dist_example_DATA = $(example_files)
