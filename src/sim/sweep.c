/* SPDX-License-Identifier: BSD-3-Clause */
/* The ranges of analysis cards, the values they go through, and where in them a point is. */
#include "sim/sweep.h"

#include <float.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"
#include "carom-param.h"
#include "circuit/circuit.h"
#include "circuit/scan.h"

enum { MOST_WORDS = 16, LONGEST_EXPRESSION = 200 };

struct reader {
	const char *text;
	struct word words[MOST_WORDS];
	unsigned n;
	const struct carom_circuit *circuit;
};

static void read_words(struct reader *reader, const char *text)
{
	uint32_t at = 0;

	reader->text = text[0] == '.' ? text + 1 : text;
	reader->n = 0;
	while (reader->n < MOST_WORDS && scan_word(reader->text, &at, &reader->words[reader->n]))
		reader->n++;
}

static bool is_word(const struct reader *reader, unsigned i, const char *word)
{
	return i < reader->n && word_is(reader->text, &reader->words[i], word);
}

/* "{tstop}" or "'2*tstop'" */
static double evaluate(const struct reader *reader, const char *text, size_t length)
{
	char expression[LONGEST_EXPRESSION];
	double value;

	if (!reader->circuit || length < 3 || length > sizeof(expression) || !strchr("{'", text[0]))
		return (double)NAN;
	memcpy(expression, text + 1, length - 2);
	expression[length - 2] = '\0';
	return carom_circuit_evaluate(reader->circuit, NULL, expression, &value, NULL) ? (double)NAN
										       : value;
}

/* NAN if it cannot be known. */
static double number_at(const struct reader *reader, unsigned i)
{
	const struct word *word = &reader->words[i];
	double value;
	size_t used;

	if (i >= reader->n)
		return (double)NAN;
	if (number_read(reader->text + word->begin, word->length, &value, &used))
		return value;
	return evaluate(reader, reader->text + word->begin, word->length);
}

static void read_frequencies(const struct reader *reader, struct sweep *sweep)
{
	unsigned i = 1;

	while (i < reader->n && !is_word(reader, i, "dec") && !is_word(reader, i, "oct") &&
	       !is_word(reader, i, "lin"))
		i++;
	sweep->is_log = !is_word(reader, i, "lin");
	sweep->law = is_word(reader, i, "dec")   ? SWEEP_DECADES
		     : is_word(reader, i, "oct") ? SWEEP_OCTAVES
						 : SWEEP_POINTS;
	sweep->by = number_at(reader, i + 1);
	sweep->first = sweep->from = number_at(reader, i + 2);
	sweep->last = sweep->to = number_at(reader, i + 3);
}

/* "v1 0 5 0.1": how many steps there are. */
static double count_steps(const struct reader *reader, unsigned i)
{
	double from = number_at(reader, i + 1), to = number_at(reader, i + 2);

	return floor((to - from) / number_at(reader, i + 3) * (1 + 1e-9)) + 1;
}

static void read_dc(const struct reader *reader, struct sweep *sweep)
{
	sweep->to = sweep->n_points = count_steps(reader, 1);
	sweep->law = SWEEP_STEPS;
	sweep->first = number_at(reader, 2);
	sweep->last = number_at(reader, 3);
	sweep->by = number_at(reader, 4);
	sweep->is_nested = reader->n > 5;
	if (sweep->is_nested)
		sweep->to = sweep->n_points *= count_steps(reader, 5);
}

static bool is_given(const struct reader *reader, unsigned i)
{
	return i < reader->n && !is_word(reader, i, "uic");
}

/* "tran STEP STOP START MAX": without MAX a step is STEP, or a fiftieth of what is shown. */
static void read_tran(const struct reader *reader, struct sweep *sweep)
{
	double start = is_given(reader, 3) ? number_at(reader, 3) : 0;
	double most = is_given(reader, 3) && is_given(reader, 4) ? number_at(reader, 4) : 0;
	double step = number_at(reader, 1), share;

	sweep->first = start;
	sweep->to = sweep->last = number_at(reader, 2);
	share = (sweep->to - start) / 50;
	sweep->max_step = most;
	if (most == 0)
		sweep->max_step = isnan(step) || step < share ? step : share;
}

static bool has_frequencies(const char *kind)
{
	return strcmp(kind, "ac") == 0 || strcmp(kind, "noise") == 0 ||
	       strcmp(kind, "disto") == 0 || strcmp(kind, "sens") == 0 || strcmp(kind, "sp") == 0;
}

