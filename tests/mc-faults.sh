#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# A study whose processes are killed, stopped, interrupted, or whose simulator misbehaves: it loses
# the samples at hand and nothing else, and leaves no process behind.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99

# With a sanitizer built in, a crash of the simulator is to stay one.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0
export ASAN_OPTIONS

# Some milliseconds for each sample.
cat >slow.cir <<'EOF'
RC low-pass, slow enough to be caught at work
*carom vary r1 gauss 5%
*carom vary c1 gauss 5%
*carom measure top   max(v(out))
*carom measure final final(v(out))
v1 in 0 sin(0 1 1k)
r1 in out 1k
c1 out 0 100n
.tran 1u 2m 0 1u
.end
EOF
samples=150

# ---- the processes of a run ----

# start STORE OPTION...: in the background; $command, $template and $workers are its processes, at
# work since ten samples.
start()
{
	store=$1
	shift
	CAROM_TEST_RUN=$scratch/$store. "$CAROM" mc slow.cir -n "$samples" -j 2 -o "$store" "$@" \
		<"/dev/null" >out 2>err &
	command=$!
	patience=1000
	until [ "$(n_finished "$store")" -ge 10 ]; do
		patience=$((patience - 1))
		if [ "$patience" -eq 0 ] || ! kill -0 "$command"; then
			echo 'the study does not get to work'
			kill -9 "$command"
			return 1
		fi
		sleep 0.02
	done
	template=$(pgrep -P "$command")
	workers=$(pgrep -P "$template")
	# All four carry the mark: nothing_is_left can fail.
	[ "$(echo "$workers" | wc -l)" -eq 2 ] && [ "$(processes | wc -l)" -eq 4 ]
}

n_finished()
{
	if [ -f "$1/status/0" ]; then tr -d '\000' <"$1/status/0" | wc -c; else echo 0; fi
}

# ends STATUS: the command, in time.
ends()
{
	( sleep 60; kill -9 "$command" ) 2>/dev/null &
	watchdog=$!
	wait "$command"
	ended=$?
	kill "$watchdog" 2>/dev/null
	cat out err
	echo "exit status $ended"
	[ "$ended" -eq "$1" ]
}

# The processes of the run, whoever started them: all inherit its mark.
processes()
{
	grep -lsaF "CAROM_TEST_RUN=$scratch/$store." /proc/[0-9]*/environ | cut -d / -f 3
}

# No process of the run lives 2 s from now.
nothing_is_left()
{
	patience=100
	while [ "$patience" -gt 0 ] && [ -n "$(processes)" ]; do
		patience=$((patience - 1))
		sleep 0.02
	done
	left=$(processes)
	[ -z "$left" ] && return
	echo "still there: $left"
	# shellcheck disable=SC2086 # a list
	kill -9 $left
	return 1
}

# store_has STORE EXPRESSION: of status, message, the finished rows and those of the quiet run.
store_has()
{
	/usr/bin/python3 -B -c '
import sys, numpy as np, zarr
group = zarr.open_group(sys.argv[1], mode="r")
quiet = zarr.open_group("quiet.zarr", mode="r")
status, message = group["status"][:], group["message"][:]
PENDING, OK, NO_CONVERGENCE, TIMEOUT, CRASHED, MEASURE, ERROR = range(7)
values = group.attrs["parameters"] + group.attrs["measurements"]
def count(code): return int(np.sum(status == code))
def right(): return all(np.array_equal(group[n][:][status == OK], quiet[n][:][status == OK])
                        for n in values)
assert eval(f"({sys.argv[2]})"), (np.bincount(status), set(message))' "$1" "$2"
}

# ---- the cases ----

is_quiet()
{
	carom_ends 0 mc slow.cir -n "$samples" -j 2 -q -o quiet.zarr && store_has quiet.zarr \
		'count(OK) == 150'
}

loses_a_worker()
{
	start worker.zarr || return 1
	kill -9 "${workers%%[!0-9]*}"
	ends 0 && nothing_is_left && grep -q '^1 worker process started anew$' out &&
		grep -q '^149 ok, 1 crashed$' out &&
		store_has worker.zarr 'count(OK) == 149 and count(CRASHED) == 1 and right() and
			b"signal 9" in message[status == CRASHED][0] and
			np.all(group["r1"][:] == quiet["r1"][:])'
}

loses_the_command()
{
	start command.zarr || return 1
	kill -9 "$command"
	nothing_is_left && store_has command.zarr \
		'10 <= count(OK) < 150 and count(OK) + count(PENDING) == 150 and right()'
}

