/* SPDX-License-Identifier: BSD-3-Clause */
/* The files that a page is made of, as the build put them into the library. */
#ifndef REPORT_EMBEDDED_H
#define REPORT_EMBEDDED_H

#include <stddef.h>

struct report_file {
	const unsigned char *data; /* a 0 behind it */
	size_t size;
};

extern const struct report_file report_page_html; /* with "@name@" where each of these goes */
extern const struct report_file report_page_css;
extern const struct report_file report_number_js;
extern const struct report_file report_element_js;
extern const struct report_file report_chart_js;
extern const struct report_file report_plots_js;
extern const struct report_file report_waves_js;
extern const struct report_file report_page_js;
extern const struct report_file report_library; /* Chart.js; size 0: built without */

#endif
