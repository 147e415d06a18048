/* SPDX-License-Identifier: BSD-3-Clause */
/* The worker's loop: take the next index, simulate, write the row; no system call in between. */
#include "study/worker.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "study/engine.h"
#include "study/store.h"

/* How often memory is looked at, in samples; and how much growth is let pass. */
#define HOUSEKEEPING_SAMPLES 512
#define MAX_GROWTH_BYTES (64l << 20)

struct work {
	const struct worker *worker;
	struct pool_slot *slot;
	struct engine *engine;
	double *values, *measurements;
};

static int work_init(struct work *work, const struct worker *worker, struct carom_error *err)
{
	const struct job *job = worker->job;
	enum carom_route route = (enum carom_route)worker->shared->route;

	work->worker = worker;
	work->slot = &worker->shared->slot[worker->slot];
	work->values = mem_zalloc(job->n_variables, sizeof(double));
	work->measurements = mem_zalloc(job->n_measures, sizeof(double));
	if (!work->values || !work->measurements)
		return carom_fail_memory(err);
	return engine_new(&work->engine, job, worker->session,
			  route == CAROM_ROUTE_FORK ? CAROM_ROUTE_ALTER : route, err);
}

static void work_release(struct work *work)
{
	engine_free(work->engine);
	mem_free(work->values);
	mem_free(work->measurements);
}

static void add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

/* Before memory of its own is touched. */
static void bind_to(struct pool_slot *slot)
{
	slot->is_bound = cpu_set_bind(&slot->cpus);
	slot->is_memory_bound = numa_node_bind(slot->numa_node);
}

/* ---- one sample ---- */

static void begin_sample(struct work *work, uint64_t sample, uint64_t now)
{
	atomic_store_explicit(&work->slot->started_ns, now, memory_order_relaxed);
	atomic_store_explicit(&work->slot->sample, sample, memory_order_release);
}

static enum carom_sample_status simulate_sample(struct work *work, uint64_t sample,
						uint64_t started)
{
	const struct worker *worker = work->worker;
	struct carom_error err = CAROM_ERROR_INIT;
	uint64_t simulator_ns = engine_simulator_ns(work->engine), ended;
	enum carom_sample_status status;
	double log_weight;

	log_weight = job_draw(worker->job, worker->shared->first_sample + sample, work->values);
	status = engine_simulate(work->engine, work->values, work->measurements, &err);
	if (store_rows_put_waves(worker->rows, sample, engine_waves(work->engine), &err))
		status = CAROM_SAMPLE_ERROR;
	if (status != CAROM_SAMPLE_OK) {
		store_rows_put_message(worker->rows, sample, err.text);
		add(&work->slot->n_failed, 1);
	}
	ended = clock_now_ns();
	store_rows_put_weight(worker->rows, sample, log_weight);
	store_rows_put(worker->rows, sample, work->values, work->measurements,
		       1e-9 * (double)(ended - started), (int)worker->slot, status);
	add(&work->slot->simulator_ns, engine_simulator_ns(work->engine) - simulator_ns);
	add(&work->slot->busy_ns, ended - started);
	add(&work->slot->n_done, 1);
	return status;
}

/* A process of its own for the sample; if it dies, this one dies of the same, for the template. */
static void fork_sample(struct work *work, uint64_t sample, uint64_t started)
{
	pid_t parent = getpid(), child = fork();
	int status;

	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		simulate_sample(work, sample, started);
		_exit(0);
	}
	if (child < 0)
		abort();
	while (waitpid(child, &status, 0) < 0)
		;
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		_exit(WEXITSTATUS(status) ? WEXITSTATUS(status) : 1);
}

/* ---- the loop ---- */

static long resident_bytes(void)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (!file)
		return 0;
	if (fscanf(file, "%*s %ld", &pages) != 1)
		pages = 0;
	fclose(file);
	return pages * sysconf(_SC_PAGESIZE);
}

/* True if this process has grown so much that another should take its place. */
static bool keep_house(const struct worker *worker, long resident_at_start)
{
	store_rows_drop_pages(worker->rows);
	return resident_bytes() > resident_at_start + MAX_GROWTH_BYTES;
}

static bool take_next(const struct worker *worker, uint64_t *sample)
{
	struct pool_shared *shared = worker->shared;

	do {
		if (atomic_load_explicit(&shared->stop, memory_order_relaxed) != POOL_GO)
			return false;
		*sample = atomic_fetch_add_explicit(&shared->next, 1, memory_order_relaxed);
		if (*sample >= worker->job->n_samples)
			return false;
	} while (!job_owns(worker->job, shared->first_sample + *sample) ||
		 store_rows_status(worker->rows, *sample) != CAROM_SAMPLE_PENDING);
	return true;
}

static enum worker_exit work_loop(struct work *work)
{
	const struct worker *worker = work->worker;
	bool forks = worker->shared->route == CAROM_ROUTE_FORK;
	bool is_spoiled = false; /* after an error, the simulator's state is anyone's guess */
	long resident = resident_bytes();
	uint64_t sample, n = 0;

