/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * .control blocks.  In a trusted deck they are passed on as they are.  In any other they are not
 * executed; the analyses and saves among their commands become cards, so that the deck still runs.
 */
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/deck.h"
#include "circuit/edit.h"
#include "circuit/scan.h"

/* ---- trusted ---- */

static int pass_on(struct deck *deck, const struct raw_line *raw)
{
	struct card card;

	if (circuit_copy_card(deck->root, raw->text, raw->length, &card, deck->err) != CAROM_OK)
		return CAROM_ERROR_MEMORY;
	card.file = deck->source->file;
	card.line = raw->line;
	return circuit_append_card(deck->scope, &card, deck->err) == NAME_NONE ? CAROM_ERROR_MEMORY
									       : CAROM_OK;
}

static int pass_block_on(struct deck *deck, const struct card *card)
{
	struct raw_line raw;

	if (circuit_append_card(deck->scope, card, deck->err) == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	while (deck_line_raw(deck->source, &raw)) {
		if (raw.length > 0 && pass_on(deck, &raw) != CAROM_OK)
			return CAROM_ERROR_MEMORY;
		if (raw_line_begins(&raw, ".endc"))
			return CAROM_OK;
	}
	return deck_fail_card(deck, card, ".control has no .endc");
}

/* ---- commands of a block that is not executed ---- */

enum command_kind {
	COMMAND_OTHER,
	COMMAND_ANALYSIS,
	COMMAND_SAVE,
	COMMAND_CHANGE, /* of what is simulated */
	COMMAND_BEGIN,  /* of a loop or a condition */
	COMMAND_END
};

static const struct {
	const char *word;
	enum command_kind kind;
} command_words[] = {
	{"tran", COMMAND_ANALYSIS},     {"ac", COMMAND_ANALYSIS},
	{"dc", COMMAND_ANALYSIS},       {"op", COMMAND_ANALYSIS},
	{"noise", COMMAND_ANALYSIS},    {"sens", COMMAND_ANALYSIS},
	{"pz", COMMAND_ANALYSIS},       {"tf", COMMAND_ANALYSIS},
	{"disto", COMMAND_ANALYSIS},    {"sp", COMMAND_ANALYSIS},
	{"pss", COMMAND_ANALYSIS},      {"save", COMMAND_SAVE},
	{"alter", COMMAND_CHANGE},      {"altermod", COMMAND_CHANGE},
	{"alterparam", COMMAND_CHANGE}, {"option", COMMAND_CHANGE},
	{"setseed", COMMAND_CHANGE},    {"source", COMMAND_CHANGE},
	{"mc_source", COMMAND_CHANGE},  {"load", COMMAND_CHANGE},
	{"codemodel", COMMAND_CHANGE},  {"pre_codemodel", COMMAND_CHANGE},
	{"osdi", COMMAND_CHANGE},       {"pre_osdi", COMMAND_CHANGE},
	{"optran", COMMAND_CHANGE},     {"snload", COMMAND_CHANGE},
	{"while", COMMAND_BEGIN},       {"dowhile", COMMAND_BEGIN},
	{"repeat", COMMAND_BEGIN},      {"foreach", COMMAND_BEGIN},
	{"if", COMMAND_BEGIN},          {"end", COMMAND_END},
};

/* Variables that "set" gives another meaning to the circuit by. */
static const char *const changing_variables[] = {"temp", "tnom", "ngbehavior", "rndseed", "scale"};

struct block {
	struct deck *deck;
	struct text command; /* with its continuation lines */
	uint32_t line;       /* of its first */
	unsigned depth;      /* of loops and conditions */
};

static bool is_changing_set(const char *command)
{
	struct word word;
	uint32_t at = strlen("set");

	if (!scan_word(command, &at, &word))
		return false;
	for (size_t i = 0; i < sizeof(changing_variables) / sizeof(changing_variables[0]); i++) {
		if (word_is(command, &word, changing_variables[i]))
			return true;
	}
	return false;
}

static enum command_kind kind_of(const char *command)
{
	size_t length = strcspn(command, " \t");

	if (length == 3 && name_compare_n(command, "set", 3) == 0)
		return is_changing_set(command) ? COMMAND_CHANGE : COMMAND_OTHER;
	for (size_t i = 0; i < sizeof(command_words) / sizeof(command_words[0]); i++) {
		if (strlen(command_words[i].word) == length &&
		    name_compare_n(command, command_words[i].word, length) == 0)
			return command_words[i].kind;
	}
	return COMMAND_OTHER;
}

static int note(const struct block *block, const char *what)
{
	struct card card = {.file = block->deck->source->file, .line = block->line};

	return circuit_note(block->deck->root, &card, CAROM_SEVERITY_NOTE, CAROM_ERROR_TRUST,
			    block->deck->err, "%.200s %s", text_string(&block->command), what);
}

/* Keep the command as the card that means the same: "tran 1n 1u" is ".tran 1n 1u". */
static int take(const struct block *block, bool is_analysis)
{
	struct deck *deck = block->deck;
	struct text text = TEXT_INIT;
	struct command command = {.is_analysis = is_analysis, .is_nested = block->depth > 0};
	int rc = CAROM_ERROR_MEMORY;

	text_append_char(&text, '.');
	text_append(&text, text_string(&block->command));
	if (text.failed || !mem_reserve(&deck->commands, &deck->commands_capacity,
					deck->n_commands + 1, sizeof(*deck->commands)))
		carom_fail_memory(deck->err);
	else
		rc = circuit_copy_card(deck->root, text.data, text.length, &command.card,
				       deck->err);
	text_release(&text);
	if (rc != CAROM_OK)
		return rc;
	command.card.file = deck->source->file;
	command.card.line = block->line;
	deck->commands[deck->n_commands++] = command;
	return CAROM_OK;
}

static int read_command(struct block *block)
{
	const char *command = text_string(&block->command);
	enum command_kind kind = kind_of(command);
	bool is_taken = kind == COMMAND_ANALYSIS || kind == COMMAND_SAVE;
	uint32_t alone;

	if (kind == COMMAND_BEGIN)
		block->depth++;
	else if (kind == COMMAND_END && block->depth > 0)
		block->depth--;
	if (kind == COMMAND_CHANGE)
		return note(block, "is not executed: the deck is simulated as it stands");
	if (is_taken && (strlen(command) < block->command.length || strpbrk(command, "$`\\") ||
			 !scan_is_line(command)))
		return note(block,
			    "is not taken: what it stands for shows only when it is executed");
	if (is_taken && !scan_is_balanced(command, &alone))
		return note(block, "is not taken: a bracket or quote in it is alone");
	return is_taken ? take(block, kind == COMMAND_ANALYSIS) : CAROM_OK;
}

static int end_command(struct block *block)
{
	int rc = CAROM_OK;

	if (block->command.failed)
		rc = carom_fail_memory(block->deck->err);
	else if (block->command.length > 0)
		rc = read_command(block);
	text_clear(&block->command);
	return rc;
}

/* A comment in a block begins with ";", "//" or "$ "; "$x" is a variable. */
static size_t visible_length(const struct raw_line *raw)
{
	size_t at = 0;

	for (; at < raw->length; at++) {
		char c = raw->text[at], next = at + 1 < raw->length ? raw->text[at + 1] : ' ';

		if (c == ';' || (c == '/' && next == '/') || (c == '$' && next == ' '))
			break;
	}
	while (at > 0 && strchr(" \t", raw->text[at - 1]))
		at--;
	return at;
}

static int read_line(struct block *block, const struct raw_line *raw)
{
	bool is_more = raw->length > 0 && raw->text[0] == '+';
	size_t length = visible_length(raw);
	int rc;

	if (length == 0 || strchr("*#", raw->text[0]))
		return CAROM_OK;
	if (is_more && length == 1) /* it adds nothing */
		return CAROM_OK;
	if (is_more) {
		text_append_char(&block->command, ' ');
		text_append_n(&block->command, raw->text + 1, length - 1);
		return CAROM_OK;
	}
	rc = end_command(block);
	block->line = raw->line;
	text_append_n(&block->command, raw->text, length);
	return rc;
}

static int read_block(struct deck *deck, const struct card *card)
{
	struct block block = {.deck = deck, .command = TEXT_INIT};
	struct raw_line raw;
	bool is_closed = false;
	int rc = CAROM_OK;

	while (rc == CAROM_OK && !is_closed && deck_line_raw(deck->source, &raw)) {
		is_closed = raw_line_begins(&raw, ".endc");
		if (!is_closed)
			rc = read_line(&block, &raw);
	}
	if (rc == CAROM_OK)
		rc = end_command(&block);
	if (rc == CAROM_OK && !is_closed)
		rc = circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX,
				  deck->err,
				  ".control has no .endc: all that follows counts as commands");
	text_release(&block.command);
	return rc;
}

