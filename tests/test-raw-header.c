/* SPDX-License-Identifier: BSD-3-Clause */
/* Headers: lines as data, encodings, counts, variables, and what is wrong with them. */
#include "raw/header.h"

#include <stdlib.h>
#include <string.h>

#include "support.h"

#define COUNTS "No. Variables: 2\nNo. Points: 3\n"
#define NAMES "\t0\ttime\ttime\n\t1\tv(out)\tvoltage\n"

struct fixture {
	struct source source;
	struct header header;
	struct carom_error err;
	char *bytes;
};

static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct fixture));
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	header_release(&fixture->header);
	source_close(&fixture->source);
	free(fixture->bytes);
	free(fixture);
	return 0;
}

/* From memory that is no larger, so that a sanitizer sees what is read behind. */
static int read_bytes(struct fixture *fixture, const char *bytes, size_t length)
{
	carom_error_clear(&fixture->err);
	fixture->bytes = malloc(length + 1);
	memcpy(fixture->bytes, bytes, length);
	fixture->bytes = realloc(fixture->bytes, length);
	assert_int_equal(source_open_memory(&fixture->source, fixture->bytes, length, "memory",
					    &fixture->err),
			 0);
	return header_read(&fixture->header, &fixture->source, 0, &fixture->err);
}

static int read_text(struct fixture *fixture, const char *text)
{
	return read_bytes(fixture, text, strlen(text));
}

/* The text with a 0 behind each byte. */
static int read_wide(struct fixture *fixture, const char *text)
{
	size_t length = strlen(text);
	char *wide = calloc(length, 2);
	int status;

	for (size_t i = 0; i < length; i++)
		wide[2 * i] = text[i];
	status = read_bytes(fixture, wide, 2 * length);
	free(wide);
	return status;
}

/* Refused with this message, at the byte where the mark stands; without one, at the end. */
static void assert_refused_at(struct fixture *fixture, const char *text, const char *mark,
			      const char *why)
{
	const char *place = mark ? strstr(text, mark) : text + strlen(text);

	assert_int_equal(read_text(fixture, text), CAROM_ERROR_FORMAT);
	assert_string_equal(fixture->err.text, why);
	assert_string_equal(fixture->err.source, "memory");
	assert_int_equal(fixture->err.offset, place - text);
}

static void every_line_is_data(void **state)
{
	struct fixture *fixture = *state;
	const struct header *header = &fixture->header;

	assert_int_equal(read_text(fixture, "Title:  an amp: small \nDate: today\n"
					    "Plotname: Transient Analysis\n"
					    "Flags: real forward stepped\n" COUNTS
					    "Command: shell rm -rf x\n.param gain=2\nno key\n"
					    "Variables:\n" NAMES "Binary:\n"),
			 0);
	assert_int_equal(header->n_lines, 9);
	assert_string_equal(header_find(header, "title"), "an amp: small");
	assert_string_equal(header_find(header, "Command"), "shell rm -rf x");
	assert_string_equal(header_find(header, ".param"), "gain=2");
	assert_string_equal(header_find(header, ""), "no key");
	assert_null(header_find(header, "Offset"));
	assert_int_equal(header->flags, HEADER_FORWARD | HEADER_STEPPED);
	assert_int_equal(header->n_points, 3);
	assert_int_equal(header->n_variables, 2);
	assert_int_equal(header->end, fixture->source.size);
	assert_false(header->is_text);
}

