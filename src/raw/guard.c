/* SPDX-License-Identifier: BSD-3-Clause */
/* SIGBUS of a mapping whose file became shorter: the rest of it is replaced by zeros. */
#include "raw/guard.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* The signal comes to the thread that reads, so each looks at its own. */
static _Thread_local struct guard *innermost;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned n_guards;       /* of all threads; under the lock */
static struct sigaction before; /* the host's; changed while there is no guard */
static size_t page_size;        /* set under the lock, by the first */

static struct guard *find_guard(const unsigned char *address)
{
	for (struct guard *guard = innermost; guard; guard = guard->outer)
		if (address >= guard->begin && address < guard->begin + guard->size)
			return guard;
	return NULL;
}

/* mmap is a system call and no more, so a handler may use it. */
static bool replace_rest(const struct guard *guard, const unsigned char *address)
{
	size_t at = (size_t)(address - guard->begin) / page_size * page_size;

	return mmap(guard->begin + at, guard->size - at, PROT_READ,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED;
}

/* What would have happened without us; by default the signal comes again and ends the process. */
static void pass_on(int number, siginfo_t *info, void *context)
{
	if (before.sa_flags & SA_SIGINFO)
		before.sa_sigaction(number, info, context);
	else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN)
		before.sa_handler(number);
	else
		signal(number, SIG_DFL);
}

static void handle(int number, siginfo_t *info, void *context)
{
	const unsigned char *address = info->si_addr;
	const struct guard *guard = find_guard(address);

	if (guard && replace_rest(guard, address))
		atomic_store(guard->is_broken, true);
	else
		pass_on(number, info, context);
}

void guard_enter(struct guard *guard, void *begin, size_t size, atomic_bool *is_broken)
{
	struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};

	*guard = (struct guard){begin, size, is_broken, innermost};
	innermost = guard;
	sigemptyset(&action.sa_mask);
	pthread_mutex_lock(&lock);
	if (n_guards++ == 0) {
		page_size = (size_t)sysconf(_SC_PAGESIZE);
		sigaction(SIGBUS, &action, &before);
	}
	pthread_mutex_unlock(&lock);
}

/* A handler that the host has set meanwhile stays. */
void guard_leave(const struct guard *guard)
{
	struct sigaction now;

	innermost = guard->outer;
	pthread_mutex_lock(&lock);
	if (--n_guards == 0 && sigaction(SIGBUS, NULL, &now) == 0 && now.sa_sigaction == handle)
		sigaction(SIGBUS, &before, NULL);
	pthread_mutex_unlock(&lock);
}
