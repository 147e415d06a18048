# SPDX-License-Identifier: BSD-3-Clause
# CAROM_HWLOC
# -----------
# hwloc 2 for the map of cores, caches and memory; needed.
AC_DEFUN([CAROM_HWLOC], [
PKG_CHECK_MODULES([HWLOC], [hwloc >= 2.0], [],
	[AC_MSG_ERROR([hwloc 2 is needed (Debian: libhwloc-dev): $HWLOC_PKG_ERRORS])])
])