int deck_read_control(struct deck *deck, const struct card *card)
{
	int rc;

	if (deck->root->is_trusted)
		return pass_block_on(deck, card);
	deck->has_block = deck->is_behind_block = true;
	rc = circuit_note(deck->root, card, CAROM_SEVERITY_NOTE, CAROM_ERROR_TRUST, deck->err,
			  ".control block not executed");
	return rc == CAROM_OK ? read_block(deck, card) : rc;
}

/* ---- at the end of the deck ---- */

static bool has_analysis(const struct carom_circuit *circuit)
{
	for (size_t i = 0; i < circuit->n_cards; i++) {
		if (circuit->cards[i].role == CARD_ANALYSIS)
			return true;
	}
	return false;
}

/* Did an earlier command say the same? */
static bool is_repeated(const struct deck *deck, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (name_compare(deck->commands[i].card.text, deck->commands[index].card.text) == 0)
			return true;
	}
	return false;
}

static int append_command(struct deck *deck, const struct command *command)
{
	const char *how =
		command->is_nested ? "; the loop or condition around it is not executed" : "";
	int rc = circuit_note(deck->root, &command->card, CAROM_SEVERITY_NOTE, CAROM_ERROR_TRUST,
			      deck->err, "taken for the card %.200s%s", command->card.text, how);

	return rc == CAROM_OK ? circuit_append_dot_card(deck->root, &command->card, deck->err) : rc;
}

int deck_append_commands(struct deck *deck)
{
	bool wants_analyses = !has_analysis(deck->root);
	int rc = CAROM_OK;

	for (size_t i = 0; i < deck->n_commands && rc == CAROM_OK; i++) {
		const struct command *command = &deck->commands[i];

		if (is_repeated(deck, i))
			continue;
		if (!command->is_analysis || wants_analyses)
			rc = append_command(deck, command);
		else
			rc = circuit_note(deck->root, &command->card, CAROM_SEVERITY_NOTE,
					  CAROM_ERROR_TRUST, deck->err,
					  "%.200s is not taken: the deck has analyses of its own",
					  command->card.text + 1);
	}
	return rc;
}
