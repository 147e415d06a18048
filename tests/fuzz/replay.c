/* SPDX-License-Identifier: BSD-3-Clause */
/* A fuzz target without a fuzzer: replay-X gives the inputs kept in tests/fuzz/corpus-X to it. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void replay(const char *folder, const char *name, int number)
{
	static uint8_t data[1 << 16];
	char path[4096];
	size_t size;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file) {
		printf("not ok %d - %s: %s\n", number, name, strerror(errno));
		return;
	}
	size = fread(data, 1, sizeof(data), file);
	fclose(file);
	printf("# %s\n", name); /* so that one knows it if the next line aborts */
	fflush(stdout);
	LLVMFuzzerTestOneInput(data, size);
	printf("ok %d - %s\n", number, name);
}

int main(int argc, char **argv)
{
	const char *srcdir = getenv("CAROM_SRCDIR");
	struct dirent **inputs;
	char folder[2048];
	int n;

	(void)argc;
	snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpus-%s", srcdir ? srcdir : ".",
		 strrchr(argv[0], '-') + 1);
	n = scandir(folder, &inputs, is_input, alphasort);
	if (n <= 0) {
		printf("Bail out! %s: no inputs\n", folder);
		return 1;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		replay(folder, inputs[i]->d_name, i + 1);
		free(inputs[i]);
	}
	free(inputs);
	return 0;
}
