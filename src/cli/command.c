/* SPDX-License-Identifier: BSD-3-Clause */
/* What the subcommands share. */
#include "command.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "findings.h"

static int exit_status_of(enum carom_status status)
{
	switch (status) {
	case CAROM_OK:
		return EXIT_DONE;
	case CAROM_ERROR_CANCELLED:
		return EXIT_INTERRUPTED;
	case CAROM_ERROR_ARGUMENT:
	case CAROM_ERROR_NOT_FOUND:
	case CAROM_ERROR_EXISTS:
	case CAROM_ERROR_SYNTAX:
	case CAROM_ERROR_MODEL:
	case CAROM_ERROR_PARAMETER:
	case CAROM_ERROR_TOPOLOGY:
	case CAROM_ERROR_VECTOR:
	case CAROM_ERROR_MEASURE:
	case CAROM_ERROR_TRUST:
	case CAROM_ERROR_FORMAT:
	case CAROM_ERROR_SYSTEM:
		return EXIT_BAD_INPUT;
	default:
		return EXIT_SIMULATOR;
	}
}

int command_fail(const struct carom_error *err)
{
	struct carom_error told = *err;
	char text[sizeof(told)];

	told.hint[0] = '\0';
	fprintf(stderr, "carom: %s\n", carom_error_format(&told, text, sizeof(text)));
	if (err->hint[0])
		fprintf(stderr, "hint: %s\n", err->hint);
	return exit_status_of(err->status);
}

int command_usage(const char *command, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "carom %s: ", command);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, "\n");
	return command_bad_option(command);
}

int command_bad_option(const char *command)
{
	fprintf(stderr, "Try \"carom %s --help\".\n", command);
	return EXIT_USAGE;
}

const char *command_argument(const char *command, const char *what, int argc, char **argv)
{
	if (optind == argc) {
		command_usage(command, "which %s?", what);
		return NULL;
	}
	if (argc - optind > 1) {
		command_usage(command, "one %s at a time: \"%s\" is too many", what,
			      argv[optind + 1]);
		return NULL;
	}
	return argv[optind];
}

bool command_number(const char *command, const char *option, const char *text, double min,
		    double max, double *value)
{
	char *end;

	*value = strtod(text, &end);
	if (end != text && !*end && *value >= min && *value <= max && *value == floor(*value))
		return true;
	command_usage(command, "%s %s: not a whole number from %g to %g", option, text, min, max);
	return false;
}

bool command_quantity(const char *command, const char *option, const char *text, double *value)
{
	struct carom_circuit *circuit = carom_circuit_new(option, NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	bool is_number = circuit && carom_circuit_evaluate(circuit, "", text, value, &err) == 0;

	carom_circuit_free(circuit);
	if (!is_number)
		command_usage(command, "%s %s: not a number such as 1.5 or 10u", option, text);
	return is_number;
}

bool command_bind(const char *command, const char *text, enum carom_bind *bind)
{
	for (int i = CAROM_BIND_PU; i <= CAROM_BIND_NONE; i++)
		if (strcmp(text, carom_bind_name((enum carom_bind)i)) == 0) {
			*bind = (enum carom_bind)i;
			return true;
		}
	command_usage(command, "--bind %s: pu, core, numa or none", text);
	return false;
}

json_t *command_json_number(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

bool command_seconds(const char *command, const char *option, const char *text, double *seconds)
{
	char *end;

	*seconds = strtod(text, &end);
	if (end != text && !*end && *seconds > 0 && isfinite(*seconds))
		return true;
	command_usage(command, "%s %s: not a time in seconds", option, text);
	return false;
}

bool command_share(const char *command, const char *option, const char *text, double *share)
{
	char *end;

	*share = strtod(text, &end);
	if (end != text && *end == '%') {
		*share /= 100;
		end++;
	}
	if (end != text && !*end && *share > 0 && *share < 1)
		return true;
	command_usage(command, "%s %s: not a share between 0 and 1, such as 95%%", option, text);
	return false;
}

bool command_add_root(const char *command, struct command_roots *roots, const char *folder)
{
	const size_t most = sizeof(roots->folders) / sizeof(roots->folders[0]);

	if (roots->n == most) {
		command_usage(command, "--root %s: more than %zu folders", folder, most);
		return false;
	}
	roots->folders[roots->n++] = folder;
	return true;
}

static int check(const struct carom_circuit *circuit, const struct command_import *how,
		 struct carom_error *err)
{
	static const char *const ignored[] = {"no-analysis"};
	struct findings_filter filter = {
		.least = how->is_quiet ? CAROM_SEVERITY_ERROR : CAROM_SEVERITY_WARNING,
		.ignored = ignored,
		.n_ignored = how->needs_no_analysis,
	};
	struct carom_findings *findings;
	size_t n_errors;

	if (carom_circuit_lint(circuit, &findings, err))
		return command_fail(err);
	n_errors = findings_print(stderr, findings, &filter);
	carom_findings_free(findings);
	if (n_errors)
		fprintf(stderr, "carom: %s; --no-lint goes on regardless\n",
			n_errors > 1 ? "these errors stop it" : "this error stops it");
	return n_errors ? EXIT_BAD_INPUT : EXIT_DONE;
}

struct carom_circuit *command_import(const char *path, const struct command_import *how,
				     int *status)
{
	struct carom_import_options options = {.size = sizeof(options),
					       .is_trusted = how->is_trusted,
					       .roots = how->roots.folders,
					       .n_roots = how->roots.n};
	static const char *const ignored[] = {"library"}; /* nothing that who runs it could mend */
	struct findings_filter filter = {
		.least = how->is_quiet ? CAROM_SEVERITY_ERROR : CAROM_SEVERITY_NOTE,
		.ignored = ignored,
		.n_ignored = 1,
	};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	if (carom_circuit_import_file(&circuit, path, &options, &err)) {
		*status = command_fail(&err);
		return NULL;
	}
	findings_print(stderr, carom_circuit_notes(circuit), &filter);
	*status = how->skips_lint ? EXIT_DONE : check(circuit, how, &err);
	if (*status == EXIT_DONE)
		return circuit;
	carom_circuit_free(circuit);
	return NULL;
}

void command_print_reach(const struct carom_reach *reach)
{
	const struct {
		const struct carom_share *share;
		const char *what;
	} shares[] = {{&reach->subcircuits, "subcircuits"},
		      {&reach->models, "models"},
		      {&reach->params, "parameters"},
		      {&reach->functions, "functions"}};

	fprintf(stderr, "carom: %zu of %zu cards sent", reach->cards.sent, reach->cards.all);
	for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++)
		if (shares[i].share->sent < shares[i].share->all)
			fprintf(stderr, ", %zu of %zu %s", shares[i].share->sent,
				shares[i].share->all, shares[i].what);
	fprintf(stderr, "\n");
}
