/* SPDX-License-Identifier: BSD-3-Clause */
/* ngspice's plots and vectors, found by name and seen where they are. */
#include "ng-capture.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/mem.h"

enum { REAL = 1, PERMANENT = 128 }; /* VF_* of ngspice's dvec.h */
enum { VOLTAGE = 3 };               /* SV_VOLTAGE of its sim.h */

static const char branch[] = "#branch";

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name);
	size_t end_length = strlen(end);

	return length > end_length && strcasecmp(name + length - end_length, end) == 0;
}

bool ng_is_scale(const char *name)
{
	return strcasecmp(name, "time") == 0 || strcasecmp(name, "frequency") == 0 ||
	       ends_with(name, "-sweep");
}

/* Analyses whose vectors are results of their own, not node voltages and branch currents. */
static bool has_special_vectors(const char *plot)
{
	static const char *const kinds[] = {"noise", "tf", "pz", "sens", "sp"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t length = strlen(kinds[i]);

		if (strncmp(plot, kinds[i], length) == 0 && plot[length] >= '0' &&
		    plot[length] <= '9')
			return true;
	}
	return false;
}

/* Cut to fit; returns the length of the whole. */
static size_t join(char *name, size_t size, const char *const parts[3], const size_t lengths[3])
{
	size_t whole = 0, left = size - 1;

	for (size_t i = 0; i < 3; i++) {
		size_t fits = lengths[i] < left ? lengths[i] : left;

		name = mempcpy(name, parts[i], fits);
		left -= fits;
		whole += lengths[i];
	}
	*name = '\0';
	return whole;
}

size_t ng_name_from_ng(const char *plot, const char *name, char *user_name, size_t size)
{
	bool is_node = !strpbrk(name, "@(") && !strstr(name, branch) && !strstr(name, ":power");
	size_t length = strlen(name);
	const char *before = "", *behind = "";

	if (ng_is_scale(name) || has_special_vectors(plot))
		;
	else if (ends_with(name, branch))
		before = "i(", behind = ")", length -= strlen(branch);
	else if (strncmp(name, "V(", 2) == 0)
		before = "v", name++, length--;
	else if (is_node)
		before = "v(", behind = ")";
	return join(user_name, size, (const char *const[]){before, name, behind},
		    (const size_t[]){strlen(before), length, strlen(behind)});
}

bool ng_vector_is_cut(const struct ng_vector *vector)
{
	return vector->own_name && strlen(vector->name) == sizeof(vector->name) - 1;
}

char *ng_vector_whole_name(const char *plot, const struct ng_vector *vector)
{
	char none[1];
	size_t size = ng_name_from_ng(plot, vector->own_name, none, sizeof(none)) + 1;
	char *name = mem_alloc(size);

	if (name)
		ng_name_from_ng(plot, vector->own_name, name, size);
	return name;
}

/* wanted may leave out the v( ) that the user's name has. */
static bool is_inside(const char *user_name, const char *wanted)
{
	size_t length = strlen(wanted);

	return strncmp(user_name, "v(", 2) == 0 &&
	       strncasecmp(user_name + 2, wanted, length) == 0 &&
	       strcmp(user_name + 2 + length, ")") == 0;
}

static bool is_named(const char *plot, const char *name, const char *wanted)
{
	char user_name[NG_NAME_SIZE];

	ng_name_from_ng(plot, name, user_name, sizeof(user_name));
	return strcasecmp(user_name, wanted) == 0 || is_inside(user_name, wanted);
}

/* Beside the special vectors of "sp" stand voltages and currents: "in" and "v1#branch". */
bool ng_name_matches(const char *plot, const char *name, const char *wanted)
{
	return strcasecmp(name, wanted) == 0 || is_named(plot, name, wanted) ||
	       (has_special_vectors(plot) && is_named("", name, wanted));
}

const char ng_guard_name[] = "@carom[guard]";

bool ng_is_guard(const char *name)
{
	return name[0] == ng_guard_name[0] && strcmp(name, ng_guard_name) == 0;
}

/* ngspice lists the latest plot first and ends with "const". */
size_t ng_capture_plot_count(const struct ng_api *api)
{
	char **plots = api->all_plots();
	size_t n = 0;

	while (plots[n] && strcmp(plots[n], "const") != 0)
		n++;
	return n;
}

const char *ng_capture_plot_name(const struct ng_api *api, size_t index)
{
	size_t n = ng_capture_plot_count(api);

	return index < n ? api->all_plots()[n - 1 - index] : NULL;
}

bool ng_capture_has_plot(const struct ng_api *api, const char *plot)
{
	char **plots = api->all_plots();

	while (*plots && strcmp(*plots, plot) != 0)
		plots++;
	return *plots && strcmp(plot, "const") != 0;
}

struct ng_names ng_capture_names(const struct ng_api *api, const char *plot)
{
	struct ng_names names = {.list = api->all_vecs((char *)plot)};

	while (names.list && names.list[names.left])
		names.left++;
	return names;
}

const char *ng_names_next(struct ng_names *names)
{
	while (names->left > 0) {
		const char *name = names->list[--names->left];

		if (!ng_is_guard(name))
			return name;
	}
	return NULL;
}

int ng_capture_plot(const struct ng_api *api, size_t index, struct ng_plot *plot,
		    struct carom_error *err)
{
	const char *name = ng_capture_plot_name(api, index);
	struct ng_names names;

