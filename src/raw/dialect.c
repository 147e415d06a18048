/* SPDX-License-Identifier: BSD-3-Clause */
/* Marks of the simulators in their headers. */
#include "raw/dialect.h"

#include <string.h>

CAROM_API const char *carom_raw_dialect_name(enum carom_raw_dialect dialect)
{
	static const char *const names[] = {"auto",   "ngspice", "LTspice",
					    "QSPICE", "Xyce",    "Spectre"};

	return dialect < sizeof(names) / sizeof(names[0]) ? names[dialect] : "?";
}

/* The program names itself, in "Command:", or Xyce in "Version:". */
static enum carom_raw_dialect find_by_program(const struct header *header)
{
	static const struct {
		const char *word;
		enum carom_raw_dialect dialect;
	} programs[] = {
		{"ltspice", CAROM_RAW_LTSPICE},
		{"qspice", CAROM_RAW_QSPICE},
		{"ngspice", CAROM_RAW_NGSPICE},
		{"xyce", CAROM_RAW_XYCE},
	};
	const char *command = header_find(header, "Command");
	const char *version = header_find(header, "Version");

	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if ((command && strcasestr(command, programs[i].word)) ||
		    (version && strcasestr(version, programs[i].word)))
			return programs[i].dialect;
	return CAROM_RAW_AUTO;
}

/* ngspice leaves 8 places for the number of points, Xyce more. */
enum { XYCE_POINTS_WIDTH = 16 };

enum carom_raw_dialect dialect_find(const struct header *header)
{
	enum carom_raw_dialect dialect = find_by_program(header);

	if (dialect != CAROM_RAW_AUTO)
		return dialect;
	if (header_find(header, "Abscissa"))
		return CAROM_RAW_QSPICE;
	if (header->text.is_wide || header->flags & (HEADER_FORWARD | HEADER_FASTACCESS) ||
	    header_find(header, "Backannotation"))
		return CAROM_RAW_LTSPICE;
	if (header->starts_on_line)
		return CAROM_RAW_SPECTRE;
	if (header->points_width >= XYCE_POINTS_WIDTH)
		return CAROM_RAW_XYCE;
	return CAROM_RAW_NGSPICE;
}
