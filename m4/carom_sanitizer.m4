# SPDX-License-Identifier: BSD-3-Clause
# CAROM_SANITIZER
# ---------------
# --enable-sanitizer=LIST builds everything with -fsanitize=LIST, findings fatal. Adds to
# CAROM_CFLAGS and CAROM_LDFLAGS; sets carom_sanitizer ("no" or LIST) and the conditional SANITIZED.
AC_DEFUN([CAROM_SANITIZER], [
AC_ARG_ENABLE([sanitizer],
	[AS_HELP_STRING([--enable-sanitizer=LIST], [build with -fsanitize=LIST (address,undefined)])],
	[carom_sanitizer=$enableval], [carom_sanitizer=no])
AS_CASE([$carom_sanitizer],
	[yes], [carom_sanitizer=address,undefined])
AS_VAR_IF([carom_sanitizer], [no], [], [
	carom_sanitizer_flags="-fsanitize=$carom_sanitizer -fno-sanitize-recover=all"
	AX_CHECK_LINK_FLAG([$carom_sanitizer_flags], [],
		[AC_MSG_ERROR([the compiler cannot link with $carom_sanitizer_flags])])
	CAROM_CFLAGS="$CAROM_CFLAGS $carom_sanitizer_flags -fno-omit-frame-pointer"
	CAROM_LDFLAGS="$CAROM_LDFLAGS $carom_sanitizer_flags"
])
AM_CONDITIONAL([SANITIZED], [test "x$carom_sanitizer" != xno])
AC_SUBST([CAROM_CFLAGS])
AC_SUBST([CAROM_LDFLAGS])
])
