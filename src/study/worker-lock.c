/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pthread_mutex_lock() and pthread_mutex_unlock() as libngspice finds them in this program: nothing
 * is done while there is one thread.
 *
 * ngspice locks around each allocation, a dozen of them at each point of a transient, for threads
 * that a worker does not have.  Exported by carom-worker, as its clock is.
 */
#include "base/error.h"

/* glibc's alone tells of threads; elsewhere the C library's functions stay. */
#if __has_include(<sys/single_threaded.h>)
#include <dlfcn.h>
#include <pthread.h>
#include <sys/single_threaded.h>

typedef int lock_fn(pthread_mutex_t *mutex);

static lock_fn *real_lock, *real_unlock;

__attribute__((constructor)) static void find_real_ones(void)
{
	*(void **)&real_lock = dlsym(RTLD_NEXT, "pthread_mutex_lock");
	*(void **)&real_unlock = dlsym(RTLD_NEXT, "pthread_mutex_unlock");
}

CAROM_API int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return __libc_single_threaded ? 0 : real_lock(mutex);
}

/* What was locked in earnest, by another function or beside another thread, is unlocked so. */
CAROM_API int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	return mutex->__data.__lock == 0 ? 0 : real_unlock(mutex);
}
#endif
