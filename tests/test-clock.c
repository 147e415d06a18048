/* SPDX-License-Identifier: BSD-3-Clause */
/* The monotonic clock, and ends of waits by it. */
#include "base/clock.h"

#include <math.h>
#include <stdbool.h>

#include "support.h"

static double to_s(struct timespec time)
{
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double now_s(void)
{
	return 1e-9 * (double)clock_now_ns();
}

/* Between two looks at the clock, but for the rounding of these. */
static bool ends_in(double seconds, double expected)
{
	double before = now_s();
	struct timespec end = clock_end(seconds);

	return end.tv_nsec >= 0 && end.tv_nsec < 1000000000 &&
	       to_s(end) >= before + expected - 1e-5 && to_s(end) <= now_s() + expected + 1e-5;
}

static void it_is_the_monotonic_clock(void **state)
{
	struct timespec now;
	uint64_t before = clock_now_ns(), after;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &now);
	after = clock_now_ns();
	assert_true(before <= (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
	assert_true(after >= (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
}

static void an_end_is_so_far_ahead(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++) /* whatever the nanoseconds are */
		assert_true(ends_in(3.75, 3.75));
	assert_true(ends_in(0, 0));
	assert_true(ends_in(0.999999999, 0.999999999));
	assert_true(ends_in(-5, 0));
}

static void a_wait_for_ever_ends_after_decades(void **state)
{
	(void)state;
	assert_true(ends_in(1e9, 1e9));
	assert_true(ends_in(1e300, 1e9));
	assert_true(ends_in(INFINITY, 1e9));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_monotonic_clock),
		cmocka_unit_test(an_end_is_so_far_ahead),
		cmocka_unit_test(a_wait_for_ever_ends_after_decades),
	};

	return run_all_tests(tests);
}
