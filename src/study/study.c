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
#include "study/statement.h"
#include "study/study-say.h"

#define DEFAULT_SAMPLES 1000
#define DEFAULT_IMPORTANCE_SAMPLES 10000 /* at most: it ends when it knows enough */
#define DEFAULT_SEED 1

static int say_by_call(struct carom_study *study, const char *keyword, const char *text,
		       struct carom_error *err)
{
	struct phrase phrase = {text, "", 0, 1};

	if (!study || !text)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study or no text");
	return study_say(study, keyword, &phrase, err);
}

/* A card that cannot be read is left out, as ngspice goes on without it. */
static int say_card(struct carom_study *study, const struct card *card, struct carom_error *err)
{
	const char *file = card->file == NAME_NONE ? "" : circuit_file(study->circuit, card->file);
	struct carom_error reason = CAROM_ERROR_INIT;
	struct study_measure measure;
	int status = measure_card_read(&measure, card->text, file, (int)card->line, &reason);

	if (status == 0)
		return study_put_measure(study, &measure, err);
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

		status = study_say(study, NULL, &phrase, err);
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

void study_drop_corners(struct carom_study *study)
{
	while (study->n_corners > 0)
		study_corner_release(&study->corners[--study->n_corners]);
}

void study_drop_steps(struct carom_study *study)
{
	while (study->n_steps > 0)
		study_step_release(&study->steps[--study->n_steps]);
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
	study_drop_corners(study);
	study_drop_steps(study);
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
	return say_by_call(study, "vary", text, err);
}

CAROM_API int carom_study_measure(struct carom_study *study, const char *text,
				  struct carom_error *err)
{
	return say_by_call(study, "measure", text, err);
}

CAROM_API int carom_study_spec(struct carom_study *study, const char *text, struct carom_error *err)
{
	return say_by_call(study, "spec", text, err);
}

CAROM_API int carom_study_correlate(struct carom_study *study, const char *text,
				    struct carom_error *err)
{
	return say_by_call(study, "correlate", text, err);
}

CAROM_API int carom_study_step(struct carom_study *study, const char *text, struct carom_error *err)
{
	return say_by_call(study, "step", text, err);
}

CAROM_API int carom_study_corner(struct carom_study *study, const char *text,
				 struct carom_error *err)
{
	return say_by_call(study, "corner", text, err);
}

CAROM_API int carom_study_keep(struct carom_study *study, const char *text, struct carom_error *err)
{
	return say_by_call(study, "keep", text, err);
}

CAROM_API int carom_study_importance(struct carom_study *study, const char *text,
				     struct carom_error *err)
{
	return say_by_call(study, "importance", text, err);
}

CAROM_API int carom_study_statement(struct carom_study *study, const char *text,
				    struct carom_error *err)
{
	return say_by_call(study, NULL, text, err);
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
	if (!study || (unsigned)sampler > CAROM_SAMPLER_SOBOL)
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