	if (!name)
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "there is no plot number %zu", index);
	*plot = (struct ng_plot){.scale = -1};
	strncat(plot->name, name, sizeof(plot->name) - 1);
	names = ng_capture_names(api, plot->name);
	while ((name = ng_names_next(&names)))
		if (plot->n_vectors++ == 0 && ng_is_scale(name))
			plot->scale = 0; /* the scale is saved first */
	return CAROM_OK;
}

static void vector_from_ng(const char *plot, const vector_info *info, struct ng_vector *vector)
{
	ng_name_from_ng(plot, info->v_name, vector->name, sizeof(vector->name));
	vector->own_name = info->v_name;
	if (info->v_type != VOLTAGE && vector->name[0] == 'v' && vector->name[1] == '(')
		snprintf(vector->name, sizeof(vector->name), "%s",
			 info->v_name); /* made by "let" */
	vector->type = info->v_type;
	vector->is_complex = !(info->v_flags & REAL);
	vector->length = info->v_length > 0 ? (size_t)info->v_length : 0;
	vector->data = vector->is_complex ? (const double *)info->v_compdata : info->v_realdata;
}

/* Asking as "plot.name" keeps ngspice from taking a part of the name for a plot. */
static const vector_info *look_up(const struct ng_api *api, const char *plot, const char *name)
{
	char near[NG_COMMAND_SIZE];
	size_t plot_length = strlen(plot);
	size_t size = plot_length + 1 + strlen(name) + 1;
	char *full = size <= sizeof(near) ? near : mem_alloc(size);
	const vector_info *info;

	if (!full)
		return NULL;
	memcpy(full, plot, plot_length);
	full[plot_length] = '.';
	strcpy(full + plot_length + 1, name);
	info = api->vec_info(full);
	if (full != near)
		mem_free(full);
	return info;
}

int ng_capture_vector(const struct ng_api *api, const char *plot, const char *name,
		      struct ng_vector *vector, struct carom_error *err)
{
	const vector_info *info = look_up(api, plot, name);

	if (!info || strcasecmp(info->v_name, name) != 0)
		return carom_fail(
			err, CAROM_ERROR_VECTOR,
			"vector \"%.60s%s\" of %s cannot be looked at\ngive the node another name",
			name, strlen(name) > 60 ? "..." : "", plot);
	vector_from_ng(plot, info, vector);
	return CAROM_OK;
}

int ng_capture_first(const struct ng_api *api, const char *plot, struct ng_vector *vector,
		     struct carom_error *err)
{
	struct ng_names names = ng_capture_names(api, plot);
	const char *name = ng_names_next(&names);

	if (!name)
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "%s has no vectors", plot);
	return ng_capture_vector(api, plot, name, vector, err);
}

static size_t name_span(const char *text)
{
	return ng_name_span(text, "_.:#");
}

/* v(x1.out) and i(v1); v(net-1) too, which ngspice's expressions would take for a difference. */
static bool is_probe(const char *text)
{
	size_t length;

	if (strspn(text, "vViI") != 1 || text[1] != '(')
		return false;
	text += 2;
	length = strcspn(text, "()[], ");
	return length > 0 && strcmp(text + length, ")") == 0;
}

static bool is_parameter(const char *text)
{
	size_t length;

	if (text[0] != '@')
		return false;
	length = name_span(text + 1);
	if (length == 0 || text[1 + length] != '[')
		return false;
	text += 1 + length + 1;
	length = name_span(text);
	return length > 0 && strcmp(text + length, "]") == 0;
}

bool ng_is_plain_name(const char *expression)
{
	size_t length = name_span(expression);

	if (length > 0 && expression[length] == '\0')
		return !strchr("0123456789.", expression[0]) &&
		       strncasecmp(expression, "all", 3) != 0;
	return is_probe(expression) || is_parameter(expression);
}

/* Where a plot has no such vector, ngspice answers with its constants: v(c) is the speed of light. */
static bool is_constant(const char *name)
{
	static const char *const constants[] = {"yes",    "true",    "no",    "false",
						"pi",     "c",       "i",     "e",
						"kelvin", "echarge", "boltz", "planck"};

	for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++) {
		if ((name[0] | 0x20) == constants[i][0] && strcasecmp(name, constants[i]) == 0)
			return true;
	}
	return false;
}

static bool is_answered_by_constant(const struct ng_api *api, const vector_info *info)
{
	const double *real = info->v_realdata;
	const ngcomplex_t *complex = info->v_compdata;

	if (!is_constant(info->v_name))
		return false;
	info = look_up(api, "const", info->v_name);
	return info && info->v_realdata == real && info->v_compdata == complex;
}

enum ng_found ng_capture_find(const struct ng_api *api, const char *plot, const char *name,
			      struct ng_vector *vector)
{
	const vector_info *info = look_up(api, plot, name);
	vector_info found;

	if (!info || info->v_length <= 0)
		return NG_NOT_FOUND;
	found = *info; /* the next look-up overwrites it */
	if (!(found.v_flags & PERMANENT))
		return NG_FLEETING;
	if (is_probe(name) && is_answered_by_constant(api, &found))
		return NG_NOT_FOUND;
	vector_from_ng(plot, &found, vector);
	return NG_FOUND;
}

int ng_capture_scale(const struct ng_api *api, const char *plot, struct ng_vector *vector,
		     struct carom_error *err)
{
	int status = ng_capture_first(api, plot, vector, err);

	if (!status && !ng_is_scale(vector->name))
		status = carom_fail(err, CAROM_ERROR_VECTOR, "%s has no scale", plot);
	return status;
}
