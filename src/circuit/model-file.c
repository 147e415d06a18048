/* SPDX-License-Identifier: BSD-3-Clause */
/* The file names on .model cards of code models. */
#include "circuit/model-file.h"

#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/include.h"

struct search {
	const char *deck; /* its file */
	model_file_fn *tell;
	void *arg;
	struct carom_error *err;
};

/* What separates the words of a code model's card, as in ngspice's MIFgettok. */
static const char separators[] = " \t=(),[]<>";

/* The next word, without quotes; false behind the last. */
static bool next_word(const char **at, const char **word, int *length)
{
	const char *begin = *at + strspn(*at, separators);
	char quote = *begin == '"' || *begin == '\'' ? *begin++ : '\0';
	const char *end = begin;

	while (*end && (quote ? *end != quote : !strchr(separators, *end)))
		end++;
	*word = begin;
	*length = (int)(end - begin);
	*at = end + (quote && *end);
	return *length > 0 || quote;
}

/* "file", "input_file", "state_file": all that ngspice's models have. */
static bool names_file(const char *word, int length)
{
	return length >= 4 && name_compare_n(word + length - 4, "file", 4) == 0;
}

static int tell_file(const struct search *search, const struct card *card, const char *word,
		     int length)
{
	const struct include_names names = {.file = word, .file_length = length};
	char *path = include_path(search->deck, &names);
	int rc = path ? search->tell(search->arg, path, card, search->err)
		      : carom_fail_memory(search->err);

	mem_free(path);
	return rc;
}

static int tell_model(const struct search *search, const struct card *card)
{
	const char *at = card->text, *word;
	int length, rc = CAROM_OK;

	for (int i = 0; i < 3 && next_word(&at, &word, &length); i++)
		; /* ".model NAME TYPE" */
	while (rc == CAROM_OK && next_word(&at, &word, &length)) {
		if (names_file(word, length) && next_word(&at, &word, &length))
			rc = tell_file(search, card, word, length);
	}
	return rc;
}

static int tell_all(const struct search *search, const struct carom_circuit *circuit)
{
	int rc = CAROM_OK;

	for (size_t i = 0; i < circuit->n_cards && rc == CAROM_OK; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_SUBCIRCUIT)
			rc = tell_all(search, circuit->children[card->index]);
		else if (card->role != CARD_REMOVED && name_compare_n(card->text, ".model", 6) == 0)
			rc = tell_model(search, card);
	}
	return rc;
}

int circuit_model_files(const struct carom_circuit *circuit, model_file_fn *tell, void *arg,
			struct carom_error *err)
{
	const struct search search = {circuit_file(circuit_root(circuit), 0), tell, arg, err};

	return tell_all(&search, circuit);
}
