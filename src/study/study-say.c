/* SPDX-License-Identifier: BSD-3-Clause */
/* Statements taken into a study. */
#include "study/study-say.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/circuit.h"
#include "study/nearest.h"
#include "study/statement.h"

#define N_SAMPLERS (CAROM_SAMPLER_SOBOL + 1)

/* Takes in one statement; the study is left as it was if it is refused. */
typedef int say_fn(struct carom_study *study, const struct phrase *phrase, struct carom_error *err);

static void drop_vary(struct carom_study *study, const char *targets)
{
	size_t n = 0;

	for (size_t i = 0; i < study->n_varies; i++) {
		if (name_compare(study->varies[i].targets, targets) == 0)
			study_vary_release(&study->varies[i]);
		else
			study->varies[n++] = study->varies[i];
	}
	study->n_varies = n;
}

/* A file is named as by a card that stands where the statement does, or else at the deck's top. */
static struct distribution_files files_of(const struct carom_circuit *circuit,
					  const struct phrase *phrase)
{
	const struct carom_circuit *root = circuit_root(circuit);

	return (struct distribution_files){
		phrase->source[0] ? phrase->source : circuit_file(root, 0),
		root->roots.n > 0 ? &root->roots : NULL,
	};
}

/* The later statement goes last, so that it also wins over a pattern said in between. */
static int say_vary(struct carom_study *study, const struct phrase *phrase, struct carom_error *err)
{
	struct distribution_files files = files_of(study->circuit, phrase);
	struct study_vary vary;
	int status = study_vary_parse(&vary, phrase, &files, err);

	if (status)
		return status;
	if (!mem_reserve(&study->varies, &study->varies_capacity, study->n_varies + 1,
			 sizeof(vary))) {
		study_vary_release(&vary);
		return carom_fail_memory(err);
	}
	drop_vary(study, vary.targets);
	study->varies[study->n_varies++] = vary;
	return 0;
}

/* One replaced keeps its place, because later ones may refer to it. */
int study_put_measure(struct carom_study *study, struct study_measure *measure,
		      struct carom_error *err)
{
	size_t i = 0;

	if (!mem_reserve(&study->measures, &study->measures_capacity, study->n_measures + 1,
			 sizeof(*measure))) {
		study_measure_release(measure);
		return carom_fail_memory(err);
	}
	while (i < study->n_measures && name_compare(study->measures[i].name, measure->name) != 0)
		i++;
	if (i < study->n_measures)
		study_measure_release(&study->measures[i]);
	else
		study->n_measures++;
	study->measures[i] = *measure;
	return 0;
}

static int say_measure(struct carom_study *study, const struct phrase *phrase,
		       struct carom_error *err)
{
	struct study_measure measure;
	int status = study_measure_parse(&measure, phrase, err);

	return status ? status : study_put_measure(study, &measure, err);
}

static int say_spec(struct carom_study *study, const struct phrase *phrase, struct carom_error *err)
{
	struct study_spec spec;
	size_t i = 0;
	int status = study_spec_parse(&spec, phrase, err);

	if (status)
		return status;
	if (!mem_reserve(&study->specs, &study->specs_capacity, study->n_specs + 1, sizeof(spec))) {
		study_spec_release(&spec);
		return carom_fail_memory(err);
	}
	while (i < study->n_specs && name_compare(study->specs[i].name, spec.name) != 0)
		i++;
	if (i < study->n_specs)
		study_spec_release(&study->specs[i]);
	else
		study->n_specs++;
	study->specs[i] = spec;
	return 0;
}

/* Of two statements about two names the later counts for these: see job-correlate.c. */
static int say_correlate(struct carom_study *study, const struct phrase *phrase,
			 struct carom_error *err)
{
	struct study_correlate correlate;
	int status = study_correlate_parse(&correlate, phrase, err);

	if (status)
		return status;
	if (!mem_reserve(&study->correlates, &study->correlates_capacity, study->n_correlates + 1,
			 sizeof(correlate))) {
		study_correlate_release(&correlate);
		return carom_fail_memory(err);
	}
	study->correlates[study->n_correlates++] = correlate;
	return 0;
}

/* "never": what was said before is dropped. */
static bool is_never(const struct phrase *phrase)
{
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);

	return phrase_word_is(word, length, "never") && !phrase_word(&at, &length);
}

