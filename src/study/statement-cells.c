/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads the statements "step" and "corner". */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "base/text.h"
#include "study/cells.h"
#include "study/statement.h"

/* ---- step ---- */

enum spacing { LIN = CELLS_LIN, DEC = CELLS_DEC, OCT = CELLS_OCT, LIST };

static const char *const spacing_names[] = {
	[LIN] = "lin", [DEC] = "dec", [OCT] = "oct", [LIST] = "list"};

static bool find_spacing(const char *word, size_t length, enum spacing *spacing)
{
	for (unsigned i = LIN; i <= LIST; i++)
		if (phrase_word_is(word, length, spacing_names[i])) {
			*spacing = (enum spacing)i;
			return true;
		}
	return false;
}

static bool add_value(struct study_step *step, double value)
{
	if (!mem_reserve(&step->values, &step->capacity, step->n_values + 1, sizeof(*step->values)))
		return false;
	step->values[step->n_values++] = value;
	return true;
}

static int parse_list(struct study_step *step, const struct phrase *phrase, const char *at,
		      struct carom_error *err)
{
	const char *word;
	size_t length;
	double value;
	int status = 0;

	while (status == 0 && (word = phrase_word(&at, &length))) {
		status = phrase_number(phrase, word, length, &value, err);
		if (status == 0 && !add_value(step, value))
			status = carom_fail_memory(err);
	}
	if (status == 0 && step->n_values == 0)
		status = phrase_fail(phrase, phrase_end(phrase), err,
				     "the list is empty\nsay for example \"list 1k 2k 5k\"");
	return status;
}

/* Begin, end, number of points. */
static int parse_range(const struct phrase *phrase, const char *at, double numbers[3],
		       struct carom_error *err)
{
	const char *word;
	size_t length;
	int status = 0;

	for (int i = 0; i < 3 && status == 0; i++) {
		word = phrase_word(&at, &length);
		status = word ? phrase_number(phrase, word, length, &numbers[i], err)
			      : phrase_fail(phrase, phrase_end(phrase), err,
					    "a range is its two ends and a number of points, as "
					    "in \"lin 1k 10k 10\"");
		if (status == 0 && i == 2 && !(numbers[2] >= 1 && numbers[2] == floor(numbers[2])))
			status = phrase_fail(phrase, word, err,
					     "\"%.*s\" is no whole number of points",
					     WORD_SHOWN(length), word);
	}
	return status ? status : phrase_expect_end(phrase, at, err);
}

static int parse_spaced(struct study_step *step, const struct phrase *phrase, const char *at,
			enum cells_spacing spacing, struct carom_error *err)
{
	const char *range = at + strspn(at, PHRASE_BLANKS);
	double numbers[3] = {0};
	uint64_t points, n;
	int status = parse_range(phrase, at, numbers, err);

	if (status)
		return status;
	points = numbers[2] > CELLS_MAX_VALUES ? UINT64_MAX : (uint64_t)numbers[2];
	n = cells_spaced_count(spacing, numbers[0], numbers[1], points);
	if (n == UINT64_MAX)
		return phrase_fail(phrase, range, err, "a step has at most %d values",
				   CELLS_MAX_VALUES);
	if (n == 0)
		return phrase_fail(phrase, range, err,
				   spacing == CELLS_LIN
					   ? "one point cannot be at both ends"
					   : "both ends of a logarithmic step have one sign, and "
					     "neither is 0");
	for (uint64_t i = 0; i < n; i++)
		if (!add_value(step,
			       cells_spaced_value(spacing, numbers[0], numbers[1], points, i)))
			return carom_fail_memory(err);
	return 0;
}

/* The word that names the spacing; targets are what stands before it. */
static int parse_spacing(const struct phrase *phrase, const char **found, const char **behind,
			 enum spacing *spacing, struct carom_error *err)
{
	const char *at = phrase->text;
	size_t n_targets = 0, length;

	while ((*found = phrase_word(&at, &length)) && !find_spacing(*found, length, spacing))
		n_targets++;
	*behind = at;
	if (!*found)
		return phrase_fail(phrase, phrase_end(phrase), err,
				   "no values\nafter the targets say lin, dec, oct or list, as in "
				   "\"r1 lin 1k 10k 10\"");
	if (n_targets == 0)
		return phrase_fail(phrase, *found, err,
				   "nothing to step\nname elements before \"%.*s\"",
				   WORD_SHOWN(length), *found);
	return 0;
}

static int parse_step(struct study_step *step, const struct phrase *phrase, struct carom_error *err)
{
	const char *word, *behind;
	enum spacing spacing = LIN;
	int status = parse_spacing(phrase, &word, &behind, &spacing, err);

	if (status)
		return status;
	step->targets = phrase_fold(phrase->text, word);
	step->definition = phrase_fold(word, phrase_end(phrase));
	if (!step->targets || !step->definition || !place_init(&step->place, phrase))
		return carom_fail_memory(err);
	return spacing == LIST
		       ? parse_list(step, phrase, behind, err)
		       : parse_spaced(step, phrase, behind, (enum cells_spacing)spacing, err);
}