# interrupted_by SIGNAL
interrupted_by()
{
	start "$1.zarr" || return 1
	kill "-$1" "$command"
	ends 130 && nothing_is_left && grep -q ' not simulated$' out && grep -q '^top  *V ' out &&
		grep -q "^store: $1.zarr$" out && grep -q '^carom: cancelled' err &&
		store_has "$1.zarr" '10 <= count(OK) < 150 and
			count(OK) + count(PENDING) == 150 and right()'
}

# As Ctrl-C does it: the signal goes to every process of the group.
interrupted_as_a_group()
{
	start group.zarr || return 1
	for pid in $command $template $workers; do kill -INT "$pid"; done
	ends 130 && nothing_is_left && store_has group.zarr '10 <= count(OK) and right() and
		count(OK) + count(CRASHED) + count(PENDING) == 150 and count(CRASHED) == 0'
}

loses_the_template()
{
	start template.zarr || return 1
	kill -9 "$template"
	ends 0 && nothing_is_left && grep -q '^note: carom-worker died of signal 9' out &&
		store_has template.zarr 'count(OK) == 150 and right()'
}

stops_a_worker()
{
	start stopped.zarr --time-limit 1 || return 1
	kill -STOP "${workers%%[!0-9]*}"
	ends 0 && nothing_is_left && grep -q '^149 ok, 1 timeout$' out &&
		store_has stopped.zarr 'count(OK) == 149 and count(TIMEOUT) == 1 and right() and
			b"time limit of 1 s" in message[status == TIMEOUT][0]'
}

# Then it is replaced: its host has waited for 5 s.
stops_the_template()
{
	start frozen.zarr || return 1
	kill -STOP "$template"
	ends 0 && nothing_is_left && grep -q '^note: carom-worker died of signal 9' out &&
		store_has frozen.zarr 'count(OK) == 150 and right()'
}

# Nobody is there to kill it; the system does.
loses_the_command_with_a_stopped_template()
{
	start orphan.zarr || return 1
	kill -STOP "$template"
	kill -9 "$command"
	nothing_is_left
}

# resumes STORE OPTION...: the run goes on and ends.
resumes()
{
	carom_ends 0 mc slow.cir -n "$samples" -j 2 --resume -o "$@"
}

resumes_what_was_killed()
{
	cp -r command.zarr resumed.zarr && resumes resumed.zarr &&
		grep -qE '^[0-9]+ of 150 samples were in the store$' out && grep -q '^150 ok$' out &&
		store_has resumed.zarr 'count(OK) == 150 and right() and
			np.all(message == b"")' &&
		resumes resumed.zarr && grep -q '^150 ok$' out && store_has resumed.zarr 'count(OK) == 150 and right()'
}

begins_where_there_is_no_store()
{
	resumes begun.zarr -q && store_has begun.zarr 'count(OK) == 150 and right()'
}

keeps_failed_samples_unless_asked()
{
	resumes worker.zarr && grep -q '^149 ok, 1 crashed$' out && resumes worker.zarr --retry-failed &&
		grep -q '^149 of 150 samples were in the store$' out &&
		store_has worker.zarr 'count(OK) == 150 and right() and
			np.all(message == b"")'
}

# differs TEXT OPTION...: a study that is another one by the option leaves the store as it is.
differs()
{
	text=$1
	shift
	carom_ends 3 mc slow.cir -n "$samples" --resume -o command.zarr "$@"
	[ "$carom_status" -eq 3 ] && grep -qF "$text" err &&
		store_has command.zarr '10 <= count(OK) < 150'
}
names_what_differs()
{
	differs 'study.seed is 1 in the store and 2 now' --seed 2 &&
		differs 'study.samples is 150 in the store and 20 now' -n 20 &&
		differs 'parameters[0] is "r1" in the store and "c1" now' --vary 'r1 gauss 6%' &&
		differs 'measurements[2]' --measure 'low min(v(out))' &&
		differs 'study.specs' --spec 'top 0 1' &&
		differs 'the store was made by route alter, and this run would take reset' \
			--route reset || return 1
	sed 's/2m 0 1u/2m 0 2u/' slow.cir >other.cir
	carom_ends 3 mc other.cir -n "$samples" --resume -o command.zarr
	[ "$carom_status" -eq 3 ] && grep -q 'deck_hash' err
}

leaves_a_store_that_is_written()
{
	start busy.zarr -n 100000 || return 1
	refuses 3 'carom: ' mc slow.cir -n 100000 --resume -o busy.zarr &&
		grep -q 'busy.zarr: another run is writing this store' err || return 1
	refuses 3 'carom: ' mc slow.cir -n "$samples" --overwrite -o busy.zarr || return 1
	kill "$command"
	ends 130 && nothing_is_left
}

