# SPDX-License-Identifier: BSD-3-Clause
# CAROM_CHART_JS
# --------------
# Chart.js, version 3 or 4, is put into every page that "carom report" writes.  Sets CHART_JS to the file,
# or to nothing: then all else is built, and a report is refused with a message that says what is missing.
AC_DEFUN([CAROM_CHART_JS], [
AC_ARG_WITH([chart-js],
	[AS_HELP_STRING([--with-chart-js=FILE],
		[Chart.js 3 or 4 as one minified file, for "carom report" (default: Debian's)])],
	[], [with_chart_js=check])
AC_MSG_CHECKING([for Chart.js])
CHART_JS=
AS_CASE([$with_chart_js],
	[no], [carom_chart_js_list=],
	[yes|check], [carom_chart_js_folder=/usr/share/javascript/chart.js
		carom_chart_js_list="$carom_chart_js_folder/chart.umd.min.js $carom_chart_js_folder/chart.umd.js $carom_chart_js_folder/chart.min.js"],
	[carom_chart_js_list=$with_chart_js])
for carom_file in $carom_chart_js_list; do
	AS_IF([test -z "$CHART_JS" && head -n 5 "$carom_file" 2>/dev/null |
		grep 'Chart\.js v[[34]]\.' >/dev/null], [CHART_JS=$carom_file])
done
AC_MSG_RESULT([${CHART_JS:-no}])
AS_IF([test -z "$CHART_JS"], [AS_CASE([$with_chart_js],
	[no|check], [],
	[yes], [AC_MSG_ERROR([Chart.js was asked for and not found (Debian: libjs-chart.js)])],
	[AC_MSG_ERROR([$with_chart_js is not Chart.js 3 or 4])])])
carom_charts=${CHART_JS:-'none: no reports (Debian: libjs-chart.js)'}
AC_SUBST([CHART_JS])
AM_CONDITIONAL([CHART_JS], [test -n "$CHART_JS"])
])
