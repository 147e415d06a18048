/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of a result's way to another process. */
#include "sim/result-pack.h"

#include <string.h>

#include "base/mem.h"
#include "sim/plot.h"
#include "support.h"

static _Alignas(64) char room[512];

/* Two plots whose columns lie in the room, as a worker has them. */
static struct carom_result *make_result(void)
{
	static const double numbers[] = {1, 2, 3, 4};
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "ac1", "amplifier", 2);

	plot_add_view(plot, "v(out)", "V", true, 2, numbers);
	plot_add_view(plot, "frequency", "Hz", true, 2, numbers);
	plot_set_scale(plot, 1);
	plot = result_add_plot(result, "op1", "amplifier", 2);
	plot_add_view(plot, "i(v1)", "A", false, 1, numbers + 2);
	plot_add_view(plot, "nothing", "", false, 0, numbers);
	result_move_views(result, room);
	return result;
}

static struct text pack_result(void)
{
	struct carom_result *result = make_result();
	struct text bytes = TEXT_INIT;
	struct pack pack = {.out = &bytes};

	result_pack(&pack, result, room);
	assert_false(pack.failed);
	carom_result_free(result);
	return bytes;
}

static int unpack(struct carom_result **result, const char *bytes, size_t size, size_t room_size)
{
	struct pack pack = {.in = (const unsigned char *)bytes, .left = size};

	return result_unpack(result, &pack, room, room_size);
}

static void a_result_comes_out_as_it_went_in(void **state)
{
	struct text bytes = pack_result();
	struct carom_result *result;
	const struct carom_plot *plot;
	const struct carom_vector *vector;
	(void)state;

	assert_int_equal(unpack(&result, bytes.data, bytes.length, sizeof(room)), 0);
	text_release(&bytes);
	assert_int_equal(carom_result_plot_count(result), 2);
	plot = carom_result_plot(result, 0);
	assert_string_equal(carom_plot_name(plot), "ac1");
	assert_string_equal(carom_plot_title(plot), "amplifier");
	assert_ptr_equal(carom_plot_scale(plot), carom_plot_vector(plot, 1));
	vector = carom_plot_vector(plot, 0);
	assert_string_equal(carom_vector_name(vector), "v(out)");
	assert_string_equal(carom_vector_unit(vector), "V");
	assert_ptr_equal(carom_vector_complex(vector), room);
	assert_double_equal(carom_vector_complex(vector)[3], 4, 0, 0);
	plot = carom_result_plot(result, 1);
	assert_null(carom_plot_scale(plot));
	assert_double_equal(carom_vector_real(carom_plot_vector(plot, 0))[0], 3, 0, 0);
	assert_int_equal(carom_vector_length(carom_plot_vector(plot, 1)), 0);
	carom_result_free(result);
}

static void every_truncation_is_damage(void **state)
{
	struct text bytes = pack_result();
	struct carom_result *result;
	(void)state;

	for (size_t size = 0; size < bytes.length; size++) {
		char *part = mem_alloc(size);

		memcpy(part, bytes.data, size);
		assert_int_equal(unpack(&result, part, size, sizeof(room)), CAROM_ERROR_FORMAT);
		assert_null(result);
		mem_free(part);
	}
	text_release(&bytes);
}

/* The room is exactly as large as the last column reaches: no less does. */
static void a_column_beyond_the_memory_is_damage(void **state)
{
	struct text bytes = pack_result();
	struct carom_result *result;
	size_t need = 2 * 64 + sizeof(double);
	(void)state;

	assert_int_equal(unpack(&result, bytes.data, bytes.length, 3 * 64), 0);
	carom_result_free(result);
	for (size_t size = 0; size < need; size += 4)
		assert_int_equal(unpack(&result, bytes.data, bytes.length, size),
				 CAROM_ERROR_FORMAT);
	text_release(&bytes);
}

/* Whatever is said, every number of a result that is made can be read. */
static double sum_of(const struct carom_result *result)
{
	double sum = 0;

	for (size_t i = 0; i < carom_result_plot_count(result); i++) {
		const struct carom_plot *plot = carom_result_plot(result, i);

		sum += carom_plot_scale(plot) ? 1 : 0;
		for (size_t j = 0; j < carom_plot_vector_count(plot); j++) {
			const struct carom_vector *vector = carom_plot_vector(plot, j);
			bool is_complex = carom_vector_is_complex(vector);
			const double *column = is_complex ? carom_vector_complex(vector)
							  : carom_vector_real(vector);

			for (size_t k = 0; k < carom_vector_length(vector) * (1 + is_complex); k++)
				sum += column[k];
		}
	}
	return sum;
}

static void every_changed_byte_does_no_harm(void **state)
{
	struct text bytes = pack_result();
	struct carom_result *result;
	double sum = 0;
	(void)state;

	for (size_t i = 0; i < bytes.length; i++)
		for (int bit = 0; bit < 8; bit++) {
			bytes.data[i] ^= (char)(1 << bit);
			if (unpack(&result, bytes.data, bytes.length, sizeof(room)) == 0)
				sum += sum_of(result);
			carom_result_free(result);
			bytes.data[i] ^= (char)(1 << bit);
		}
	assert_true(sum > 0);
	text_release(&bytes);
}

static void unpacking_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	struct text bytes = pack_result();
	int nth = 0, status = -1;
	(void)state;

	for (; status; nth++) {
		struct carom_result *result;

		mem_fail_after(nth);
		status = unpack(&result, bytes.data, bytes.length, sizeof(room));
		mem_fail_after(-1);
		assert_true(status ? status == CAROM_ERROR_MEMORY && !result : result != NULL);
		carom_result_free(result);
	}
	assert_true(nth > 10); /* result, list, two plots of four, four vectors */
	text_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_result_comes_out_as_it_went_in),
		cmocka_unit_test(every_truncation_is_damage),
		cmocka_unit_test(a_column_beyond_the_memory_is_damage),
		cmocka_unit_test(every_changed_byte_does_no_harm),
		cmocka_unit_test(unpacking_survives_a_lack_of_memory_at_every_allocation),
	};

	return run_all_tests(tests);
}
