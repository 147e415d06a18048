/* SPDX-License-Identifier: BSD-3-Clause */
/* A folder for a case, and the files there. */
#include "support-folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/folder.h"

static char old_folder[4096];
char case_folder[] = "/tmp/carom-test-XXXXXX";

int enter_folder(void **state)
{
	*state = NULL;
	strcpy(case_folder + strlen(case_folder) - 6, "XXXXXX");
	return getcwd(old_folder, sizeof(old_folder)) && mkdtemp(case_folder) &&
			       chdir(case_folder) == 0
		       ? 0
		       : -1;
}

int leave_folder(void **state)
{
	(void)state;
	return chdir(old_folder) || folder_remove(AT_FDCWD, case_folder, NULL);
}

void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

int count_entries(const char *path)
{
	DIR *folder = opendir(path);
	int n = 0;

	assert_non_null(folder);
	while (readdir(folder))
		n++;
	closedir(folder);
	return n - 2; /* . and .. */
}
