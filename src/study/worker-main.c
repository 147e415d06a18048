/* SPDX-License-Identifier: BSD-3-Clause */
/* carom-worker: the helper program that carom spawns to simulate in. */
#include <string.h>

#include "sim/session-message.h"
#include "sim/session-template.h"
#include "study/pool.h"

int main(int argc, char **argv)
{
	return argc > 1 && strcmp(argv[1], SESSION_WORKER) == 0 ? session_template_main()
								: template_main();
}