check 'a quiet run, to compare with' is_quiet
check 'a killed worker costs one sample' loses_a_worker
check 'a killed command leaves no process, its store what was finished' loses_the_command
check 'an interrupted run keeps and sums up what was finished' interrupted_by INT
check 'a terminated run does too' interrupted_by TERM
check 'an interrupt of the whole group is no crash' interrupted_as_a_group
check 'a killed template is replaced' loses_the_template
check 'a stopped worker costs one sample, after the time limit' stops_a_worker
check 'a stopped template is replaced' stops_the_template
check 'a stopped template does not outlive the command' loses_the_command_with_a_stopped_template
check 'a killed run is completed bit for bit' resumes_what_was_killed
check 'to resume without a store is to begin' begins_where_there_is_no_store
check 'failed samples are kept unless they are to be tried again' keeps_failed_samples_unless_asked
check 'the store of another study is refused by what differs' names_what_differs
check 'a store that another run writes is left alone' leaves_a_store_that_is_written

# ---- the simulator's own failures ----

# Above 0.5 ohm the current is 1 A where it would have to be -1 A, and the other way round.
does_not_converge()
{
	cat >never.cir <<'EOF'
a circuit without a solution, where r1 is above 0.5 ohm
*carom vary r1 uniform 20%
*carom measure vb final(v(b))
v1 a 0 1
r1 a b 0.5
b1 b 0 i=v(b) > 0.5 ? 1 : -1
.op
.end
EOF
	carom_ends 0 mc never.cir -n 40 -j 2 -o never.zarr && store_has never.zarr '
		10 < count(OK) < 30 and count(OK) + count(NO_CONVERGENCE) == 40 and
		np.array_equal(status == NO_CONVERGENCE, group["r1"][:] > 0.5) and
		np.all(message[status == NO_CONVERGENCE] != b"") and
		np.all(np.isnan(group["vb"][:][status == NO_CONVERGENCE])) and
		np.allclose(group["vb"][:][status == OK], 1 - group["r1"][:][status == OK], rtol=1e-6)'
}

# fake VERB EXPRESSION: the stand-in for libngspice does that to every sample with r1 above 1100.
fake()
{
	cat >fake.cir <<'EOF'
what the simulator does depends on r1
*carom vary r1 uniform 20%
*carom measure m final(v(out))
v1 out 0 1
r1 out 0 1k
.op
.end
EOF
	CAROM_FAKE_NGSPICE_SCRIPT="run if @r1[resistance]>1100 $1"
	export CAROM_FAKE_NGSPICE_SCRIPT
	carom_ends 0 mc fake.cir --library "$CAROM_FAKE_NGSPICE" -n 24 -j 2 --time-limit 0.2 \
		-o "fake-$1.zarr" && store_has "fake-$1.zarr" "(lambda bad:
			1 < np.sum(bad) < 12 and np.all(status[~bad] == OK) and
			np.all(group['m'][:][~bad] == 1) and $2)(group['r1'][:] > 1100)"
}

check 'samples without a solution are told apart' does_not_converge
check 'samples that crash the simulator are told apart' fake crash \
	'np.all(status[bad] == CRASHED) and b"signal 11" in message[bad][0]'
check 'samples that end the process are told apart' fake exit \
	'np.all(status[bad] == CRASHED) and b"status 3" in message[bad][0]'
check 'samples that hang are told apart' fake hang 'np.all(status[bad] == TIMEOUT)'
check 'samples that poison the simulator are told apart' fake poison \
	'np.all(status[bad] == ERROR) and np.all(message[bad] != b"")'
check 'samples that abort are told apart' fake abort \
	'np.all(status[bad] > OK) and np.all(message[bad] != b"")'
check 'samples that give no plot are told apart' fake nothing \
	'np.all(status[bad] == ERROR) and np.all(message[bad] != b"")'

# ---- a full disk ----

# In a mount namespace of its own, which takes the file system with it.
disk_is_full()
{
	mkdir tiny
	# shellcheck disable=SC2016 # the inner shell expands
	unshare -m sh -c 'mount -t tmpfs -o size=1m tmpfs tiny && exec "$0" "$@"' \
		"$CAROM" mc slow.cir -n 100000 -o tiny/full.zarr >out 2>err
	full=$?
	cat out err
	[ "$full" -eq 3 ] && grep -q '^carom: .*tiny/full.zarr.*No space left on device' err && [ ! -s out ]
}
if unshare -m sh -c 'mount -t tmpfs tmpfs /mnt' 2>/dev/null; then
	check 'a full disk is an error before the first sample' disk_is_full
fi
finish
