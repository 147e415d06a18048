# SPDX-License-Identifier: BSD-3-Clause
# CAROM_WARNINGS
# --------------
# The language, the warnings and the visibility that all sources are written for, in CAROM_CFLAGS;
# --enable-werror makes warnings errors (not the default: other compilers warn of other things).
AC_DEFUN([CAROM_WARNINGS], [
AC_ARG_ENABLE([werror],
	[AS_HELP_STRING([--enable-werror], [treat compiler warnings as errors])],
	[], [enable_werror=no])
AX_APPEND_COMPILE_FLAGS([-std=gnu11 -fvisibility=hidden], [CAROM_CFLAGS], [-Werror])
AX_APPEND_COMPILE_FLAGS([-Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes dnl
-Wpointer-arith -Wvla -Wlogical-op -Wduplicated-cond -Wimplicit-fallthrough],
	[CAROM_CFLAGS], [-Werror])
AS_VAR_IF([enable_werror], [no], [], [CAROM_CFLAGS="$CAROM_CFLAGS -Werror"])
])
