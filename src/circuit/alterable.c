/* SPDX-License-Identifier: BSD-3-Clause */
/* Lists found by setting each value in a loaded circuit and loading it with the value. */
#include "circuit/alterable.h"

#include <stddef.h>
#include <string.h>

#include "base/name.h"

static bool list_has(const char *const *list, const char *name)
{
	for (; *list; list++) {
		if (name_compare(*list, name) == 0)
			return true;
	}
	return false;
}

bool alterable_element(const struct element_kind *kind, const char *param)
{
	/* lists of numbers and flags */
	static const char *const never[] = {"off", "pulse", "sin", "sine",    "exp",
					    "pwl", "sffm",  "am",  "trnoise", "trrandom",
					    "tc",  "ac",    NULL};

	if (!param)
		return kind->can_alter;
	if (strchr("fg", kind->letter) && name_compare(param, "m") == 0)
		return false; /* taken, and without effect */
	if (strchr("dqjmz", kind->letter) && name_compare(param, "ic") == 0)
		return false;
	if (kind->letter == 'r' && name_compare(param, "ac") == 0)
		return true;
	return element_kind_has_param(kind, param) && !list_has(never, param);
}

bool alterable_model(const struct element_kind *kind, const char *param)
{
	/* what selects the equations, or the model itself among others */
	static const char *const never[] = {"level", "version", "type", "lmin",
					    "lmax",  "wmin",    "wmax", NULL};

	/* a name that the element has as well would set the element */
	return (kind->has_model || kind->may_have_model) && !element_kind_has_param(kind, param) &&
	       !list_has(never, param);
}
