/* SPDX-License-Identifier: BSD-3-Clause */
/* Corners that take other sections of the libraries: a job for each, of the deck read with them. */
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/deck.h"
#include "study/job-build.h"
#include "study/phrase.h"

/* ---- the deck ---- */

static void free_words(char **words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mem_free(words[i]);
	mem_free(words);
}

/* "tt=ss res_t=res_s" */
static int split(const char *sections, char ***words, size_t *n, struct carom_error *err)
{
	size_t capacity = 0, length;
	const char *word;

	*words = NULL;
	*n = 0;
	while ((word = phrase_word(&sections, &length))) {
		char *copy = mem_strndup(word, length);

		if (!copy || !mem_reserve(words, &capacity, *n + 1, sizeof(**words))) {
			mem_free(copy);
			free_words(*words, *n);
			return carom_fail_memory(err);
		}
		(*words)[(*n)++] = copy;
	}
	return 0;
}

static int read_deck(struct carom_circuit **deck, const struct carom_circuit *circuit,
		     const char *sections, struct carom_error *err)
{
	char **words;
	size_t n;
	int status = split(sections, &words, &n, err);

	if (status)
		return status;
	status = deck_import_again(deck, circuit, (const char *const *)words, n, err);
	free_words(words, n);
	return status;
}

/* ---- the job ---- */

/* One store takes the samples of all: their columns are the same. */
static int check_alike(const struct job *job, const struct job *section, struct carom_error *err)
{
	size_t i = 0;

	while (i < job->n_variables && i < section->n_variables &&
	       name_compare(job->variables[i].name, section->variables[i].name) == 0)
		i++;
	if (i < job->n_variables || i < section->n_variables)
		return carom_fail(
			err, CAROM_ERROR_PARAMETER, "what varies is not the same as without: %s",
			i < job->n_variables ? job->variables[i].name : section->variables[i].name);
	if (!job_keeps_alike(job, section))
		return carom_fail(err, CAROM_ERROR_PARAMETER,
				  "waveforms would be kept at other places\nsay from= and to= and "
				  "points=");
	return 0;
}

static bool is_reload(enum carom_route route)
{
	return route == CAROM_ROUTE_RELOAD;
}

/* All of them by one route: the safer one of two. */
static int join_routes(struct job *job, struct job *section, struct carom_error *err)
{
	if (is_reload(job->route) != is_reload(section->route))
		return carom_fail(
			err, CAROM_ERROR_PARAMETER,
			"values are set by route %s with it, and by %s without\nuse --route "
			"reload",
			carom_route_name(section->route), carom_route_name(job->route));
	if (section->route > job->route)
		job->route = section->route;
	return 0;
}

static int make(struct job *job, const struct carom_study *study, const char *sections,
		enum carom_route asked, struct carom_error *err)
{
	struct carom_circuit *deck = NULL;
	struct job *section = NULL;
	int status = read_deck(&deck, study->circuit, sections, err);

	if (status == 0)
		status = job_new_alone(&section, study, deck, asked, err);
	carom_circuit_free(deck);
	if (status)
		return status;
	job->sections[job->n_sections++] = section;
	section->deck = (uint32_t)job->n_sections;
	mem_free(section->nominal);
	section->nominal = NULL; /* that is the deck's own */
	status = check_alike(job, section, err);
	return status ? status : join_routes(job, section, err);
}

/* ---- the corners ---- */

/* The first corner with the same sections; itself if there is none before. */
static size_t find_same(const struct job *job, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (job->corners[i].sections &&
		    strcmp(job->corners[i].sections, job->corners[index].sections) == 0)
			return i;
	return index;
}

static int add(struct job *job, const struct carom_study *study, size_t index,
	       enum carom_route asked, struct carom_error *err)
{
	const struct place *place = &study->corners[index].place;
	struct job_corner *corner = &job->corners[index];
	size_t same;
	int status;

	if (!corner->sections)
		return 0;
	same = find_same(job, index);
	if (same < index) {
		corner->deck = job->corners[same].deck;
		return 0;
	}
	status = make(job, study, corner->sections, asked, err);
	corner->deck = (uint32_t)job->n_sections;
	if (status) {
		carom_fail_context(err, (enum carom_status)status, "corner %s: section %s",
				   corner->name, corner->sections);
		carom_error_place(err, place->source, place->line);
	}
	return status;
}

/* Each of them knows all corners; what one sets is as the deck of its sections has it. */
static void share(struct job *job)
{
	for (size_t c = 0; c < job->n_corners; c++) {
		struct job_corner *corner = &job->corners[c];

		for (size_t i = 0; i < job->n_sections; i++)
			job->sections[i]->corners[c].deck = corner->deck;
		if (corner->deck > 0 && corner->n_settings > 0)
			memcpy(corner->settings,
			       job->sections[corner->deck - 1]->corners[c].settings,
			       corner->n_settings * sizeof(*corner->settings));
	}
	for (size_t i = 0; i < job->n_sections; i++)
		job->sections[i]->route = job->route;
}

int job_add_sections(struct job *job, const struct carom_study *study, enum carom_route asked,
		     struct carom_error *err)
{
	int status = 0;

	job->n_sections = 0;
	job->sections = mem_zalloc(job->n_corners, sizeof(*job->sections));
	if (!job->sections)
		return carom_fail_memory(err);
	for (size_t i = 0; i < job->n_corners && status == 0; i++)
		status = add(job, study, i, asked, err);
	if (status || job->n_sections == 0)
		return status;
	share(job);
	mem_free(job->deck_hash);
	job->deck_hash = job_hash(job);
	return job->deck_hash ? 0 : carom_fail_memory(err);
}
