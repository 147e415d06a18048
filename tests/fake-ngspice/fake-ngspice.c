/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A stand-in for libngspice that does what decks tell it, bad things first of all.
 *
 * A deck tells it by comments, the environment by $CAROM_FAKE_NGSPICE_SCRIPT (the same words
 * without "*fake", parted by "|"):
 *
 *	*fake STAGE [if NAME>VALUE] VERB [ARGUMENT]
 *
 * STAGE is init, load, run, alter or let; the condition compares the last value that NAME was
 * altered to (0 at first).  VERB is
 *
 *	crash       die of SIGSEGV            hang        never return
 *	exit        end the process           poison      ask to be unloaded, now and at every load
 *	say TEXT    send a line ("stderr x")  abort       fail the analysis
 *	lose        drop this circuit         nothing     leave no plot
 *	huge N      N points, 1 is usual      huge 0      a plot without points
 *	chatter     say a line again and again, until it is left
 *
 * Otherwise a run leaves the plot "op1" with the vector "out" = 1 and one vector for each name that
 * was altered; with callbacks for data, all points are sent, until "stop after N" is met.  "let A=B"
 * copies a vector or a number.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ngspice/sharedspice.h>

enum { MOST_VECTORS = 16, MOST_RULES = 16, NAME_SIZE = 64, RULE_SIZE = 200 };

struct vector {
	char name[NAME_SIZE];
	double *values;
	int length;
};

static SendChar *send_char;
static ControlledExit *controlled_exit;
static SendData *send_data;
static SendInitData *send_init_data;
static void *user;

static bool is_poisoned;
static int n_circuits; /* they pile up until they are removed, as in ngspice */
static bool has_plot;
static int status = 9; /* $sim_status */
static int n_points = 1;
static bool is_silent;
static int stop_after; /* points; 0: never */

static char rules[MOST_RULES][RULE_SIZE];
static size_t n_rules;
static struct vector altered[MOST_VECTORS]; /* values: what each name was altered to */
static size_t n_altered;
static struct vector vectors[MOST_VECTORS];
static size_t n_vectors;

static void say(const char *line)
{
	char copy[RULE_SIZE + 20];

	snprintf(copy, sizeof(copy), "%s", line);
	send_char(copy, 0, user);
}

static double altered_value(const char *name)
{
	for (size_t i = 0; i < n_altered; i++) {
		if (strcmp(altered[i].name, name) == 0)
			return altered[i].values[0];
	}
	return 0;
}

static void ask_to_be_unloaded(void)
{
	is_poisoned = true;
	say("stderr Error: ngspice.dll cannot recover and awaits to be detached");
	controlled_exit(1, false, false, 0, user);
}

static void obey(const char *verb)
{
	if (strcmp(verb, "crash") == 0)
		kill(getpid(), SIGSEGV);
	else if (strcmp(verb, "hang") == 0)
		for (;;)
			pause();
	else if (strcmp(verb, "chatter") == 0)
		for (;; usleep(1000))
			say("stderr Trying gmin = 1.0E-03 Note: One successful gmin step");
	else if (strcmp(verb, "exit") == 0)
		_exit(3);
	else if (strcmp(verb, "poison") == 0)
		ask_to_be_unloaded();
	else if (strcmp(verb, "abort") == 0)
		status = 1;
	else if (strcmp(verb, "lose") == 0)
		n_circuits--;
	else if (strcmp(verb, "nothing") == 0)
		is_silent = true;
	else if (strncmp(verb, "huge ", 5) == 0)
		n_points = atoi(verb + 5);
	else if (strncmp(verb, "say ", 4) == 0)
		say(verb + 4);
	else
		say("stderr Error: the script has an unknown verb");
}

static void obey_rule(const char *rule, const char *stage)
{
	size_t length = strlen(stage);
	char name[NAME_SIZE];
	double limit;
	int used = 0;

	if (strncmp(rule, stage, length) != 0 || rule[length] != ' ')
		return;
	rule += length + 1;
	if (sscanf(rule, "if %63[^>]>%lf %n", name, &limit, &used) == 2) {
		if (altered_value(name) <= limit)
			return;
		rule += used;
	}
	obey(rule);
}

