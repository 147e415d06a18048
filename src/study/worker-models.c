/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * dlopen() as libngspice finds it in this program: without code models where the circuit has none.
 *
 * What loads them is ngspice's spinit, whose path libngspice alone knows, and which sets other
 * things, too: so it is read as ever, and only its "codemodel" commands fail.
 */
#include <dlfcn.h>
#include <string.h>

#include "base/error.h"
#include "study/code-models.h"

static bool is_code_model(const char *file)
{
	size_t length = file ? strlen(file) : 0;

	return length > 3 && strcmp(file + length - 3, ".cm") == 0;
}

CAROM_API void *dlopen(const char *file, int mode)
{
	static void *(*real)(const char *, int);

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "dlopen");
	if (code_models_are_left_out() && is_code_model(file))
		file = "/code-model-left-out"; /* not there: for dlerror() */
	return real(file, mode);
}
