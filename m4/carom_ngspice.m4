# SPDX-License-Identifier: BSD-3-Clause
# CAROM_NGSPICE
# -------------
# The header of libngspice; the library itself is loaded at run time, never linked, so it need not
# be here.  --with-ngspice=PREFIX takes PREFIX/include, and PREFIX/lib/libngspice.so.0 before the
# system's.  Adds to CAROM_CPPFLAGS; sets carom_ngspice_header.
AC_DEFUN([CAROM_NGSPICE], [
AC_ARG_WITH([ngspice],
	[AS_HELP_STRING([--with-ngspice=PREFIX], [use the libngspice of PREFIX])],
	[CAROM_CPPFLAGS="$CAROM_CPPFLAGS -I$withval/include"
	 CAROM_CPPFLAGS="$CAROM_CPPFLAGS -DCAROM_NGSPICE_DEFAULT='\"$withval/lib/libngspice.so.0\"'"
	 carom_ngspice_header="$withval/include/ngspice/sharedspice.h"],
	[PKG_CHECK_MODULES([NGSPICE], [ngspice >= 31],
		[CAROM_CPPFLAGS="$CAROM_CPPFLAGS $NGSPICE_CFLAGS"], [:])
	 carom_ngspice_header="ngspice/sharedspice.h"])
carom_saved_CPPFLAGS=$CPPFLAGS
CPPFLAGS="$CPPFLAGS $CAROM_CPPFLAGS"
AC_CHECK_HEADER([ngspice/sharedspice.h], [],
	[AC_MSG_ERROR([ngspice/sharedspice.h is needed (Debian: libngspice0-dev)])],
	[#include <stdbool.h>])
CPPFLAGS=$carom_saved_CPPFLAGS
AC_SUBST([CAROM_CPPFLAGS])
])
