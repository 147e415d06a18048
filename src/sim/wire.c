/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages over a stream socket. */
#include "sim/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "sim/patience.h"

#define MAX_LENGTH (1u << 30)
#define STEP_MS 50          /* between two questions for patience */
#define FIRST_ROOM 4096     /* of a body: as much as arrives with its head */
#define MAX_ROOM (1u << 20) /* ahead of what has arrived: a length may lie */

struct head {
	uint32_t kind, length;
};

void wire_init(struct wire *wire, int fd)
{
	*wire = (struct wire){.fd = fd,
			      .has_other_cpus = patience_has_other_cpus(),
			      .in = TEXT_INIT,
			      .out = TEXT_INIT};
}

void wire_release(struct wire *wire)
{
	if (wire->fd >= 0)
		close(wire->fd);
	wire->fd = -1;
	text_release(&wire->in);
	text_release(&wire->out);
}

/* The memory of a message is kept for the next, if it is no deck. */
static void clear(struct text *bytes)
{
	if (bytes->capacity > MAX_ROOM)
		text_release(bytes);
	text_clear(bytes);
}

struct pack wire_begin(struct wire *wire)
{
	struct head head = {0, 0};

	clear(&wire->out);
	text_append_n(&wire->out, (const char *)&head, sizeof(head));
	return (struct pack){.out = &wire->out, .failed = wire->out.failed};
}

/* Until the socket can be read or written, or is closed. */
static int wait_for(const struct wire *wire, short events)
{
	struct pollfd fd = {.fd = wire->fd, .events = events};

	while (poll(&fd, 1, wire->goes_on ? STEP_MS : -1) <= 0)
		if (wire->goes_on && !wire->goes_on(wire->goes_on_arg))
			return CAROM_ERROR_CANCELLED;
	return 0;
}

/* ---- sending ---- */

static void attach(struct msghdr *header, char *room, size_t size, int fd)
{
	struct cmsghdr *control;

	memset(room, 0, size);
	header->msg_control = room;
	header->msg_controllen = size;
	control = CMSG_FIRSTHDR(header);
	control->cmsg_level = SOL_SOCKET;
	control->cmsg_type = SCM_RIGHTS;
	control->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(control), &fd, sizeof(fd));
}

static int send_all(const struct wire *wire, int fd)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(fd))];
	const char *at = wire->out.data;
	size_t left = wire->out.length;

	while (left > 0) {
		struct iovec piece = {.iov_base = (void *)(uintptr_t)at, .iov_len = left};
		struct msghdr header = {.msg_iov = &piece, .msg_iovlen = 1};
		ssize_t n;

		if (fd >= 0 && left == wire->out.length)
			attach(&header, room, sizeof(room), fd);
		n = sendmsg(wire->fd, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n >= 0) {
			at += n;
			left -= (size_t)n;
		} else if (errno == EAGAIN || errno == EINTR) {
			int status = wait_for(wire, POLLOUT);

			if (status)
				return status;
		} else {
			return CAROM_ERROR_CRASHED;
		}
	}
	return 0;
}

int wire_send(struct wire *wire, uint32_t kind, int fd)
{
	struct head head = {kind, (uint32_t)(wire->out.length - sizeof(head))};

	if (wire->out.failed)
		return CAROM_ERROR_MEMORY;
	if (wire->out.length - sizeof(head) > MAX_LENGTH)
		return CAROM_ERROR_LIMIT;
	memcpy(wire->out.data, &head, sizeof(head));
	return send_all(wire, fd);
}

/* ---- receiving ---- */

static ssize_t look(const struct wire *wire, struct msghdr *header)
{
	int64_t end = patience_end(wire->has_other_cpus);
	ssize_t n;

	do
		n = recvmsg(wire->fd, header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	while (n < 0 && (errno == EAGAIN || errno == EINTR) && patience_lasts(end));
	return n;
}

/* A message has one descriptor at most; any other is closed. */
static void detach(struct msghdr *header, int *fd)
{
	for (struct cmsghdr *control = CMSG_FIRSTHDR(header); control;
	     control = CMSG_NXTHDR(header, control)) {
		if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS ||
		    control->cmsg_len != CMSG_LEN(sizeof(*fd)))
			continue;
		if (*fd >= 0)
			close(*fd);
		memcpy(fd, CMSG_DATA(control), sizeof(*fd));
	}
}

/* Wait for some bytes, at most size; their number or a negative status. */
static ssize_t receive_some(const struct wire *wire, void *bytes, size_t size, int *fd)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(*fd))];

	for (;;) {
		struct iovec piece = {.iov_base = bytes, .iov_len = size};
		struct msghdr header = {.msg_iov = &piece,
					.msg_iovlen = 1,
					.msg_control = room,
					.msg_controllen = sizeof(room)};
		ssize_t n = look(wire, &header);
		int status;

		if (n > 0) {
			detach(&header, fd);
			return n;
		}
		if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return CAROM_ERROR_CRASHED;
		status = wait_for(wire, POLLIN);
		if (status)
			return status;
	}
}

static int receive_bytes(const struct wire *wire, char *bytes, size_t size, int *fd)
{
	while (size > 0) {
		ssize_t n = receive_some(wire, bytes, size, fd);

		if (n < 0)
			return (int)n;
		bytes += n;
		size -= (size_t)n;
	}
	return 0;
}

/* So that the next message is found. */
static int skip(const struct wire *wire, size_t length, int *fd)
{
	char bytes[256];
	int status = 0;

	while (length > 0 && !status) {
		size_t step = length < sizeof(bytes) ? length : sizeof(bytes);

		status = receive_bytes(wire, bytes, step, fd);
		length -= step;
	}
	return status;
}

static int receive_body(struct wire *wire, size_t length, int *fd)
{
	struct text *in = &wire->in;
	int status = 0;

	clear(in);
	while (in->length < length && !status) {
		size_t room = in->capacity > FIRST_ROOM ? in->capacity : FIRST_ROOM;
		size_t step = length - in->length;

		step = step < room ? step : room;
		step = step < MAX_ROOM ? step : MAX_ROOM;
		if (!mem_reserve(&in->data, &in->capacity, in->length + step, 1)) {
			status = skip(wire, length - in->length, fd);
			return status ? status : CAROM_ERROR_MEMORY;
		}
		status = receive_bytes(wire, in->data + in->length, step, fd);
		in->length += step;
	}
	return status;
}

int wire_receive(struct wire *wire, struct wire_message *message)
{
	struct head head;
	int status;

	*message = (struct wire_message){.fd = -1};
	status = receive_bytes(wire, (char *)&head, sizeof(head), &message->fd);
	if (!status && head.length > MAX_LENGTH)
		status = CAROM_ERROR_FORMAT;
	if (status)
		return status;
	message->kind = head.kind;
	status = receive_body(wire, head.length, &message->fd);
	message->body =
		(struct pack){.in = (const unsigned char *)wire->in.data, .left = wire->in.length};
	return status;
}

bool wire_is_alive(const struct wire *wire)
{
	struct pollfd fd = {.fd = wire->fd, .events = POLLRDHUP};

	return wire->fd >= 0 && poll(&fd, 1, 0) == 0;
}
