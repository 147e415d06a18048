/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions of an instance: computed where that can be done now, renamed where it cannot. */
#include <string.h>

#include "base/number.h"
#include "circuit/edit.h"
#include "circuit/flatten-writer.h"
#include "circuit/functions.h"

/* The value in digits.  A bare word may be no parameter after all, then it stays. */
static void patch_number(struct writer *writer, const char *text, size_t length, bool is_bare,
			 bool is_operand)
{
	const struct frame *frame = writer->frame;
	uint32_t begin = (uint32_t)(text - writer->card->text);
	struct carom_error failure = CAROM_ERROR_INIT;
	double value;
	int status = scope_evaluate(frame->scope, text, length, &value, &failure);

	if (status == CAROM_ERROR_PARAMETER && is_bare)
		return;
	if (status == CAROM_ERROR_STATE) /* a statistical function: no one value */
		status = CAROM_ERROR_SYNTAX;
	if (status != CAROM_OK) {
		circuit_fail_card(frame->circuit, writer->card, frame->flattening->err,
				  (enum carom_status)status, "%s", failure.text);
		writer_fail(writer, status);
		return;
	}
	if (is_bare || is_operand)
		writer_open(writer, begin, (uint32_t)length);
	else
		writer_open(writer, begin - 1, (uint32_t)length + 2);
	text_append(&writer->words, is_operand && value < 0 ? "(" : "");
	text_append_number(&writer->words, value);
	text_append(&writer->words, is_operand && value < 0 ? ")" : "");
	writer_close(writer);
}

/* Is it a function that a subcircuit around defines? */
static bool is_local_function(struct writer *writer, const struct reference *reference)
{
	const struct carom_circuit *circuit = writer->frame->circuit;
	struct function_table table;
	bool is_done = function_table_init(&table), is_local;

	for (; is_done && circuit->parent; circuit = circuit->parent)
		is_done = function_table_add(&table, circuit);
	if (!is_done)
		writer_fail(writer, carom_fail_memory(writer->frame->flattening->err));
	is_local = is_done && function_find(&table, writer->frame->circuit, reference->text,
					    reference->length) != NAME_NONE;
	function_table_release(&table);
	return is_local;
}

/* Length of a call "f(...)" from its name to the parenthesis that closes it. */
static size_t call_length(const char *text, const char *end)
{
	const char *p = text + strcspn(text, "(");
	unsigned depth = 0;

	for (; p < end; p++) {
		depth += *p == '(';
		if (*p == ')' && --depth == 0)
			return (size_t)(p + 1 - text);
	}
	return (size_t)(end - text);
}

/*
 * A function of the top stays one.  Those of subcircuits have no place in a flat deck: a call of
 * numbers becomes its value.
 */
static void patch_call(struct writer *writer, const struct reference *reference)
{
	const struct frame *frame = writer->frame;
	const char *end = writer->card->text + writer->card->length;
	size_t length = call_length(reference->text, end);
	double value;
	int status;

	if (language_has_function(LANGUAGE_BEHAVIOUR, reference->text, reference->length) ||
	    !is_local_function(writer, reference))
		return;
	status = scope_evaluate(frame->scope, reference->text, length, &value, NULL);
	if (status == CAROM_OK) {
		patch_number(writer, reference->text, length, false, true);
		writer->done = reference->text + length;
	} else if (status == CAROM_ERROR_MEMORY) {
		writer_fail(writer, carom_fail_memory(frame->flattening->err));
	} else {
		writer_fail(writer,
			    circuit_fail_card(frame->circuit, writer->card, frame->flattening->err,
					      CAROM_ERROR_SYNTAX,
					      "%.*s is a function of a subcircuit, which has no "
					      "flat form with arguments that are no numbers",
					      (int)reference->length, reference->text));
	}
}

static void patch_reference(void *arg, const struct reference *reference)
{
	struct writer *writer = arg;

	if (writer->status != CAROM_OK || (writer->done && reference->text < writer->done))
		return;
	switch (reference->kind) {
	case REFERENCE_VOLTAGE:
	case REFERENCE_CURRENT:
		writer_put_names(writer, reference);
		break;
	case REFERENCE_FUNCTION:
		patch_call(writer, reference);
		break;
	case REFERENCE_NAME:
		if (!language_has_name(LANGUAGE_BEHAVIOUR, reference->text, reference->length))
			patch_number(writer, reference->text, reference->length, false, true);
		break;
	}
}

void writer_put_expression(void *arg, const struct card_expression *expression)
{
	struct writer *writer = arg;
	const char *text = expression->text;
	bool is_bare = text == writer->card->text || !strchr("{'\"", text[-1]);
	double number;
	size_t used;

	if (writer->status != CAROM_OK)
		return;
	if (expression->language == LANGUAGE_BEHAVIOUR)
		expression_each_reference(text, expression->length, LANGUAGE_BEHAVIOUR,
					  patch_reference, writer);
	else if (!is_bare || !number_read(text, expression->length, &number, &used) ||
		 used != expression->length)
		patch_number(writer, text, expression->length, is_bare, false);
}