static void variables_have_names_types_units_and_attributes(void **state)
{
	struct fixture *fixture = *state;
	const struct carom_raw_variable *variables;

	assert_int_equal(read_text(fixture,
				   "Title: x\nNo. Variables: 5\nNo. Points: 1\nVariables:\n"
				   "\t0\tfrequency\tfrequency\tgrid=3\n"
				   "\t1\tv(a b)\tvoltage dims=4\n\t2\t\tnotype\n"
				   " 3 I(R1) device_current\n\t4\tp\tW plot=0 grid=0\nValues:\n"),
			 0);
	variables = fixture->header.variables;
	assert_string_equal(variables[0].name, "frequency");
	assert_string_equal(variables[0].unit, "Hz");
	assert_string_equal(variables[0].attributes, "grid=3");
	assert_string_equal(variables[1].name, "v(a b)");
	assert_string_equal(variables[1].type, "voltage");
	assert_string_equal(variables[1].unit, "V");
	assert_string_equal(variables[1].attributes, "dims=4");
	assert_string_equal(variables[2].name, "");
	assert_string_equal(variables[2].unit, "");
	assert_string_equal(variables[3].name, "I(R1)");
	assert_string_equal(variables[3].unit, "A");
	assert_string_equal(variables[4].unit, "W");
	assert_true(fixture->header.is_text);
}

static void the_first_variable_may_stand_on_the_line_of_the_keyword(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(read_text(fixture, "Plotname: x\n" COUNTS
					    "Variables:\t0\ttime\ts\n\t1\tout\tV\nBinary:\n"),
			 0);
	assert_true(fixture->header.starts_on_line);
	assert_string_equal(fixture->header.variables[0].name, "time");
	assert_string_equal(fixture->header.variables[1].name, "out");
}

/* Left 8 places for the points, ngspice writes over the end of the line. */
static void a_count_may_run_into_the_next_line(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(read_text(fixture, "Title: x\nNo. Variables: 2\nNo. Points: "
					    "123456789Variables:\n" NAMES "Binary:\n"),
			 0);
	assert_int_equal(fixture->header.n_points, 123456789);
	assert_int_equal(fixture->header.n_variables, 2);
	assert_string_equal(header_find(&fixture->header, "No. Points"), "123456789");
	header_release(&fixture->header);
	source_close(&fixture->source);
	free(fixture->bytes);
	assert_int_equal(read_text(fixture, "Title: x\nNo. Variables: 2\nNo. Points: "
					    "1234567890ariables:\n" NAMES "Binary:\n"),
			 0);
	assert_int_equal(fixture->header.n_points, 1234567890);
}

static void headers_in_16_bits_become_utf_8(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(
		read_wide(fixture, "Title: \xb5x\n" COUNTS "Variables:\n" NAMES "Binary:\n"), 0);
	assert_true(fixture->header.text.is_wide);
	assert_string_equal(header_find(&fixture->header, "Title"), "\xc2\xb5x");
	assert_string_equal(fixture->header.variables[1].name, "v(out)");
	assert_int_equal(fixture->header.end, fixture->source.size);
}

static void pairs_of_16_bits_become_one_character(void **state)
{
	static const unsigned char title[] = {'T',  0,    'i',  0,    't',  0,    'l',  0,
					      'e',  0,    ':',  0,    0x3d, 0xd8, 0x00, 0xde,
					      0x0a, 0x0a, 0xac, 0x20, 0x3d, 0xd8, '\n', 0};
	const char rest[] = COUNTS "Variables:\n" NAMES "Binary:\n";
	struct fixture *fixture = *state;
	char bytes[sizeof(title) + 2 * sizeof(rest)] = {0};

	memcpy(bytes, title, sizeof(title));
	for (size_t i = 0; i + 1 < sizeof(rest); i++)
		bytes[sizeof(title) + 2 * i] = rest[i];
	assert_int_equal(read_bytes(fixture, bytes, sizeof(bytes) - 2), 0);
	assert_string_equal(header_find(&fixture->header, "Title"),
			    "\xf0\x9f\x98\x80\xe0\xa8\x8a\xe2\x82\xac\xef\xbf\xbd");
}