static bool read_kind(const struct reader *reader, struct sweep *sweep)
{
	static const char *const kinds[] = {"tran", "ac", "dc", "noise", "disto", "sens", "sp"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (is_word(reader, 0, kinds[i])) {
			strcpy(sweep->kind, kinds[i]);
			return true;
		}
	return false;
}

bool sweep_read(struct sweep *sweep, const char *text, const struct carom_circuit *circuit)
{
	struct reader reader = {.circuit = circuit};

	*sweep = (struct sweep){.to = (double)NAN, .max_step = (double)NAN};
	read_words(&reader, text);
	if (!read_kind(&reader, sweep))
		return false;
	if (strcmp(sweep->kind, "tran") == 0)
		read_tran(&reader, sweep);
	else if (strcmp(sweep->kind, "dc") == 0)
		read_dc(&reader, sweep);
	else if (has_frequencies(sweep->kind))
		read_frequencies(&reader, sweep);
	return isfinite(sweep->from) && isfinite(sweep->to);
}

/* ngspice would go on as long as there is memory, also from a value to the same. */
static int check_steps(const struct carom_circuit *circuit, const struct card *card,
		       struct carom_error *err)
{
	struct reader reader = {.circuit = circuit};

	read_words(&reader, card->text);
	for (unsigned i = 4; is_word(&reader, 0, "dc") && i < reader.n; i += 4)
		if (number_at(&reader, i) == 0)
			return carom_fail_at(err, CAROM_ERROR_ARGUMENT,
					     circuit_file(circuit, card->file), (int)card->line, 0,
					     ".dc: with a step of 0 the sweep never ends\n"
					     "give it one");
	return CAROM_OK;
}

static int add_card(struct sweep_list *sweeps, const struct carom_circuit *circuit,
		    const struct card *card, struct carom_error *err)
{
	int status = check_steps(circuit, card, err);
	struct sweep sweep;

	if (status || !sweep_read(&sweep, card->text, circuit))
		return status;
	if (!mem_reserve(&sweeps->list, &sweeps->capacity, sweeps->n + 1, sizeof(sweep)))
		return carom_fail_memory(err);
	sweeps->list[sweeps->n++] = sweep;
	return CAROM_OK;
}

int sweep_list_init(struct sweep_list *sweeps, const struct carom_circuit *circuit,
		    struct carom_error *err)
{
	*sweeps = (struct sweep_list){.n = 0};
	for (size_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];
		int status = card->role == CARD_ANALYSIS ? add_card(sweeps, circuit, card, err) : 0;

		if (status) {
			sweep_list_release(sweeps);
			return status;
		}
	}
	return CAROM_OK;
}

void sweep_list_release(struct sweep_list *sweeps)
{
	mem_free(sweeps->list);
	*sweeps = (struct sweep_list){.n = 0};
}

const struct sweep *sweep_list_find(const struct sweep_list *sweeps, const char *kind,
				    size_t number)
{
	for (size_t i = sweeps->n; i-- > 0;)
		if (strcmp(sweeps->list[i].kind, kind) == 0 && number-- == 0)
			return &sweeps->list[i];
	return NULL;
}

/* ---- values ---- */

/* What follows a value: it times the factor, plus the step. */
struct follow {
	double factor, step;
	double end; /* the last value is not beyond it */
};

/*
 * Source: ngspice 39, acan.c, noisean.c, dctrcurv.c.  Where rounding, or ngspice's reltol, decides
 * whether there is another point beyond the end, it is left out here.
 */
static struct follow follow_of(const struct sweep *sweep)
{
	bool is_ac = strcmp(sweep->kind, "ac") == 0;
	double by = sweep->by >= 1 ? floor(sweep->by) : 1, ratio = sweep->last / sweep->first;
	struct follow follow = {1, 0, sweep->last * (1 + 1e-9)};

	switch (sweep->law) {
	case SWEEP_STEPS:
		follow.step = sweep->by;
		follow.end = sweep->last + (sweep->by > 0 ? 1 : -1) * 1e3 * DBL_EPSILON;
		break;
	case SWEEP_POINTS:
		if (by > (is_ac ? 2 : 1))
			follow.step = (sweep->last - sweep->first) / (by - 1);
		break;
	case SWEEP_DECADES:
		follow.factor =
			exp(is_ac ? log(ratio) / floor(fabs(log10(ratio)) * by) : log(10) / by);
		break;
	default:
		follow.factor = exp(log(2) / by);
	}
	return follow;
}

static bool is_before(const struct follow *follow, double value)
{
	return follow->step < 0 ? value >= follow->end : value <= follow->end;
}

int sweep_values(const struct sweep *sweep, double **values, size_t *n, struct carom_error *err)
{
	struct follow follow = follow_of(sweep);
	double value = sweep->first, before = NAN;
	size_t capacity = 0;

	*values = NULL;
	*n = 0;
	while (sweep->law != SWEEP_FREE && is_before(&follow, value) && value != before) {
		int status = *n < SWEEP_MOST_VALUES ? 0
						    : carom_fail(err, CAROM_ERROR_LIMIT,
								 "a sweep of more than %d points",
								 SWEEP_MOST_VALUES);

		if (!status && !mem_reserve(values, &capacity, *n + 1, sizeof(value)))
			status = carom_fail_memory(err);
		if (status) {
			mem_free(*values);
			*values = NULL;
			*n = 0;
			return status;
		}
		(*values)[(*n)++] = before = value;
		value = value * follow.factor + follow.step;
	}
	return 0;
}

double sweep_fraction(const struct sweep *sweep, double at, size_t n_points)
{
	double fraction = (at - sweep->from) / (sweep->to - sweep->from);

	if (sweep->n_points > 0)
		fraction = (double)n_points / sweep->n_points;
	else if (sweep->is_log)
		fraction = log(at / sweep->from) / log(sweep->to / sweep->from);
	return fmin(fmax(fraction, 0), 1);
}
