/* SPDX-License-Identifier: BSD-3-Clause */
/* The answer to "status", and what a run needs of the saves before it. */
#include "ng-stop.h"

#include "base/mem.h"
#include "carom-run.h"
#include "support.h"

static void the_list_has_saves_and_conditions(void **state)
{
	struct ng_stop_list list = {0};

	(void)state;
	ng_stop_list_add(&list, "1    save out");
	ng_stop_list_add(&list, "12   save @m1[gm]");
	ng_stop_list_add(&list, "103  stop when time >= 1e-06");
	ng_stop_list_add(&list, "7    trace all");
	ng_stop_list_add(&list, "Note: something else");
	ng_stop_list_add(&list, "");
	assert_int_equal(list.n, 3);
	assert_true(list.entries[0].is_save && !list.entries[0].is_parameter);
	assert_true(list.entries[1].is_save && list.entries[1].is_parameter);
	assert_false(list.entries[2].is_save);
	assert_int_equal(list.entries[2].number, 103);
	mem_free(list.entries);
}

static void a_list_without_memory_says_that_it_is_short(void **state)
{
	struct ng_stop_list list = {0};

	(void)state;
	mem_fail_after(0);
	ng_stop_list_add(&list, "1    save out");
	mem_fail_after(-1);
	assert_true(list.is_short);
	assert_int_equal(list.n, 0);
}

static void what_cannot_be_put_back_needs_a_load(void **state)
{
	static const char *const names[] = {"out"};
	struct carom_run_options plain = {0}, saving = {.save = names, .n_save = 1},
				 dropping = {.keeps_nothing = true};
	struct ng_saves saves = {0};

	(void)state;
	assert_false(ng_saves_need_reload(&saves, &plain));
	saves.asked = mem_strdup(" out");
	assert_false(ng_saves_need_reload(&saves, &plain));
	saves.deck_has_some = true;
	assert_true(ng_saves_need_reload(&saves, &plain));
	assert_false(ng_saves_need_reload(&saves, &saving));
	saves.keeps_nothing = true;
	assert_true(ng_saves_need_reload(&saves, &saving));
	ng_saves_forget(&saves);
	assert_true(ng_saves_need_reload(&saves, &plain));
	assert_false(ng_saves_need_reload(&saves, &dropping));
	assert_null(saves.asked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_has_saves_and_conditions),
		cmocka_unit_test(a_list_without_memory_says_that_it_is_short),
		cmocka_unit_test(what_cannot_be_put_back_needs_a_load),
	};

	return run_all_tests(tests);
}