	while (take_next(worker, &sample)) {
		uint64_t now = clock_now_ns();

		begin_sample(work, sample, now);
		if (forks)
			fork_sample(work, sample, now);
		else
			is_spoiled = simulate_sample(work, sample, now) == CAROM_SAMPLE_ERROR;
		begin_sample(work, POOL_NO_SAMPLE, now);
		if (is_spoiled)
			return WORKER_EXIT_RECYCLE;
		if (++n % HOUSEKEEPING_SAMPLES == 0 && keep_house(worker, resident))
			return WORKER_EXIT_RECYCLE;
	}
	return WORKER_EXIT_DONE;
}

enum worker_exit worker_run(const struct worker *worker)
{
	struct work work = {.worker = worker};
	enum worker_exit status;

	bind_to(&worker->shared->slot[worker->slot]);
	if (work_init(&work, worker, NULL))
		abort(); /* no memory for a few arrays: the template sees it as a crash */
	status = work_loop(&work);
	work_release(&work);
	return status;
}

/* ---- the probe ---- */

/* Are measurements and waveforms of the last sample these bits, one behind the other? */
static bool gave(const struct work *work, const double *bits)
{
	const struct job *job = work->worker->job;

	return memcmp(bits, work->measurements, job->n_measures * sizeof(*bits)) == 0 &&
	       memcmp(bits + job->n_measures, engine_waves(work->engine),
		      job_wave_points(job) * sizeof(*bits)) == 0;
}

static double *copy_given(const struct work *work)
{
	const struct job *job = work->worker->job;
	size_t n = job->n_measures, n_points = job_wave_points(job);
	double *bits = mem_zalloc(n + n_points, sizeof(*bits));

	if (!bits)
		return NULL;
	memcpy(bits, work->measurements, n * sizeof(*bits));
	memcpy(bits + n, engine_waves(work->engine), n_points * sizeof(*bits));
	return bits;
}

static enum pool_probe_outcome probe_sample(struct work *work, uint64_t sample,
					    struct carom_error *err)
{
	enum carom_sample_status status;
	double *first;
	bool is_same;

	job_draw(work->worker->job, work->worker->shared->first_sample + sample, work->values);
	status = engine_simulate(work->engine, work->values, work->measurements, err);
	if (status == CAROM_SAMPLE_ERROR)
		return POOL_PROBE_FAILED;
	first = status == CAROM_SAMPLE_NO_CONVERGENCE ? NULL : copy_given(work);
	if (!first)
		return POOL_PROBE_NOTHING;
	carom_error_clear(err);
	is_same = engine_simulate(work->engine, work->values, work->measurements, err) == status &&
		  gave(work, first);
	mem_free(first);
	return is_same ? POOL_PROBE_SAME : POOL_PROBE_DIFFERENT;
}

/* Of the job's own samples. */
static uint64_t first_row(const struct worker *worker)
{
	uint64_t first = job_first_own(worker->job);

	return first > worker->shared->first_sample ? first - worker->shared->first_sample : 0;
}

void worker_probe(const struct worker *worker)
{
	struct pool_probe *probe = &worker->shared->probe;
	struct work work = {.worker = worker};
	enum pool_probe_outcome outcome = POOL_PROBE_NOTHING;
	uint64_t i = probe->sample, first = first_row(worker);

	bind_to(&worker->shared->slot[worker->slot]);
	if (work_init(&work, worker, &probe->error)) {
		work_release(&work);
		probe->outcome = POOL_PROBE_FAILED;
		return;
	}
	for (; first + i < worker->job->n_samples && i < POOL_PROBE_SAMPLES &&
	       outcome == POOL_PROBE_NOTHING;
	     i++) {
		carom_error_clear(&probe->error);
		begin_sample(&work, i, clock_now_ns());
		outcome = probe_sample(&work, first + i, &probe->error);
	}
	begin_sample(&work, POOL_NO_SAMPLE, 0);
	work_release(&work);
	probe->sample = i;
	probe->outcome = outcome;
}

/* ---- what is nominal ---- */

static enum carom_sample_status simulate_nominal(struct work *work, struct carom_error *err)
{
	const struct worker *worker = work->worker;
	enum carom_sample_status status;

	begin_sample(work, 0, clock_now_ns()); /* the time limit holds here, too */
	job_draw(worker->job, CAROM_SAMPLE_NOMINAL, work->values);
	status = engine_simulate(work->engine, work->values, pool_nominal_values(worker->shared),
				 err);
	store_rows_put_waves(worker->rows, CAROM_SAMPLE_NOMINAL, engine_waves(work->engine), NULL);
	begin_sample(work, POOL_NO_SAMPLE, 0);
	return status;
}

void worker_nominal(const struct worker *worker)
{
	struct pool_nominal *nominal = &worker->shared->nominal;
	struct work work = {.worker = worker};
	enum carom_sample_status status = CAROM_SAMPLE_ERROR;

	bind_to(&worker->shared->slot[worker->slot]);
	carom_error_clear(&nominal->error);
	if (work_init(&work, worker, &nominal->error) == 0)
		status = simulate_nominal(&work, &nominal->error);
	work_release(&work);
	atomic_store_explicit(&nominal->status, status, memory_order_release);
}
