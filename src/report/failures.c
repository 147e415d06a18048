/* SPDX-License-Identifier: BSD-3-Clause */
/* Why samples failed. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "report/report.h"
#include "study/store-json.h"
#include "study/store.h"

struct reason {
	enum carom_sample_status status;
	char message[STORE_MESSAGE_SIZE + 1];
	uint64_t count, samples[REPORT_REASON_SAMPLES];
};

struct reasons {
	struct reason list[REPORT_MOST_REASONS];
	size_t n;
	uint64_t n_others; /* samples with yet another reason */
};

/* NULL if there is no room for one more. */
static struct reason *find(struct reasons *reasons, enum carom_sample_status status,
			   const char *message)
{
	struct reason *reason = reasons->list;

	for (; reason < reasons->list + reasons->n; reason++) {
		if (reason->status == status && strcmp(reason->message, message) == 0)
			return reason;
	}
	if (reasons->n == REPORT_MOST_REASONS)
		return NULL;
	reasons->n++;
	reason->status = status;
	strcpy(reason->message, message);
	return reason;
}

static void count(struct reasons *reasons, const struct report *report, uint64_t sample)
{
	char message[STORE_MESSAGE_SIZE + 1];
	struct reason *reason;

	carom_store_message(report->store, sample, message, sizeof(message));
	reason = find(reasons, report->population.status[sample], message);
	if (!reason) {
		reasons->n_others++;
		return;
	}
	if (reason->count < REPORT_REASON_SAMPLES)
		reason->samples[reason->count] = sample;
	reason->count++;
}

/* The most frequent first, equals by their first samples. */
static int compare(const void *a, const void *b)
{
	const struct reason *left = a, *right = b;

	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return left->samples[0] < right->samples[0] ? -1 : 1;
}

static json_t *reason_to_json(const struct reason *reason)
{
	json_t *samples = json_array();
	bool is_whole = samples != NULL;

	for (size_t i = 0; i < reason->count && i < REPORT_REASON_SAMPLES && is_whole; i++)
		is_whole = json_array_append_new(samples,
						 json_integer((json_int_t)reason->samples[i])) == 0;
	return json_pack("{s:s, s:o, s:I, s:o}", "status", carom_sample_status_text(reason->status),
			 "message", store_json_string(reason->message), "count",
			 (json_int_t)reason->count, "samples",
			 store_json_drop_unless(is_whole, samples));
}

static json_t *to_json(const struct reasons *reasons)
{
	json_t *list = json_array();
	bool is_whole = list != NULL;

	for (size_t i = 0; i < reasons->n && is_whole; i++)
		is_whole = json_array_append_new(list, reason_to_json(&reasons->list[i])) == 0;
	return json_pack("{s:o, s:I}", "reasons", store_json_drop_unless(is_whole, list), "others",
			 (json_int_t)reasons->n_others);
}

int report_failures(const struct report *report, json_t **list, struct carom_error *err)
{
	struct reasons *reasons = mem_zalloc(1, sizeof(*reasons));

	*list = NULL;
	if (!reasons)
		return carom_fail_memory(err);
	for (uint64_t k = 0; k < report->population.n; k++) {
		if (report->population.status[k] != CAROM_SAMPLE_PENDING &&
		    report->population.status[k] != CAROM_SAMPLE_OK)
			count(reasons, report, k);
	}
	qsort(reasons->list, reasons->n, sizeof(*reasons->list), compare);
	*list = to_json(reasons);
	mem_free(reasons);
	return *list ? 0 : carom_fail_memory(err);
}
