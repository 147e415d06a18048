/* SPDX-License-Identifier: BSD-3-Clause */
/* The clocks of carom-worker: coarse, but they go. */
#include <math.h>
#include <sys/timeb.h>
#include <time.h>

#include "support.h"

/* The C library calls it obsolete; libngspice calls it all the same. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

#define PAUSE_MS 30
#define MANY_CALLS 64 /* of which some look at the clock */

static void pause_for_a_while(void)
{
	nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
}

static double ftime_ms(void)
{
	struct timeb now;

	assert_int_equal(ftime(&now), 0);
	assert_in_range(now.millitm, 0, 999);
	return 1e3 * (double)now.time + now.millitm;
}

static void ftime_tells_the_time_of_day(void **state)
{
	(void)state;
	assert_true(fabs(1e-3 * ftime_ms() - (double)time(NULL)) < 2);
}

static void ftime_goes_on_within_some_calls(void **state)
{
	double before = ftime_ms(), after = before;

	(void)state;
	pause_for_a_while();
	for (int i = 0; i < MANY_CALLS; i++) {
		double now = ftime_ms();

		assert_true(now >= after);
		after = now;
	}
	assert_true(after - before >= PAUSE_MS / 2.0);
}

static void clock_goes_on_while_nothing_is_done(void **state)
{
	clock_t before = clock();

	(void)state;
	pause_for_a_while();
	assert_true(clock() - before >= PAUSE_MS * CLOCKS_PER_SEC / 2000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ftime_tells_the_time_of_day),
		cmocka_unit_test(ftime_goes_on_within_some_calls),
		cmocka_unit_test(clock_goes_on_while_nothing_is_done),
	};

	return run_all_tests(tests);
}
