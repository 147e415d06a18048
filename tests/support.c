/* SPDX-License-Identifier: BSD-3-Clause */
/* Comparisons that say what they saw when they fail, random numbers and a decimal comma. */
#include "support.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void support_assert_double_equal(double a, double b, double relative, double absolute,
				 const char *file, int line)
{
	double limit = relative * fmax(fabs(a), fabs(b)) + absolute;

	if (a == b || (isfinite(a) && isfinite(b) && fabs(a - b) <= limit))
		return;
	print_error("%.17g and %.17g differ by more than %g\n", a, b, limit);
	_fail(file, line);
}

void support_assert_same_bits(double a, double b, const char *file, int line)
{
	if (memcmp(&a, &b, sizeof(a)) == 0)
		return;
	print_error("%.17g (%a) and %.17g (%a) are not the same bits\n", a, a, b, b);
	_fail(file, line);
}

void support_assert_ok(const struct carom_error *err, const char *file, int line)
{
	char message[1024];

	if (err->status == CAROM_OK)
		return;
	carom_error_format(err, message, sizeof(message));
	print_error("%s: %s\n", carom_status_name(err->status), message);
	_fail(file, line);
}

void support_assert_error_says(const struct carom_error *err, const char *expected,
			       const char *file, int line)
{
	char says[sizeof(err->text) + sizeof(err->hint)];

	snprintf(says, sizeof(says), "%s%s%s", err->text, err->hint[0] ? "\n" : "", err->hint);
	_assert_string_equal(says, expected, file, line);
}

/* Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (2003). */
uint64_t random_bits(void)
{
	static uint64_t bits = 88172645463325252u;

	bits ^= bits << 13;
	bits ^= bits >> 7;
	bits ^= bits << 17;
	return bits;
}

uint32_t random_below(uint32_t n)
{
	return (uint32_t)(random_bits() >> 33) % n;
}

double random_double(void)
{
	double value;

	do {
		uint64_t bits = random_bits();

		memcpy(&value, &bits, sizeof(value));
	} while (!isfinite(value));
	return value;
}

/*
 * German, of the package locales, or else made up.  localedef complains of all that is missing: whether the locale can be
 * used is what counts.
 */
void support_begin_comma_locale(const char *file, int line)
{
	static const char commands[] =
		"cd %s && printf '%%s\\n' LC_NUMERIC 'decimal_point \",\"' "
		"'thousands_sep \"\"' 'grouping -1' 'END LC_NUMERIC' >source; "
		"{ localedef -i de_DE -f UTF-8 ./comma || localedef -c -i ./source ./comma; } "
		">localedef.log 2>&1";
	char folder[] = "/tmp/carom-locale-XXXXXX";
	char command[sizeof(commands) + sizeof(folder)];
	const char *name = NULL;

	if (mkdtemp(folder)) {
		snprintf(command, sizeof(command), commands, folder);
		(void)!system(command);
		setenv("LOCPATH", folder, 1);
		name = setlocale(LC_NUMERIC, "comma");
		snprintf(command, sizeof(command), "rm -rf %s", folder);
		(void)!system(command);
	}
	if (name && localeconv()->decimal_point[0] == ',')
		return;
	print_error("no locale with a decimal comma could be made\n");
	_fail(file, line);
}

int end_comma_locale(void **state)
{
	(void)state;
	unsetenv("LOCPATH");
	return setlocale(LC_NUMERIC, "C") ? 0 : -1;
}
