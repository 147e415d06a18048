# One line per test.
#
# Programs: "check_tests += tests/test-text" is built from tests/test-text.c with the whole library
# (hidden symbols too), cmocka and tests/support.c.
# Scripts: "shell_tests += tests/cli-run.sh", executable, prints TAP or just fails.
check_tests =
shell_tests =

# Shared by the test programs.
support_sources = tests/support.c tests/support.h

# Decks and other fixtures that tests read from $(srcdir).
test_data =
