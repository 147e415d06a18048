/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages between a session and its worker, over a stream socket: a kind, some bytes, and a
 * descriptor if need be.  What is received is not believed: see base/pack.h.
 */
#ifndef SIM_WIRE_H
#define SIM_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pack.h"
#include "base/text.h"

/* Asked now and then while the other side does not move: false ends the waiting. */
typedef bool wire_patience_fn(void *arg);

struct wire {
	int fd; /* -1: closed */
	bool has_other_cpus;
	wire_patience_fn *goes_on; /* NULL: wait for ever */
	void *goes_on_arg;
	struct text in;  /* the message received last */
	struct text out; /* for the message that is sent next: see wire_begin */
};

struct wire_message {
	uint32_t kind; /* 0: it is not known */
	int fd;        /* passed along, the receiver's to close, also after a failure; -1: none */
	struct pack body; /* to be unpacked; valid until the next message is received */
};

/* Takes the descriptor. */
void wire_init(struct wire *wire, int fd);
void wire_release(struct wire *wire);

/* An empty body, to be packed; one at a time. */
struct pack wire_begin(struct wire *wire);

/*
 * Send what was packed since wire_begin, with a descriptor (-1: none) that stays the caller's.
 * Returns 0, ERROR_MEMORY if packing failed or ERROR_LIMIT if it is too long, with nothing sent;
 * ERROR_CRASHED if the other side is gone, ERROR_CANCELLED if the patience was.
 */
int wire_send(struct wire *wire, uint32_t kind, int fd);

/*
 * Wait for a message.  Returns 0, ERROR_MEMORY if there was one that cannot be held, ERROR_CRASHED and
 * ERROR_CANCELLED as wire_send, ERROR_FORMAT if it is none.
 */
int wire_receive(struct wire *wire, struct wire_message *message);

/* Is the other side still there?  Does not wait. */
bool wire_is_alive(const struct wire *wire);

#endif
