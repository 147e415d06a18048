/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of messages over a socket. */
#include "sim/wire.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "support.h"

struct ends {
	struct wire near, far;
};

static int open_ends(void **state)
{
	static struct ends ends;
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return -1;
	wire_init(&ends.near, fds[0]);
	wire_init(&ends.far, fds[1]);
	*state = &ends;
	return 0;
}

static int close_ends(void **state)
{
	struct ends *ends = *state;

	wire_release(&ends->near);
	wire_release(&ends->far);
	return 0;
}

static void send_string(struct wire *wire, uint32_t kind, const char *string, int fd)
{
	struct pack pack = wire_begin(wire);

	pack_borrowed(&pack, &string);
	assert_int_equal(wire_send(wire, kind, fd), 0);
}

static void assert_string_comes(struct wire *wire, uint32_t kind, const char *expected)
{
	struct wire_message message;
	const char *string;

	assert_int_equal(wire_receive(wire, &message), 0);
	assert_int_equal(message.kind, kind);
	assert_int_equal(message.fd, -1);
	pack_borrowed(&message.body, &string);
	assert_true(pack_is_whole(&message.body));
	assert_string_equal(string, expected);
}

static void messages_come_in_turn_with_their_kind_and_body(void **state)
{
	struct ends *ends = *state;

	send_string(&ends->near, 7, "first", -1);
	send_string(&ends->near, 8, "", -1);
	assert_string_comes(&ends->far, 7, "first");
	assert_string_comes(&ends->far, 8, "");
	send_string(&ends->far, 9, "back", -1);
	assert_string_comes(&ends->near, 9, "back");
}

static void *send_much(void *arg)
{
	struct wire *wire = arg;
	struct pack pack = wire_begin(wire);

	for (uint32_t i = 0; i < 1000000; i++)
		pack_field(&pack, i);
	wire_send(wire, 1, -1);
	return NULL;
}

static void a_message_may_be_longer_than_what_a_socket_holds(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;
	pthread_t sender;
	uint32_t number = 0;

	pthread_create(&sender, NULL, send_much, &ends->near);
	assert_int_equal(wire_receive(&ends->far, &message), 0);
	pthread_join(sender, NULL);
	for (uint32_t i = 0; i < 1000000; i++) {
		pack_field(&message.body, number);
		if (number != i)
			fail_msg("%u instead of %u", number, i);
	}
	assert_true(pack_is_whole(&message.body));
	assert_true(ends->far.in.capacity > 1 << 20);
	send_string(&ends->near, 2, "short", -1);
	assert_string_comes(&ends->far, 2, "short");
	assert_true(ends->far.in.capacity < 1 << 20); /* not kept for ever */
}

static void a_descriptor_goes_along(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;
	int pair[2];
	char byte = 0;

	assert_int_equal(pipe(pair), 0);
	send_string(&ends->near, 1, "with a pipe", pair[1]);
	assert_int_equal(close(pair[1]), 0);
	assert_int_equal(wire_receive(&ends->far, &message), 0);
	assert_true(message.fd >= 0);
	assert_true(fcntl(message.fd, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(write(message.fd, "x", 1), 1);
	assert_int_equal(read(pair[0], &byte, 1), 1);
	assert_int_equal(byte, 'x');
	close(message.fd);
	close(pair[0]);
}

static void the_other_sides_end_is_seen(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;

	assert_true(wire_is_alive(&ends->near));
	close(ends->far.fd);
	ends->far.fd = -1;
	assert_false(wire_is_alive(&ends->near));
	assert_false(wire_is_alive(&ends->far));
	assert_int_equal(wire_receive(&ends->near, &message), CAROM_ERROR_CRASHED);
	wire_begin(&ends->near);
	assert_int_equal(wire_send(&ends->near, 1, -1), CAROM_ERROR_CRASHED);
}

static void an_end_in_the_midst_of_a_message_is_seen(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;
	uint32_t head[2] = {1, 100};

	assert_int_equal(write(ends->far.fd, head, sizeof(head)), sizeof(head));
	close(ends->far.fd);
	ends->far.fd = -1;
	assert_int_equal(wire_receive(&ends->near, &message), CAROM_ERROR_CRASHED);
}

static void a_length_that_cannot_be_is_no_message(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;
	uint32_t head[2] = {1, UINT32_MAX};

	assert_int_equal(write(ends->far.fd, head, sizeof(head)), sizeof(head));
	assert_int_equal(wire_receive(&ends->near, &message), CAROM_ERROR_FORMAT);
}

/* What is announced is not allocated before it comes. */
static void a_length_that_lies_takes_little_memory(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;
	uint32_t head[2] = {1, 1u << 30};

	assert_int_equal(write(ends->far.fd, head, sizeof(head)), sizeof(head));
	close(ends->far.fd);
	ends->far.fd = -1;
	assert_int_equal(wire_receive(&ends->near, &message), CAROM_ERROR_CRASHED);
	assert_true(ends->near.in.capacity < 1 << 20);
}

static bool has_patience(void *arg)
{
	return --*(int *)arg > 0;
}

static void patience_ends_the_waiting_for_a_message(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;
	int n_questions = 3;

	ends->near.goes_on = has_patience;
	ends->near.goes_on_arg = &n_questions;
	assert_int_equal(wire_receive(&ends->near, &message), CAROM_ERROR_CANCELLED);
	assert_int_equal(n_questions, 0);
}

static void patience_ends_the_waiting_for_room(void **state)
{
	struct ends *ends = *state;
	struct pack pack = wire_begin(&ends->near);
	int n_questions = 2;
	static char much[1 << 22];

	ends->near.goes_on = has_patience;
	ends->near.goes_on_arg = &n_questions;
	pack_field(&pack, much);
	assert_int_equal(wire_send(&ends->near, 1, -1), CAROM_ERROR_CANCELLED);
}

static void a_message_that_cannot_be_held_is_passed_over(void **state)
{
	struct ends *ends = *state;
	struct wire_message message;

	send_string(&ends->near, 5, "lost", -1);
	mem_fail_after(0);
	assert_int_equal(wire_receive(&ends->far, &message), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	assert_int_equal(message.kind, 5);
	send_string(&ends->near, 6, "found", -1);
	assert_string_comes(&ends->far, 6, "found");
}

static void a_message_that_cannot_be_packed_is_not_sent(void **state)
{
	struct ends *ends = *state;

	mem_fail_after(0);
	wire_begin(&ends->near);
	mem_fail_after(-1);
	assert_int_equal(wire_send(&ends->near, 1, -1), CAROM_ERROR_MEMORY);
	send_string(&ends->near, 6, "found", -1);
	assert_string_comes(&ends->far, 6, "found");
}

#define WITH_ENDS(name) cmocka_unit_test_setup_teardown(name, open_ends, close_ends)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ENDS(messages_come_in_turn_with_their_kind_and_body),
		WITH_ENDS(a_message_may_be_longer_than_what_a_socket_holds),
		WITH_ENDS(a_descriptor_goes_along),
		WITH_ENDS(the_other_sides_end_is_seen),
		WITH_ENDS(an_end_in_the_midst_of_a_message_is_seen),
		WITH_ENDS(a_length_that_cannot_be_is_no_message),
		WITH_ENDS(a_length_that_lies_takes_little_memory),
		WITH_ENDS(patience_ends_the_waiting_for_a_message),
		WITH_ENDS(patience_ends_the_waiting_for_room),
		WITH_ENDS(a_message_that_cannot_be_held_is_passed_over),
		WITH_ENDS(a_message_that_cannot_be_packed_is_not_sent),
	};

	return run_all_tests(tests);
}
