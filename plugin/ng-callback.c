/* SPDX-License-Identifier: BSD-3-Clause */
/* Trampolines from libngspice to the session and the host. */
#include "ng-callback.h"

#include <string.h>

#include "base/mem.h"
#include "ng-capture.h"

void ng_callbacks_init(struct ng_callbacks *callbacks, const struct ng_options *options)
{
	memset(callbacks, 0, sizeof(*callbacks));
	callbacks->options = options;
	strcpy(callbacks->version, "?");
	ng_messages_clear(&callbacks->messages);
}

static void release_stream(struct ng_stream *stream)
{
	mem_free(stream->names);
	mem_free(stream->name_bytes);
	mem_free(stream->values);
	*stream = (struct ng_stream){0};
}

void ng_callbacks_release(struct ng_callbacks *callbacks)
{
	release_stream(&callbacks->stream);
}

void ng_callbacks_clear(struct ng_callbacks *callbacks)
{
	ng_messages_clear(&callbacks->messages);
	callbacks->asked_to_exit = callbacks->has_quit = false;
}

static int send_char(char *line, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;
	const struct ng_options *options = callbacks->options;
	enum ng_message_kind kind;
	const char *words;

	(void)ident;
	kind = ng_messages_add(&callbacks->messages, line, &words);
	if (callbacks->version[0] == '?')
		ng_message_version(words, callbacks->version, sizeof(callbacks->version));
	if (options->log)
		options->log(options->log_arg, kind, words);
	return 0;
}

static int controlled_exit(int status, bool is_immediate, bool is_quit, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;

	(void)status;
	(void)is_immediate;
	(void)ident;
	callbacks->asked_to_exit = true;
	callbacks->has_quit = is_quit;
	return 0;
}

/* Only ever called with false: no background thread is started. */
static int background_running(bool has_ended, int ident, void *user)
{
	(void)has_ended;
	(void)ident;
	(void)user;
	return 0;
}

void ng_callbacks_unwind(struct ng_callbacks *callbacks, enum carom_status why)
{
	if (!callbacks->can_unwind)
		return;
	callbacks->why_unwound = why;
	longjmp(callbacks->unwind, 1);
}

static bool allocate_stream(struct ng_stream *stream, size_t n)
{
	stream->names = mem_zalloc(n, sizeof(*stream->names));
	stream->name_bytes = mem_zalloc(n, NG_NAME_SIZE);
	stream->values = mem_zalloc(n, 2 * sizeof(*stream->values));
	stream->n = n;
	return stream->names && stream->name_bytes && stream->values;
}

/* ngspice lists the vectors in the reverse of the order they were saved in. */
static int send_init_data(pvecinfoall info, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;
	struct ng_stream *stream = &callbacks->stream;
	size_t n = (size_t)info->veccount;

	(void)ident;
	release_stream(stream);
	if (!allocate_stream(stream, n)) {
		release_stream(stream);
		ng_callbacks_unwind(callbacks, CAROM_ERROR_MEMORY);
		return 0;
	}
	strncat(stream->plot, info->type, sizeof(stream->plot) - 1);
	for (size_t i = 0; i < n; i++) {
		char *name = stream->name_bytes + i * NG_NAME_SIZE;

		ng_name_from_ng(stream->plot, info->vecs[n - 1 - i]->vecname, name);
		stream->names[i] = name;
	}
	return 0;
}

static void copy_values(struct ng_stream *stream, const vecvaluesall *all)
{
	for (size_t i = 0; i < stream->n; i++) {
		const vecvalues *value = all->vecsa[stream->n - 1 - i];

		stream->values[2 * i] = value->creal;
		stream->values[2 * i + 1] = value->cimag;
	}
}

static int send_data(pvecvaluesall all, int count, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;
	const struct ng_options *options = callbacks->options;
	struct ng_stream *stream = &callbacks->stream;
	struct ng_point point = {stream->plot, (size_t)all->vecindex, stream->n, stream->names,
				 stream->values};
	bool goes_on;

	(void)ident;
	if ((size_t)count != stream->n)
		return 0;
	copy_values(stream, all);
	goes_on = options->point(options->point_arg, &point);
	if (!goes_on || atomic_load_explicit(&callbacks->is_cancelled, memory_order_relaxed))
		ng_callbacks_unwind(callbacks, CAROM_ERROR_CANCELLED);
	return 0;
}

/* Without callbacks for data, ngspice makes no copies of the points: three times faster on .op. */
void ng_callbacks_register(struct ng_callbacks *callbacks, const struct ng_api *api)
{
	bool streams = callbacks->options->point != NULL;

	api->init(send_char, NULL, controlled_exit, streams ? send_data : NULL,
		  streams ? send_init_data : NULL, background_running, callbacks);
	ng_sync_register(callbacks, api);
}
