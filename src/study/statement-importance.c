/* SPDX-License-Identifier: BSD-3-Clause */
/* The statement importance: which side of which spec. */
#include "base/mem.h"
#include "study/statement.h"

static int parse_side(const struct phrase *phrase, const char **at, enum study_side *side,
		      struct carom_error *err)
{
	size_t length;
	const char *word = phrase_word(at, &length);

	*side = phrase_word_is(word, length, "lower")   ? SIDE_LOWER
		: phrase_word_is(word, length, "upper") ? SIDE_UPPER
							: SIDE_ONLY;
	if (word && *side == SIDE_ONLY)
		return phrase_fail(phrase, word, err,
				   "\"%.*s\" is no side of a spec\nsay lower or upper",
				   WORD_SHOWN(length), word);
	return phrase_expect_end(phrase, *at, err);
}

int study_importance_parse(struct study_importance *importance, const struct phrase *phrase,
			   struct carom_error *err)
{
	struct study_importance parsed = {0};
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);
	int status;

	if (!word)
		return phrase_fail(phrase, phrase_end(phrase), err,
				   "whose failures?\nname a measurement that has a spec");
	status = parse_side(phrase, &at, &parsed.side, err);
	if (!status && !phrase_word_is(word, length, "never")) {
		parsed.name = mem_strndup(word, length);
		if (!parsed.name || !place_init(&parsed.place, phrase))
			status = carom_fail_memory(err);
	}
	if (status) {
		study_importance_release(&parsed);
		return status;
	}
	study_importance_release(importance);
	*importance = parsed;
	return 0;
}

void study_importance_release(struct study_importance *importance)
{
	mem_free(importance->name);
	mem_free(importance->place.source);
	mem_free(importance->shift);
}
