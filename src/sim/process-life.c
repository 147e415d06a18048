/* SPDX-License-Identifier: BSD-3-Clause */
/* The processes of an isolated simulator: one after the other, and why each ended. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-control.h"
#include "sim/patience.h"
#include "sim/simulator-process.h"

/* ---- end ---- */

static void release_process(struct process_simulator *simulator)
{
	wire_release(&simulator->wire);
	ng_scratch_remove(&simulator->scratch);
	mem_free(simulator->readable);
	mem_free(simulator->model_files);
	simulator->readable = simulator->model_files = NULL;
	simulator->is_confined = false;
	simulator->n_failed = 0;
	region_pool_forget(simulator->regions);
}

struct worker_end process_end(struct process_simulator *simulator)
{
	struct worker_end end = {.error = 0};

	if (simulator->wire.fd < 0)
		return end;
	end = process_template_end_worker(simulator);
	release_process(simulator);
	simulator->base.is_loaded = false;
	simulator->base.has_died = true;
	return end;
}

/* The page is the worker's to write; it is dead, but it may have gone wild. */
static void copy_words(const struct process_simulator *simulator, char words[SESSION_WORDS_SIZE])
{
	size_t length = strnlen(simulator->page->words, SESSION_WORDS_SIZE - 1);

	memcpy(words, simulator->page->words, length);
	words[length] = '\0';
}

static int fail_impatient(const struct process_simulator *simulator, int status,
			  struct carom_error *err)
{
	const char *hint =
		simulator->run ? "load a circuit again"
			       : "look at what the deck does, or allow more time (load_limit_s)";

	if (status != CAROM_ERROR_CANCELLED)
		return carom_fail(err, status, "the simulator's process was ended: %s",
				  carom_status_text(status));
	if (simulator->cancelled_ns > 0)
		return carom_fail(err, CAROM_ERROR_CANCELLED,
				  "the %s was cancelled, and its process ended because it did not "
				  "react\nload a circuit again",
				  simulator->call);
	return carom_fail(err, CAROM_ERROR_LIMIT,
			  "the %s took longer than its time limit, and its process was ended "
			  "because it did not react\n%s",
			  simulator->call, hint);
}

int process_fail(struct process_simulator *simulator, int status, struct carom_error *err)
{
	char words[SESSION_WORDS_SIZE], how[64] = "is gone";
	bool has_answered = simulator->base.library != NULL; /* else it may be any program */
	bool is_dead = status == CAROM_ERROR_CRASHED;
	struct carom_error made = CAROM_ERROR_INIT;
	struct worker_end end;

	copy_words(simulator, words);
	end = process_end(simulator);
	if (!is_dead)
		return fail_impatient(simulator, status, err);
	if (end.error) {
		errno = end.error;
		return carom_fail_errno(err, "no process can be forked for the simulator");
	}
	if (end.signal)
		snprintf(how, sizeof(how), "crashed (%s)", sigdescr_np(end.signal));
	else if (end.is_known)
		snprintf(how, sizeof(how), "ended its process (exit status %d)", end.status);
	carom_fail(&made, status, "%s %s\n%s", has_answered ? "ngspice" : simulator->program, how,
		   has_answered
			   ? "load a circuit again"
			   : "name a carom-worker of this version, and a libngspice that starts");
	memcpy(made.words, words, sizeof(words));
	return carom_fail_as(err, &made);
}

/* ---- begin ---- */

int process_map_page(struct process_simulator *simulator, struct carom_error *err)
{
	int fd = simulator->page_fd = worker_memory("carom-session", 0, err);
	void *page = MAP_FAILED;

	if (fd < 0)
		return fd;
	if (ftruncate(fd, sizeof(*simulator->page)) == 0)
		page = mmap(NULL, sizeof(*simulator->page), PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			    0);
	if (page == MAP_FAILED)
		return carom_fail_errno(err, "shared memory");
	simulator->page = page;
	simulator->base.control = &simulator->page->control;
	return 0;
}

void process_unmap_page(struct process_simulator *simulator)
{
	if (simulator->page)
		munmap(simulator->page, sizeof(*simulator->page));
	if (simulator->page_fd >= 0)
		close(simulator->page_fd);
}

/* A run that is cancelled, or beyond its limit, ends by itself in this time; nothing else does. */
#define GRACE_NS 1000000000ll

bool process_goes_on(struct process_simulator *simulator)
{
	const struct carom_run_options *run = simulator->run;
	const struct ng_control *control = simulator->base.control;
	double limit_s = run ? run->time_limit_s : simulator->options.load_limit_s;
	int64_t grace_ns = run ? GRACE_NS : 0, now = patience_now_ns();

	if (simulator->cancelled_ns == 0 && ng_control_is_cancelled(control))
		simulator->cancelled_ns = now;
	if (simulator->cancelled_ns > 0)
		return now - simulator->cancelled_ns < grace_ns;
	return !(limit_s > 0) || (run && ng_control_is_set(control)) ||
	       (double)(now - simulator->began_ns - grace_ns) < 1e9 * limit_s;
}

static bool has_patience(void *arg)
{
	return process_goes_on(arg);
}

int process_connect(struct process_simulator *simulator, struct carom_error *err)
{
	int ends[2];
	int status = worker_socket(ends, SOCK_STREAM, err);

	if (status)
		return status;
	wire_init(&simulator->wire, ends[0]);
	simulator->wire.goes_on = has_patience;
	simulator->wire.goes_on_arg = simulator;
	simulator->page->words[0] = '\0';
	return ends[1];
}

int process_start(struct process_simulator *simulator, struct carom_error *err)
{
	int status = ng_scratch_make_in(&simulator->scratch, simulator->home.path, err);

	return status ? status : process_template_fork(simulator, err);
}
