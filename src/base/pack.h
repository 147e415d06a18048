/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Structs as bytes and back.  One description serves both directions: pack_<kind>() moves a field
 * into the bytes or out of them, whichever the pack is made for.  Both ends are the same build, so
 * numbers travel as they lie in memory; the bytes may lie all the same.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct pack {
	struct text *out; /* packing; NULL when unpacking */
	const unsigned char *in;
	size_t left;
	bool failed; /* damage or no memory: everything after it is a no-op */
};

/* When packing these read only. */
void pack_bytes(struct pack *pack, void *bytes, size_t size);
#define pack_field(pack, field) pack_bytes(pack, &(field), sizeof(field))
void pack_bool(struct pack *pack, bool *value); /* any byte is a truth value */

/* NULL is a string too.  Unpacked strings are the caller's, to be freed with mem_free. */
void pack_string(struct pack *pack, char **string);

/*
 * A string that stays where it is when packing; when unpacking it is borrowed from the bytes, in which
 * it has its NUL.
 */
void pack_borrowed(struct pack *pack, const char **string);

/*
 * Number of elements, and when unpacking their zeroed array (one more than count).  No element takes
 * less than a byte, so a count beyond the bytes left is damage.
 */
void *pack_array(struct pack *pack, void *array, size_t *count, size_t size);

/* Has everything been unpacked, and nothing left? */
bool pack_is_whole(const struct pack *pack);

#endif