static void bytes_that_are_not_utf_8_are_latin_1(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(read_text(fixture, "Title: 10\xb5 \xc3\xa4\n" COUNTS "Variables:\n" NAMES
					    "Binary:\n"),
			 0);
	assert_string_equal(header_find(&fixture->header, "Title"), "10\xc2\xb5 \xc3\x83\xc2\xa4");
}

static void utf_8_stays(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(read_text(fixture, "Title: 10\xc2\xb5 \xe2\x82\xac\r\n" COUNTS
					    "Variables:\r\n" NAMES "Binary:\r\n"),
			 0);
	assert_string_equal(header_find(&fixture->header, "Title"), "10\xc2\xb5 \xe2\x82\xac");
	assert_string_equal(fixture->header.variables[1].type, "voltage");
}

static void another_file_is_told(void **state)
{
	assert_refused_at(*state, "PK\3\4 whatever", "PK",
			  "no header of a RAW file begins here, which would be \"Title:\"");
}

static void a_header_without_an_end_is_told(void **state)
{
	assert_refused_at(*state, "Title: x\n" COUNTS "Variables:\n" NAMES, NULL,
			  "the file ends within a header, before \"Binary:\" or \"Values:\"");
}

static void the_last_line_needs_its_end(void **state)
{
	assert_refused_at(*state, "Title: x\n" COUNTS "Variables:\n" NAMES "Binary:", NULL,
			  "the file ends within a header, before \"Binary:\" or \"Values:\"");
}

static void a_nul_is_told(void **state)
{
	static const char bytes[] = "Title: x\nDate: \0\n" COUNTS "Variables:\n" NAMES "Binary:\n";
	struct fixture *fixture = *state;

	assert_int_equal(read_bytes(fixture, bytes, sizeof(bytes) - 1), CAROM_ERROR_FORMAT);
	assert_string_equal(fixture->err.text, "a NUL character within the header");
	assert_int_equal(fixture->err.offset, 15);
}

static void a_count_that_is_none_is_told(void **state)
{
	assert_refused_at(*state, "Title: x\nNo. Variables: two\nVariables:\nBinary:\n", "No. V",
			  "\"two\" is no count");
}

static void a_count_that_overflows_is_told(void **state)
{
	assert_refused_at(*state,
			  "Title: x\nNo. Points: 99999999999999999999\nVariables:\nBinary:\n",
			  "No. P", "the count is too large");
}

static void too_few_variables_are_told(void **state)
{
	assert_refused_at(
		*state, "Title: x\nNo. Variables: 3\nNo. Points: 1\nVariables:\n" NAMES "Binary:\n",
		"Binary:", "variable 3 of 3 has no number, name and type");
}

static void too_many_variables_are_told(void **state)
{
	assert_refused_at(
		*state, "Title: x\nNo. Variables: 1\nNo. Points: 1\nVariables:\n" NAMES "Binary:\n",
		"\t1\tv(out)", "more variables than the 1 of \"No. Variables:\"");
}

static void a_header_without_variables_is_told(void **state)
{
	assert_refused_at(*state, "Title: x\nBinary:\n",
			  "Binary:", "the header has no \"Variables:\"");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(every_line_is_data),
		CASE(variables_have_names_types_units_and_attributes),
		CASE(the_first_variable_may_stand_on_the_line_of_the_keyword),
		CASE(a_count_may_run_into_the_next_line),
		CASE(headers_in_16_bits_become_utf_8),
		CASE(pairs_of_16_bits_become_one_character),
		CASE(bytes_that_are_not_utf_8_are_latin_1),
		CASE(utf_8_stays),
		CASE(another_file_is_told),
		CASE(a_header_without_an_end_is_told),
		CASE(the_last_line_needs_its_end),
		CASE(a_nul_is_told),
		CASE(a_count_that_is_none_is_told),
		CASE(a_count_that_overflows_is_told),
		CASE(too_few_variables_are_told),
		CASE(too_many_variables_are_told),
		CASE(a_header_without_variables_is_told),
	};

	return run_all_tests(tests);
}