int study_step_parse(struct study_step *step, const struct phrase *phrase, struct carom_error *err)
{
	int status;

	*step = (struct study_step){0};
	status = parse_step(step, phrase, err);
	if (status)
		study_step_release(step);
	return status;
}

void study_step_release(struct study_step *step)
{
	mem_free(step->targets);
	mem_free(step->definition);
	mem_free(step->values);
	mem_free(step->place.source);
}

/* ---- corner ---- */

/* "slow:" or "slow :" */
static int parse_corner_name(struct study_corner *corner, const struct phrase *phrase,
			     const char **at, struct carom_error *err)
{
	size_t length;
	const char *word = phrase_word(at, &length);
	size_t name_length = word ? strcspn(word, ": \t") : 0;
	const char *colon = word ? word + name_length : NULL;

	if (colon)
		colon += strspn(colon, PHRASE_BLANKS);
	if (name_length == 0 || *colon != ':')
		return phrase_fail(phrase, word ? word : phrase->text, err,
				   "a corner is its name, a colon, and what it sets, as in "
				   "\"slow: temp=125 vdd=1.08\"");
	*at = colon + 1;
	corner->name = mem_strndup(word, name_length);
	return corner->name ? 0 : carom_fail_memory(err);
}

/* "1.08", or "-10%": a deviation */
static int read_setting(const struct phrase *phrase, const char *word, size_t length,
			struct study_setting *setting, struct carom_error *err)
{
	int status;

	setting->is_relative = length > 0 && word[length - 1] == '%';
	status = phrase_number(phrase, word, length - setting->is_relative, &setting->value, err);
	if (setting->is_relative)
		setting->value /= 100;
	return status;
}

/* "lib=ss", "lib:tt=ss"; but an inductor may be called so, and has a number. */
static bool is_section(const char *word, size_t length)
{
	double value;
	size_t used;

	if (length > 4 && name_compare_n(word, "lib:", 4) == 0)
		return true;
	return length > 4 && name_compare_n(word, "lib=", 4) == 0 &&
	       !(number_read(word + 4, length - 4, &value, &used) &&
		 (used == length - 4 || (used == length - 5 && word[length - 1] == '%')));
}

static int add_section(struct study_corner *corner, const struct phrase *phrase, const char *word,
		       size_t length, struct carom_error *err)
{
	const char *equals = memchr(word, '=', length);
	struct text text = TEXT_INIT;

	if (!equals || equals == word + 4 || equals == word + length - 1)
		return phrase_fail(phrase, word, err,
				   "\"%.*s\" chooses no section\nsay \"lib=ss\", or \"lib:tt=ss\" "
				   "for those .lib cards alone that name tt",
				   WORD_SHOWN(length), word);
	if (corner->sections)
		text_printf(&text, "%s ", corner->sections);
	text_append_n(&text, word + 4, length - 4);
	mem_free(corner->sections);
	corner->sections = text_take(&text);
	return corner->sections ? 0 : carom_fail_memory(err);
}

static int add_setting(struct study_corner *corner, const struct phrase *phrase, const char *word,
		       size_t length, struct carom_error *err)
{
	const char *equals = memchr(word, '=', length);
	size_t target_length = equals ? (size_t)(equals - word) : 0;
	struct study_setting setting = {0};
	int status;

	if (target_length == 0)
		return phrase_fail(phrase, word, err,
				   "\"%.*s\" sets nothing\nsay what and its value without blanks, "
				   "as in \"temp=125\"",
				   WORD_SHOWN(length), word);
	status = read_setting(phrase, equals + 1, length - target_length - 1, &setting, err);
	if (status)
		return status;
	setting.target = mem_strndup(word, target_length);
	if (!setting.target || !mem_reserve(&corner->settings, &corner->capacity,
					    corner->n_settings + 1, sizeof(setting))) {
		mem_free(setting.target);
		return carom_fail_memory(err);
	}
	corner->settings[corner->n_settings++] = setting;
	return 0;
}

int study_corner_parse(struct study_corner *corner, const struct phrase *phrase,
		       struct carom_error *err)
{
	const char *at = phrase->text, *word;
	size_t length;
	int status;

	*corner = (struct study_corner){0};
	status = parse_corner_name(corner, phrase, &at, err);
	while (status == 0 && (word = phrase_word(&at, &length)))
		status = is_section(word, length) ? add_section(corner, phrase, word, length, err)
						  : add_setting(corner, phrase, word, length, err);
	if (status == 0 && !place_init(&corner->place, phrase))
		status = carom_fail_memory(err);
	if (status)
		study_corner_release(corner);
	return status;
}

void study_corner_release(struct study_corner *corner)
{
	for (size_t i = 0; i < corner->n_settings; i++)
		mem_free(corner->settings[i].target);
	mem_free(corner->settings);
	mem_free(corner->sections);
	mem_free(corner->name);
	mem_free(corner->place.source);
}
