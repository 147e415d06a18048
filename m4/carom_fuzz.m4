# SPDX-License-Identifier: BSD-3-Clause
# CAROM_FUZZ
# ----------
# --enable-fuzz builds tests/fuzz/ with libFuzzer, which comes with clang. Sets the conditional FUZZ and
# FUZZER_LIBS.
AC_DEFUN([CAROM_FUZZ], [
AC_ARG_ENABLE([fuzz],
	[AS_HELP_STRING([--enable-fuzz], [build the fuzz targets (needs CC=clang)])],
	[carom_fuzz=$enableval], [carom_fuzz=no])
AS_VAR_IF([carom_fuzz], [no], [], [
	AX_CHECK_COMPILE_FLAG([-fsanitize=fuzzer-no-link], [],
		[AC_MSG_ERROR([--enable-fuzz needs libFuzzer: configure with CC=clang])])
	CAROM_CFLAGS="$CAROM_CFLAGS -fsanitize=fuzzer-no-link"
	AC_SUBST([FUZZER_LIBS], [-fsanitize=fuzzer])
])
AM_CONDITIONAL([FUZZ], [test "x$carom_fuzz" != xno])
])
