/* SPDX-License-Identifier: BSD-3-Clause */
/* Comparisons that say what they saw when they fail. */
#include "support.h"

#include <math.h>
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
