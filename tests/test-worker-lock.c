/* SPDX-License-Identifier: BSD-3-Clause */
/* The locks of carom-worker: none with one thread, the C library's with more. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

#include "support.h"

#if __has_include(<sys/single_threaded.h>)

/* pthread_mutex_trylock() is the C library's own: it says whether a lock is held. */

static void with_one_thread_a_lock_is_not_taken(void **state)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	(void)state;
	assert_int_equal(pthread_mutex_lock(&mutex), 0);
	assert_int_equal(pthread_mutex_trylock(&mutex), 0);
	assert_int_equal(pthread_mutex_unlock(&mutex), 0);
	assert_int_equal(pthread_mutex_destroy(&mutex), 0);
}

static void what_was_locked_in_earnest_is_unlocked(void **state)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	(void)state;
	assert_int_equal(pthread_mutex_trylock(&mutex), 0);
	assert_int_equal(pthread_mutex_unlock(&mutex), 0);
	assert_int_equal(pthread_mutex_trylock(&mutex), 0);
	assert_int_equal(pthread_mutex_unlock(&mutex), 0);
}

struct other {
	pthread_mutex_t mutex;
	sem_t may_try;
	int result;
};

static void *try_lock(void *context)
{
	struct other *other = context;

	sem_wait(&other->may_try);
	other->result = pthread_mutex_trylock(&other->mutex);
	return NULL;
}

static void beside_another_thread_a_lock_is_held(void **state)
{
	struct other other = {.mutex = PTHREAD_MUTEX_INITIALIZER};
	pthread_t thread;

	(void)state;
	assert_int_equal(sem_init(&other.may_try, 0, 0), 0);
	assert_int_equal(pthread_create(&thread, NULL, try_lock, &other), 0);
	assert_int_equal(pthread_mutex_lock(&other.mutex), 0);
	sem_post(&other.may_try);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(other.result, EBUSY);
	assert_int_equal(pthread_mutex_unlock(&other.mutex), 0);
	assert_int_equal(pthread_mutex_trylock(&other.mutex), 0);
	assert_int_equal(pthread_mutex_unlock(&other.mutex), 0);
	sem_destroy(&other.may_try);
}

static void a_thread_that_comes_between_finds_it_unlocked_afterwards(void **state)
{
	struct other other = {.mutex = PTHREAD_MUTEX_INITIALIZER};
	pthread_t thread;

	(void)state;
	assert_int_equal(sem_init(&other.may_try, 0, 0), 0);
	assert_int_equal(pthread_mutex_lock(&other.mutex), 0);
	assert_int_equal(pthread_create(&thread, NULL, try_lock, &other), 0);
	assert_int_equal(pthread_mutex_unlock(&other.mutex), 0);
	sem_post(&other.may_try);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(other.result, 0);
	sem_destroy(&other.may_try);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(with_one_thread_a_lock_is_not_taken),
		cmocka_unit_test(what_was_locked_in_earnest_is_unlocked),
		cmocka_unit_test(a_thread_that_comes_between_finds_it_unlocked_afterwards),
		cmocka_unit_test(beside_another_thread_a_lock_is_held),
	};

	return run_all_tests(tests);
}

#else

int main(void)
{
	return 77; /* the C library's functions are in use */
}

#endif
