/* SPDX-License-Identifier: BSD-3-Clause */
/* The version of the library, for programs that were compiled against another. */
#include "carom-version.h"

#include "base/error.h"

CAROM_API const char *carom_version(void)
{
	return CAROM_VERSION_STRING;
}
