#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The arithmetic of the benchmarks' scripts: the model of the pool at its limits, the figures of the page.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

# holds SCRIPT EXPRESSION: what a script of bench/ defines is in it.
holds()
{
	/usr/bin/python3 -B -c '
import sys, types
path, expression = sys.argv[1:]
script = types.ModuleType("script")
script.__file__ = path
with open(path) as file:
    exec(compile(file.read(), path, "exec"), vars(script))
if not eval(expression, vars(script)):
    sys.exit("does not hold: " + expression)' "$CAROM_SRCDIR/bench/$1" "$2"
}

scaling='abs(simulate([2e-3, 4e-3], 100, 1, fork_s=0) - 0.3) < 1e-12'
check 'one worker takes the sum of the services' holds pool-scaling "$scaling"
scaling='all(abs(scale([1e3], 1280)[n] / n - 1) < 1e-3 for n in WORKERS)'
check 'samples that take for ever scale linearly' holds pool-scaling "$scaling"
scaling='abs(simulate([0], 1000, 64, fork_s=0, line_s=1e-6) - 1e-3) < 1e-6'
check 'samples that take nothing wait for the counter' holds pool-scaling "$scaling"
scaling='abs(simulate([1e-3], 10, 4, start_s=5, fork_s=0, line_s=0) - 5.003) < 1e-9'
check 'ten samples on four workers are three rounds behind the start' holds pool-scaling "$scaling"
scaling='limit({1: 1.0, 2: 1.9, 4: 2.0, 8: 2.1}) == 4'
check 'a worker that is idle half of the time is still worth having' holds pool-scaling "$scaling"

run='[{"cases": [{"name": "c", "paths": [
{"name": "bare", "median_us": 30.0, "min_us": 20.0, "faster_by": []},
{"name": "mc-1", "median_us": 33.0, "min_us": 22.0, "faster_by": [{"with": "bare", "median": 0.8}]}]}]}]'
check 'times slower is the inverse of times faster' \
	holds report "find_figure($run, 'c', 'mc-1', 'times bare') == [1.25, 22.0 / 20.0]"
check 'microseconds of one are milliseconds of 1000' \
	holds report "find_figure($run, 'c', 'mc-1', 's per 1000') == [0.033, 0.022]"
check 'what was not measured is no figure' \
	holds report "find_figure($run, 'c', 'mc-1', 'times plain') is None"
memory='{"runs": [{"deck": "pdk", "samples": 200, "at_work_mib": 130.0}]}'
check 'memory above its limit is told' holds report "memory_rows($memory)[0][-1] == '**no**'"
finish
