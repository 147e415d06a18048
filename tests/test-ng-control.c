/* SPDX-License-Identifier: BSD-3-Clause */
/* What a run is told by others. */
#include "ng-control.h"

#include <pthread.h>
#include <unistd.h>

#include "support.h"

static void without_a_word_a_run_goes_on(void **state)
{
	struct ng_control control = {0};

	(void)state;
	assert_false(ng_control_is_set(NULL));
	assert_false(ng_control_is_cancelled(NULL));
	assert_false(ng_control_is_set(&control));
	assert_false(ng_control_hold(&control));
}

static void a_cancel_holds_until_it_is_cleared(void **state)
{
	struct ng_control control = {0};

	(void)state;
	ng_control_cancel(&control);
	assert_true(ng_control_is_cancelled(&control));
	assert_true(ng_control_hold(&control));
	assert_true(ng_control_hold(&control));
	ng_control_clear(&control);
	assert_false(ng_control_hold(&control));
}

static void a_cancel_ends_a_pause(void **state)
{
	struct ng_control control = {0};

	(void)state;
	ng_control_pause(&control);
	assert_true(ng_control_is_set(&control));
	assert_false(ng_control_is_cancelled(&control));
	ng_control_cancel(&control);
	assert_true(ng_control_hold(&control));
}

struct held {
	struct ng_control control;
	_Atomic bool has_gone_on;
};

static void *hold(void *arg)
{
	struct held *held = arg;

	assert_false(ng_control_hold(&held->control));
	atomic_store(&held->has_gone_on, true);
	return NULL;
}

static void a_paused_run_goes_on_when_it_is_told_to(void **state)
{
	struct held held = {{0}, false};
	pthread_t thread;

	(void)state;
	ng_control_pause(&held.control);
	pthread_create(&thread, NULL, hold, &held);
	usleep(20000);
	assert_false(atomic_load(&held.has_gone_on));
	ng_control_unpause(&held.control);
	pthread_join(thread, NULL);
	assert_true(atomic_load(&held.has_gone_on));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_word_a_run_goes_on),
		cmocka_unit_test(a_cancel_holds_until_it_is_cleared),
		cmocka_unit_test(a_cancel_ends_a_pause),
		cmocka_unit_test(a_paused_run_goes_on_when_it_is_told_to),
	};

	return run_all_tests(tests);
}