static void obey_stage(const char *stage)
{
	const char *script = getenv("CAROM_FAKE_NGSPICE_SCRIPT");

	for (size_t i = 0; i < n_rules; i++)
		obey_rule(rules[i], stage);
	while (script && *script) {
		char rule[RULE_SIZE];

		snprintf(rule, sizeof(rule), "%.*s", (int)strcspn(script, "|"), script);
		obey_rule(rule, stage);
		script += strcspn(script, "|");
		script += *script == '|';
	}
}

static void destroy_plots(void)
{
	while (n_vectors > 0) {
		free(vectors[--n_vectors].values);
		vectors[n_vectors].values = NULL;
	}
	has_plot = false;
}

static void forget_deck(void)
{
	while (n_altered > 0)
		free(altered[--n_altered].values);
	n_rules = 0;
}

static void remove_circuit(void)
{
	forget_deck();
	if (n_circuits > 0)
		n_circuits--;
}

static struct vector *find_vector(const char *name)
{
	for (size_t i = 0; i < n_vectors; i++) {
		if (strcmp(vectors[i].name, name) == 0)
			return &vectors[i];
	}
	return NULL;
}

static void add_vector(const char *name, double value, int length)
{
	struct vector *vector = find_vector(name);

	if (!vector && n_vectors < MOST_VECTORS)
		vector = &vectors[n_vectors++];
	if (!vector)
		return;
	snprintf(vector->name, sizeof(vector->name), "%s", name);
	free(vector->values);
	vector->values = malloc(sizeof(double) * (length > 0 ? (size_t)length : 1));
	vector->length = vector->values ? length : 0;
	for (int i = 0; i < vector->length; i++)
		vector->values[i] = value;
}

static void stop(int length)
{
	say("stderr 1 : condition met: stop  after 1");
	say("stderr run simulation interrupted");
	n_points = 0;
	for (size_t i = 0; i < n_vectors; i++)
		vectors[i].length = length;
}

/* As libngspice does, list the vectors in the reverse of their order. */
static void send_points(void)
{
	vecinfo info[MOST_VECTORS];
	pvecinfo infos[MOST_VECTORS];
	vecvalues value[MOST_VECTORS];
	pvecvalues values[MOST_VECTORS];
	vecinfoall all_info = {.type = "op1", .veccount = (int)n_vectors, .vecs = infos};
	vecvaluesall all_values = {.veccount = (int)n_vectors, .vecsa = values};

	for (size_t i = 0; i < n_vectors; i++) {
		struct vector *vector = &vectors[n_vectors - 1 - i];

		info[i] = (vecinfo){.number = (int)i, .vecname = vector->name, .is_real = true};
		value[i] = (vecvalues){.name = vector->name};
		infos[i] = &info[i];
		values[i] = &value[i];
	}
	send_init_data(&all_info, 0, user);
	for (int point = 0; point < n_points; point++) {
		all_values.vecindex = point;
		for (size_t i = 0; i < n_vectors; i++)
			value[i].creal = vectors[n_vectors - 1 - i].values[point];
		send_data(&all_values, (int)n_vectors, 0, user);
		if (point + 1 == stop_after)
			stop(point + 1);
	}
}

static void run(void)
{
	if (n_circuits == 0) {
		say("stderr Error: there aren't any circuits loaded.");
		return;
	}
	status = 0;
	n_points = 1;
	is_silent = false;
	obey_stage("run");
	if (is_poisoned || is_silent)
		return;
	has_plot = true;
	add_vector("out", 1, n_points);
	for (size_t i = 0; i < n_altered; i++)
		add_vector(altered[i].name, altered[i].values[0], n_points);
	if (send_data && send_init_data)
		send_points();
	if (status)
		say("stderr run simulation(s) aborted");
}

static void alter(const char *assignment)
{
	char name[NAME_SIZE];
	double value;
	size_t i = 0;

	obey_stage("alter");
	if (sscanf(assignment, "%63[^=]=%lf", name, &value) != 2)
		return;
	while (i < n_altered && strcmp(altered[i].name, name) != 0)
		i++;
	if (i == MOST_VECTORS - 2)
		return;
	if (i == n_altered) {
		altered[i].values = malloc(sizeof(double));
		strcpy(altered[n_altered++].name, name);
	}
	altered[i].values[0] = value;
}