/* One replaced keeps its place: it says where its values come in the order of the samples. */
static int say_step(struct carom_study *study, const struct phrase *phrase, struct carom_error *err)
{
	struct study_step step;
	size_t i = 0;
	int status;

	if (is_never(phrase)) {
		study_drop_steps(study);
		return 0;
	}
	status = study_step_parse(&step, phrase, err);
	if (status)
		return status;
	if (!mem_reserve(&study->steps, &study->steps_capacity, study->n_steps + 1, sizeof(step))) {
		study_step_release(&step);
		return carom_fail_memory(err);
	}
	while (i < study->n_steps && name_compare(study->steps[i].targets, step.targets) != 0)
		i++;
	if (i < study->n_steps)
		study_step_release(&study->steps[i]);
	else
		study->n_steps++;
	study->steps[i] = step;
	return 0;
}

static int say_corner(struct carom_study *study, const struct phrase *phrase,
		      struct carom_error *err)
{
	struct study_corner corner;
	size_t i = 0;
	int status;

	if (is_never(phrase)) {
		study_drop_corners(study);
		return 0;
	}
	status = study_corner_parse(&corner, phrase, err);
	if (status)
		return status;
	if (!mem_reserve(&study->corners, &study->corners_capacity, study->n_corners + 1,
			 sizeof(corner))) {
		study_corner_release(&corner);
		return carom_fail_memory(err);
	}
	while (i < study->n_corners && name_compare(study->corners[i].name, corner.name) != 0)
		i++;
	if (i < study->n_corners)
		study_corner_release(&study->corners[i]);
	else
		study->n_corners++;
	study->corners[i] = corner;
	return 0;
}

/* Of one name in one analysis, as they are written. */
static bool is_same_keep(const struct study_keep *a, const struct study_keep *b)
{
	return name_compare(a->name, b->name) == 0 &&
	       (a->analysis && b->analysis ? strcmp(a->analysis, b->analysis) == 0
					   : a->analysis == b->analysis);
}

/* One replaced keeps its place.  Takes it; there is room. */
static void put_keep(struct carom_study *study, const struct study_keep *keep)
{
	size_t i = 0;

	while (i < study->n_keeps && !is_same_keep(&study->keeps[i], keep))
		i++;
	if (i < study->n_keeps)
		study_keep_release(&study->keeps[i]);
	else
		study->n_keeps++;
	study->keeps[i] = *keep;
}

static int say_keep(struct carom_study *study, const struct phrase *phrase, struct carom_error *err)
{
	struct study_keep *list;
	size_t n;
	int status = study_keep_parse(&list, &n, phrase, err);

	if (status)
		return status;
	if (!mem_reserve(&study->keeps, &study->keeps_capacity, study->n_keeps + n, sizeof(*list)))
		status = carom_fail_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (status == 0)
			put_keep(study, &list[i]);
		else
			study_keep_release(&list[i]);
	}
	mem_free(list);
	return status;
}

static int say_samples(struct carom_study *study, const struct phrase *phrase,
		       struct carom_error *err)
{
	uint64_t n;
	int status = phrase_count(phrase, &n, err);

	if (status)
		return status;
	if (n == 0)
		return phrase_fail(phrase, phrase->text, err, "a study has at least 1 sample");
	study->n_samples = n;
	return 0;
}

static int say_seed(struct carom_study *study, const struct phrase *phrase, struct carom_error *err)
{
	uint64_t seed;
	int status = phrase_count(phrase, &seed, err);

	if (!status)
		study->seed = seed;
	return status;
}

static int fail_unknown_sampler(const struct phrase *phrase, const char *word, size_t length,
				struct carom_error *err)
{
	const char *names[N_SAMPLERS];
	const char *meant;

	for (unsigned i = 0; i < N_SAMPLERS; i++)
		names[i] = carom_sampler_name((enum carom_sampler)i);
	meant = nearest_word(word, length, names, N_SAMPLERS);
	if (meant)
		return phrase_fail(phrase, word, err,
				   "unknown sampler \"%.*s\"\ndid you mean \"%s\"?",
				   WORD_SHOWN(length), word, meant);
	return phrase_fail(phrase, word, err, "unknown sampler \"%.*s\"\nsay %s, %s or %s",
			   WORD_SHOWN(length), word, names[0], names[1], names[2]);
}

static int say_sampler(struct carom_study *study, const struct phrase *phrase,
		       struct carom_error *err)
{
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);
	int status;

	if (!word)
		return phrase_fail(phrase, phrase->text, err,
				   "which sampler?\nsay plain, lhs or sobol");
	for (unsigned i = 0; i < N_SAMPLERS; i++) {
		const char *name = carom_sampler_name((enum carom_sampler)i);

		if (!phrase_word_is(word, length, name))
			continue;
		status = phrase_expect_end(phrase, at, err);
		if (!status)
			study->sampler = (enum carom_sampler)i;
		return status;
	}
	return fail_unknown_sampler(phrase, word, length, err);
}

