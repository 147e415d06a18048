/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of .meas cards: what each becomes, and what cannot be read. */
#include "study/measure-card.h"

#include <string.h>

#include "base/mem.h"
#include "study/statement.h"
#include "support.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* ".meas <card>" is this measurement. */
static void assert_read(const char *card, const char *analysis, const char *expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text text = TEXT_INIT, printed = TEXT_INIT;
	struct study_measure measure;

	text_printf(&text, ".meas %s", card);
	measure_card_read(&measure, text_string(&text), "t.cir", 7, &err);
	assert_ok(&err);
	assert_string_equal(measure.name, "x");
	assert_string_equal(measure.analysis, analysis);
	assert_string_equal(measure.place.source, "t.cir");
	assert_int_equal(measure.place.line, 7);
	assert_true(measure.is_card && measure.measure.clips_window);
	assert_null(measure.formula);
	measure_print(&measure.measure, &printed);
	assert_string_equal(text_string(&printed), expected);
	study_measure_release(&measure);
	text_release(&printed);
	text_release(&text);
}

static void assert_formula(const char *card, const char *expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_measure measure;

	assert_true(measure_card_is_formula(card));
	measure_card_read(&measure, card, "t.cir", 7, &err);
	assert_ok(&err);
	assert_string_equal(measure.formula, expected);
	study_measure_release(&measure);
}

static void assert_refused(const char *card, const char *words)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_measure measure;

	if (measure_card_read(&measure, card, "t.cir", 7, &err) != CAROM_ERROR_SYNTAX)
		fail_msg("\"%s\" was read", card);
	if (!strstr(err.text, words))
		fail_msg("\"%s\" gives \"%s\", which lacks \"%s\"", card, err.text, words);
}

static void cards_are_known_by_their_first_word(void **state)
{
	(void)state;
	assert_true(is_measure_card(".meas tran x max v(a)"));
	assert_true(is_measure_card(".MEASURE\ttran x max v(a)"));
	assert_false(is_measure_card(".measures tran x max v(a)"));
	assert_false(is_measure_card(".mea tran x max v(a)"));
	assert_false(is_measure_card("r1 a b 1k"));
	assert_false(measure_card_is_formula(".meas tran x max v(a)"));
	assert_false(measure_card_is_formula(".meas"));
}

static void one_waveform_is_reduced_in_a_window(void **state)
{
	(void)state;
	assert_read("tran x max v(out)", "tran", "max(v(out))");
	assert_read("TRAN x MAX v(out)", "tran", "max(v(out))");
	assert_read("tran x min_at v(a,b) from=1u to=10u", "tran",
		    "argmin(v(a,b), from=1e-06, to=1e-05)");
	assert_read("dc x avg i(v1) from = -1 to =2", "dc", "avg(i(v1), from=-1, to=2)");
	assert_read("tran x integ @m1[id] to=0", "tran", "integral(@m1[id])");
	assert_read("tran x rms v( a , b )", "tran", "rms(v( a , b ))");
	assert_read("tran x pp par('v(a)-2*v(b)')", "tran", "pp((v(a)-2*v(b)))");
	assert_read("tran x max_at v(out) td=5", "tran", "argmax(v(out))");
}

static void values_are_found_at_a_place_or_at_a_crossing(void **state)
{
	(void)state;
	assert_read("tran x find v(out) at=3u", "tran", "at(v(out), 3e-06)");
	assert_read("tran x deriv v(out) at=3u", "tran", "slope(v(out), 3e-06)");
	assert_read("tran x find v(a) when v(b)=0.5 fall=2", "tran",
		    "find(v(a), v(b), 0.5, fall, 2)");
	assert_read("tran x find v(a) when v(b)=v(c) cross=last td=1", "tran",
		    "find(v(a), v(b)-(v(c)), 0, either, last, from=1)");
}

static void crossings_are_counted_by_edge(void **state)
{
	(void)state;
	assert_read("tran x when v(a)=0.5", "tran", "cross(v(a), 0.5, either, 1)");
	assert_read("tran x when v(a) = 0.5 rise = 3", "tran", "cross(v(a), 0.5, rise, 3)");
	assert_read("tran x when v(a)={vdd/2} FALL=LAST", "tran",
		    "cross(v(a), {vdd/2}, fall, last)");
	assert_read("tran x when v(a)='vdd/2'", "tran", "cross(v(a), {vdd/2}, either, 1)");
	assert_read("tran x when v(a)='max(vdd,1)'", "tran",
		    "cross(v(a), {max(vdd,1)}, either, 1)");
	assert_read("tran x when v(a)=0.5 from=1 to=2", "tran",
		    "cross(v(a), 0.5, either, 1, from=1, to=2)");
}

static void a_trigger_and_a_target_are_a_delay(void **state)
{
	(void)state;
	assert_read("tran x trig v(a) val=0.1 rise=1 targ v(b) val=0.9 fall=2", "tran",
		    "delay(v(a), v(b), 0.1, 0.9, rise, fall, 1, 2)");
	assert_read("tran x trig v(a) val=1 td=2 targ v(b) val=3 td=4", "tran",
		    "delay(v(a), v(b), 1, 3, either, either, 1, 1, td=2, td2=4)");
	assert_read("tran x trig at=1u targ v(b) val=0.5 rise=last", "tran",
		    "delay(v(b), v(b), 50%, 0.5, either, rise, 1, last, 1e-06)");
	assert_read("tran x trig v(a) val=0.5 targ at=5", "tran",
		    "delay(v(a), v(a), 0.5, edge=either, edge2=either, n=1, n2=1, at2=5)");
}

