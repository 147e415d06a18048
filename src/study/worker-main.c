/* SPDX-License-Identifier: BSD-3-Clause */
/* carom-worker: the helper program that carom spawns to simulate in. */
#include "study/pool.h"

int main(void)
{
	return template_main();
}