static int say_time_limit(struct carom_study *study, const struct phrase *phrase,
			  struct carom_error *err)
{
	double seconds;
	int status = phrase_seconds(phrase, &seconds, err);

	if (!status)
		study->time_limit_s = seconds;
	return status;
}

static int say_until(struct carom_study *study, const struct phrase *phrase,
		     struct carom_error *err)
{
	return until_parse(&study->until, phrase, err);
}

static int say_target(struct carom_study *study, const struct phrase *phrase,
		      struct carom_error *err)
{
	return until_parse_share(phrase, &study->until.target, err);
}

static int say_confidence(struct carom_study *study, const struct phrase *phrase,
			  struct carom_error *err)
{
	return until_parse_share(phrase, &study->until.confidence, err);
}

static int say_importance(struct carom_study *study, const struct phrase *phrase,
			  struct carom_error *err)
{
	return study_importance_parse(&study->importance, phrase, err);
}

static const struct keyword {
	const char *name;
	say_fn *say;
} keywords[] = {
	{"vary", say_vary},
	{"correlate", say_correlate},
	{"measure", say_measure},
	{"spec", say_spec},
	{"samples", say_samples},
	{"seed", say_seed},
	{"sampler", say_sampler},
	{"time-limit", say_time_limit},
	{"until", say_until},
	{"target", say_target},
	{"confidence", say_confidence},
	{"step", say_step},
	{"corner", say_corner},
	{"keep", say_keep},
	{"importance", say_importance},
};
#define N_KEYWORDS (sizeof(keywords) / sizeof(keywords[0]))

/* NULL if there is none. */
static const struct keyword *find_keyword(const char *word, size_t length)
{
	for (size_t i = 0; i < N_KEYWORDS; i++) {
		if (phrase_word_is(word, length, keywords[i].name))
			return &keywords[i];
	}
	return NULL;
}

static int fail_unknown(const struct phrase *phrase, const char *word, size_t length,
			struct carom_error *err)
{
	struct text message = TEXT_INIT;
	const char *names[N_KEYWORDS];
	const char *meant;
	int status;

	for (size_t i = 0; i < N_KEYWORDS; i++)
		names[i] = keywords[i].name;
	meant = nearest_word(word, length, names, N_KEYWORDS);
	if (meant)
		text_printf(&message, "did you mean \"%s\"?", meant);
	else
		text_append(&message, "known are");
	for (size_t i = 0; i < N_KEYWORDS && !meant; i++)
		text_printf(&message, "%s %s", i ? "," : "", names[i]);
	status = message.failed ? carom_fail_memory(err)
				: phrase_fail(phrase, word, err, "unknown statement \"%.*s\"\n%s",
					      WORD_SHOWN(length), word, text_string(&message));
	text_release(&message);
	return status;
}

/* A statement with its keyword. */
static int say_any(struct carom_study *study, const struct phrase *phrase, struct carom_error *err)
{
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);
	const struct keyword *keyword;
	struct phrase rest = *phrase;

	if (!word)
		return phrase_fail(phrase, phrase->text, err, "the statement is empty");
	keyword = find_keyword(word, length);
	if (!keyword)
		return fail_unknown(phrase, word, length, err);
	rest.text = at + strspn(at, " \t");
	rest.column += (int)(rest.text - phrase->text);
	return keyword->say(study, &rest, err);
}

/* What is read: without a comment, which ";" begins as on SPICE's cards, on one line. */
static char *bare_text(const char *text)
{
	char *copy = mem_strndup(text, strcspn(text, ";"));

	for (char *c = copy; c && *c; c++) {
		if (*c == '\n' || *c == '\r')
			*c = ' ';
	}
	return copy;
}

int study_say(struct carom_study *study, const char *keyword, const struct phrase *phrase,
	      struct carom_error *err)
{
	struct phrase bare = *phrase;
	char *copy = bare_text(phrase->text);
	int status;

	if (!copy)
		return carom_fail_memory(err);
	bare.text = copy;
	status = keyword ? find_keyword(keyword, strlen(keyword))->say(study, &bare, err)
			 : say_any(study, &bare, err);
	mem_free(copy);
	return status;
}