static void let(const char *assignment)
{
	char name[NAME_SIZE], source[NAME_SIZE];
	struct vector *vector;
	char *end;
	double number;

	obey_stage("let");
	if (sscanf(assignment, "%63[^=]=%63s", name, source) != 2)
		return;
	vector = find_vector(source);
	number = strtod(source, &end);
	if (vector)
		add_vector(name, vector->values[0], vector->length);
	else if (*end == '\0')
		add_vector(name, number, 1);
	else
		say("stderr Error: the right side is invalid");
}

int ngSpice_Init(SendChar *print, SendStat *stat, ControlledExit *leave, SendData *data,
		 SendInitData *init_data, BGThreadRunning *background, void *arg)
{
	(void)stat;
	(void)background;
	send_char = print;
	controlled_exit = leave;
	send_data = data;
	send_init_data = init_data;
	user = arg;
	say("stdout ** ngspice-0.fake shared library");
	obey_stage("init");
	return 0;
}

int ngSpice_Command(char *command)
{
	char line[NAME_SIZE];

	if (!command || is_poisoned)
		return 0;
	if (strcmp(command, "run") == 0)
		run();
	else if (strncmp(command, "alter ", 6) == 0)
		alter(command + 6);
	else if (strncmp(command, "altermod ", 9) == 0)
		alter(command + 9);
	else if (strncmp(command, "stop after ", 11) == 0)
		stop_after = atoi(command + 11);
	else if (strncmp(command, "delete ", 7) == 0)
		stop_after = 0;
	else if (strcmp(command, "status") == 0 && stop_after > 0)
		say("stdout 1    stop after 1");
	else if (strncmp(command, "let ", 4) == 0)
		let(command + 4);
	else if (strcmp(command, "destroy all") == 0)
		destroy_plots();
	else if (strcmp(command, "remcirc") == 0)
		remove_circuit();
	else if (strcmp(command, "option noacct") == 0 && n_circuits == 0)
		say("stderr Error: no circuit loaded");
	else if (strcmp(command, "echo $sim_status") == 0) {
		snprintf(line, sizeof(line), "stdout %d", status);
		say(line);
	}
	return is_poisoned;
}

int ngSpice_Circ(char **lines)
{
	if (is_poisoned) {
		ask_to_be_unloaded();
		return 1;
	}
	forget_deck();
	n_circuits++;
	for (size_t i = 0; lines[i]; i++) {
		if (strncmp(lines[i], "*fake ", 6) == 0 && n_rules < MOST_RULES)
			snprintf(rules[n_rules++], RULE_SIZE, "%s", lines[i] + 6);
	}
	obey_stage("load");
	return is_poisoned;
}

char *ngSpice_CurPlot(void)
{
	static char const_name[] = "const", op_name[] = "op1";

	return has_plot ? op_name : const_name;
}

char **ngSpice_AllPlots(void)
{
	static char const_name[] = "const", op_name[] = "op1";
	static char *with_results[] = {op_name, const_name, NULL};

	return has_plot ? with_results : with_results + 1;
}

char **ngSpice_AllVecs(char *plot)
{
	static char *names[MOST_VECTORS + 1];

	if (strcmp(plot, "op1") != 0)
		return NULL;
	for (size_t i = 0; i < n_vectors; i++)
		names[i] = vectors[n_vectors - 1 - i].name;
	names[n_vectors] = NULL;
	return names;
}

pvector_info ngGet_Vec_Info(char *name)
{
	static vector_info info;
	struct vector *vector;
	char node[NAME_SIZE];

	if (strncmp(name, "op1.", 4) == 0)
		name += 4;
	if (sscanf(name, "v(%63[^)])", node) == 1)
		name = node;
	vector = find_vector(name);
	if (!vector) {
		say("stderr Error: vector not found!");
		return NULL;
	}
	info = (vector_info){.v_name = vector->name,
			     .v_type = 3,
			     .v_flags = 129,
			     .v_realdata = vector->values,
			     .v_length = vector->length};
	return &info;
}
