/* SPDX-License-Identifier: BSD-3-Clause */
/* The study: what varies, what is measured, what is required. */
#include "study/study.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/circuit.h"
#include "study/measure-card.h"
#include "study/nearest.h"
#include "study/statement.h"

#define DEFAULT_SAMPLES 1000
#define DEFAULT_IMPORTANCE_SAMPLES 10000 /* at most: it ends when it knows enough */
#define DEFAULT_SEED 1
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

/* Takes it.  One replaced keeps its place, because later ones may refer to it. */
static int put_measure(struct carom_study *study, struct study_measure *measure,
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

	return status ? status : put_measure(study, &measure, err);
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

/* One replaced keeps its place: it says where its values come in the order of the samples. */
static int say_step(struct carom_study *study, const struct phrase *phrase, struct carom_error *err)
{
	struct study_step step;
	size_t i = 0;
	int status = study_step_parse(&step, phrase, err);

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
	int status = study_corner_parse(&corner, phrase, err);

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

		if (strlen(name) != length || name_compare_n(word, name, length) != 0)
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
	struct phrase rest = *phrase;

	if (!word)
		return phrase_fail(phrase, phrase->text, err, "the statement is empty");
	rest.text = at + strspn(at, " \t");
	rest.column += (int)(rest.text - phrase->text);
	for (size_t i = 0; i < N_KEYWORDS; i++) {
		if (strlen(keywords[i].name) == length &&
		    name_compare_n(word, keywords[i].name, length) == 0)
			return keywords[i].say(study, &rest, err);
	}
	return fail_unknown(phrase, word, length, err);
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

static int say(struct carom_study *study, say_fn *take, const struct phrase *phrase,
	       struct carom_error *err)
{
	struct phrase bare = *phrase;
	char *copy = bare_text(phrase->text);
	int status;

	if (!copy)
		return carom_fail_memory(err);
	bare.text = copy;
	status = take(study, &bare, err);
	mem_free(copy);
	return status;
}

static int say_by_call(struct carom_study *study, say_fn *take, const char *text,
		       struct carom_error *err)
{
	struct phrase phrase = {text, "", 0, 1};

	if (!study || !text)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study or no text");
	return say(study, take, &phrase, err);
}

/* A card that cannot be read is left out, as ngspice goes on without it. */
static int say_card(struct carom_study *study, const struct card *card, struct carom_error *err)
{
	const char *file = card->file == NAME_NONE ? "" : circuit_file(study->circuit, card->file);
	struct carom_error reason = CAROM_ERROR_INIT;
	struct study_measure measure;
	int status = measure_card_read(&measure, card->text, file, (int)card->line, &reason);

	if (status == 0)
		return put_measure(study, &measure, err);
	if (status == CAROM_ERROR_MEMORY)
		return carom_fail_memory(err);
	text_printf(&study->notes, "%s%s:%u: left out: %s", study->notes.length ? "\n" : "", file,
		    card->line, reason.text);
	return study->notes.failed ? carom_fail_memory(err) : 0;
}

/* Those that calculate with others come behind them, as ngspice has it. */
static int say_cards(struct carom_study *study, bool are_formulas, struct carom_error *err)
{
	const struct carom_circuit *circuit = study->circuit;
	int status = 0;

	for (size_t i = 0; i < circuit->n_cards && status == 0; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_OTHER && is_measure_card(card->text) &&
		    measure_card_is_formula(card->text) == are_formulas)
			status = say_card(study, card, err);
	}
	return status;
}

static int say_deck(struct carom_study *study, struct carom_error *err)
{
	const struct carom_circuit *circuit = study->circuit;
	int status = 0;

	for (size_t i = 0; i < circuit->n_statements && status == 0; i++) {
		const struct statement *statement = &circuit->statements[i];
		struct phrase phrase = {statement->text, circuit_file(circuit, statement->file),
					(int)statement->line, (int)statement->column};

		status = say(study, say_any, &phrase, err);
	}
	return status;
}

CAROM_API struct carom_study *carom_study_new(const struct carom_circuit *circuit,
					      struct carom_error *err)
{
	struct carom_study *study;

	if (!circuit) {
		carom_fail(err, CAROM_ERROR_ARGUMENT, "no circuit to study");
		return NULL;
	}
	study = mem_zalloc(1, sizeof(*study));
	if (!study) {
		carom_fail_memory(err);
		return NULL;
	}
	study->circuit = circuit;
	study->seed = DEFAULT_SEED;
	until_init(&study->until);
	atomic_init(&study->is_cancelled, false);
	if (say_cards(study, false, err) || say_cards(study, true, err) || say_deck(study, err)) {
		carom_study_free(study);
		return NULL;
	}
	return study;
}

CAROM_API void carom_study_free(struct carom_study *study)
{
	if (!study)
		return;
	study_end_background(study);
	for (size_t i = 0; i < study->n_varies; i++)
		study_vary_release(&study->varies[i]);
	for (size_t i = 0; i < study->n_measures; i++)
		study_measure_release(&study->measures[i]);
	for (size_t i = 0; i < study->n_specs; i++)
		study_spec_release(&study->specs[i]);
	for (size_t i = 0; i < study->n_correlates; i++)
		study_correlate_release(&study->correlates[i]);
	for (size_t i = 0; i < study->n_corners; i++)
		study_corner_release(&study->corners[i]);
	for (size_t i = 0; i < study->n_steps; i++)
		study_step_release(&study->steps[i]);
	for (size_t i = 0; i < study->n_keeps; i++)
		study_keep_release(&study->keeps[i]);
	mem_free(study->keeps);
	mem_free(study->corners);
	mem_free(study->steps);
	study_importance_release(&study->importance);
	until_release(&study->until);
	mem_free(study->varies);
	mem_free(study->measures);
	mem_free(study->specs);
	mem_free(study->correlates);
	text_release(&study->notes);
	mem_free(study);
}

CAROM_API int carom_study_vary(struct carom_study *study, const char *text, struct carom_error *err)
{
	return say_by_call(study, say_vary, text, err);
}

CAROM_API int carom_study_measure(struct carom_study *study, const char *text,
				  struct carom_error *err)
{
	return say_by_call(study, say_measure, text, err);
}

CAROM_API int carom_study_spec(struct carom_study *study, const char *text, struct carom_error *err)
{
	return say_by_call(study, say_spec, text, err);
}

CAROM_API int carom_study_correlate(struct carom_study *study, const char *text,
				    struct carom_error *err)
{
	return say_by_call(study, say_correlate, text, err);
}

CAROM_API int carom_study_step(struct carom_study *study, const char *text, struct carom_error *err)
{
	return say_by_call(study, say_step, text, err);
}

CAROM_API int carom_study_corner(struct carom_study *study, const char *text,
				 struct carom_error *err)
{
	return say_by_call(study, say_corner, text, err);
}

CAROM_API int carom_study_keep(struct carom_study *study, const char *text, struct carom_error *err)
{
	return say_by_call(study, say_keep, text, err);
}

CAROM_API int carom_study_importance(struct carom_study *study, const char *text,
				     struct carom_error *err)
{
	return say_by_call(study, say_importance, text, err);
}

CAROM_API int carom_study_statement(struct carom_study *study, const char *text,
				    struct carom_error *err)
{
	return say_by_call(study, say_any, text, err);
}

CAROM_API int carom_study_set_samples(struct carom_study *study, uint64_t n,
				      struct carom_error *err)
{
	if (!study || n == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "a study has at least 1 sample");
	study->n_samples = n;
	return 0;
}

CAROM_API int carom_study_set_seed(struct carom_study *study, uint64_t seed,
				   struct carom_error *err)
{
	if (!study)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study");
	study->seed = seed;
	return 0;
}

CAROM_API int carom_study_set_sampler(struct carom_study *study, enum carom_sampler sampler,
				      struct carom_error *err)
{
	if (!study || (unsigned)sampler >= N_SAMPLERS)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study, or no sampler");
	study->sampler = sampler;
	return 0;
}

CAROM_API uint64_t carom_study_samples(const struct carom_study *study)
{
	if (study->n_samples > 0)
		return study->n_samples;
	return study->importance.name ? DEFAULT_IMPORTANCE_SAMPLES : DEFAULT_SAMPLES;
}

CAROM_API uint64_t carom_study_seed(const struct carom_study *study)
{
	return study->seed;
}

CAROM_API enum carom_sampler carom_study_sampler(const struct carom_study *study)
{
	return study->sampler;
}

CAROM_API double carom_study_confidence(const struct carom_study *study)
{
	return study->until.confidence;
}

CAROM_API double carom_study_target(const struct carom_study *study)
{
	return study->until.target;
}

CAROM_API const char *carom_route_name(enum carom_route route)
{
	static const char *const names[] = {
		[CAROM_ROUTE_AUTO] = "auto",     [CAROM_ROUTE_ALTER] = "alter",
		[CAROM_ROUTE_RESET] = "reset",   [CAROM_ROUTE_FORK] = "fork",
		[CAROM_ROUTE_RELOAD] = "reload",
	};

	return (unsigned)route < sizeof(names) / sizeof(names[0]) ? names[route] : "?";
}

CAROM_API const struct carom_study_facts *carom_study_facts(const struct carom_study *study)
{
	return &study->facts;
}

CAROM_API void carom_study_cancel(struct carom_study *study)
{
	atomic_store(&study->is_cancelled, true);
}
