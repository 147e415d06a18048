/* SPDX-License-Identifier: BSD-3-Clause */
/* Files that the code models of an untrusted deck read: they must lie below its roots. */
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/deck.h"
#include "circuit/edit.h"

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

/* The simulator looks for it next to the deck. */
static int check_file(const struct deck *deck, const struct card *card, const char *word,
		      int length)
{
	const struct include_names names = {.file = word, .file_length = length};
	char *path = include_path(circuit_file(deck->root, 0), &names);
	int rc = path ? roots_check_path(&deck->roots, path, deck->err)
		      : carom_fail_memory(deck->err);

	mem_free(path);
	if (rc != CAROM_OK)
		carom_error_place(deck->err, circuit_file(deck->root, card->file), (int)card->line);
	return rc;
}

static int check_model(const struct deck *deck, const struct card *card)
{
	const char *at = card->text, *word;
	int length, rc = CAROM_OK;

	for (int i = 0; i < 3 && next_word(&at, &word, &length); i++)
		; /* ".model NAME TYPE" */
	while (rc == CAROM_OK && next_word(&at, &word, &length)) {
		if (names_file(word, length) && next_word(&at, &word, &length))
			rc = check_file(deck, card, word, length);
	}
	return rc;
}

int deck_check_files(const struct deck *deck, const struct carom_circuit *circuit)
{
	int rc = CAROM_OK;

	for (size_t i = 0; i < circuit->n_cards && rc == CAROM_OK && deck->roots.n > 0; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_SUBCIRCUIT)
			rc = deck_check_files(deck, circuit->children[card->index]);
		else if (name_compare_n(card->text, ".model", 6) == 0)
			rc = check_model(deck, card);
	}
	return rc;
}