static void vectors_of_a_response_are_real_parts_or_what_their_letter_says(void **state)
{
	(void)state;
	assert_read("ac x max vdb(out)", "ac", "max(db(v(out)))");
	assert_read("ac x max VM(out)", "ac", "max(mag(v(out)))");
	assert_read("ac x when vp(out)=-1", "ac", "cross(ph(v(out)), -1, either, 1)");
	assert_read("ac x max v(out)", "ac", "max(real(v(out)))");
	assert_read("ac x max vi(out)", "ac", "max(imag(v(out)))");
	assert_read("ac x find vr(out) when vdb(out)=vdb(in)", "ac",
		    "find(real(v(out)), db(v(out))-(db(v(in))), 0, either, 1)");
	assert_read("sp x max i(v1)", "sp", "max(real(i(v1)))");
	assert_read("ac x max par('db(v(out))')", "ac", "max((db(v(out))))");
}

static void what_is_calculated_is_a_formula(void **state)
{
	(void)state;
	assert_formula(".meas tran x param='2*tr'", "2*tr");
	assert_formula(".meas tran x PARAM = {a / b}", "a / b");
	assert_formula(".measure tran x expr=a/b", "a/b");
	assert_formula(".meas tran x param='a' ", "a");
}

static void what_cannot_be_read_is_told(void **state)
{
	(void)state;
	assert_refused(".meas", "expected an analysis, a name and a function");
	assert_refused(".meas tran x", "expected an analysis, a name and a function");
	assert_refused(".meas tran x err1 v(a)", "known are max, min");
	assert_refused(".meas tran x max = 3", "a vector is missing");
	assert_refused(".meas tran x max v(a) of=3", "known are from=");
	assert_refused(".meas tran x max v(a) v(b)", "there is more than can be read");
	assert_refused(".meas tran x max v(a) from=", "a number is missing");
	assert_refused(".meas tran x when v(a)", "expected \"=\"");
	assert_refused(".meas tran x when v(a)=", "a level is missing");
	assert_refused(".meas tran x when v(a)=1 rise=0", "counted from 1");
	assert_refused(".meas tran x find v(a)", "expected at= or when");
	assert_refused(".meas tran x find v(a) from=1", "expected at= or when");
	assert_refused(".meas tran x deriv v(a) when v(b)=1", "a slope is taken at=");
	assert_refused(".meas tran x trig v(a) val=1", "expected targ");
	assert_refused(".meas tran x trig v(a) targ v(b) val=1", "val= is missing");
	assert_refused(".meas tran x trig targ v(b) val=1", "val= is missing");
	assert_refused(".meas tran x trig at=1 targ at=2", "both ends");
	assert_refused(".meas tran x trig v(a) val=1 targ val=2", "expected a vector or at=");
	assert_refused(".meas tran x param=", "an expression is missing");
	assert_refused(".meas tran 2x max v(a)", "begins with a letter");
	assert_refused(".meas tran status max v(a)", "cannot be called");
	assert_refused(".meas tran x find v(a) at=two+2", "expected a number");
	assert_refused(".meas tran x max v(a", "not closed");
	assert_refused(".meas tran x param='", "an expression is missing");
}

static void a_card_with_more_words_than_any_is_refused(void **state)
{
	struct text text = TEXT_INIT;
	(void)state;

	text_append(&text, ".meas tran x max v(a)");
	for (int i = 0; i < 50; i++)
		text_append(&text, " from=1");
	assert_refused(text_string(&text), "");
	text_release(&text);
}

static void a_lack_of_memory_is_told_at_every_allocation(void **state)
{
	static const char *const cards[] = {
		".meas tran x trig v(a) val=0.1 rise=1 targ v(b) val='0.9*vdd' fall=2",
		".meas ac x find vr(out) when vdb(out)=vdb(in)", ".meas tran x param='2*tr'"};
	(void)state;

	for (size_t i = 0; i < N(cards); i++) {
		int status = CAROM_ERROR_MEMORY;

		for (int nth = 0; status == CAROM_ERROR_MEMORY; nth++) {
			struct carom_error err = CAROM_ERROR_INIT;
			struct study_measure measure;

			mem_fail_after(nth);
			status = measure_card_read(&measure, cards[i], "t.cir", 1, &err);
			mem_fail_after(-1);
			if (status != (int)err.status)
				fail_msg("%s: %d: %d, %d", cards[i], nth, status, err.status);
			if (status == 0)
				study_measure_release(&measure);
		}
		assert_int_equal(status, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cards_are_known_by_their_first_word),
		cmocka_unit_test(one_waveform_is_reduced_in_a_window),
		cmocka_unit_test(values_are_found_at_a_place_or_at_a_crossing),
		cmocka_unit_test(crossings_are_counted_by_edge),
		cmocka_unit_test(a_trigger_and_a_target_are_a_delay),
		cmocka_unit_test(vectors_of_a_response_are_real_parts_or_what_their_letter_says),
		cmocka_unit_test(what_is_calculated_is_a_formula),
		cmocka_unit_test(what_cannot_be_read_is_told),
		cmocka_unit_test(a_card_with_more_words_than_any_is_refused),
		cmocka_unit_test(a_lack_of_memory_is_told_at_every_allocation),
	};

	return run_all_tests(tests);
}
