#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Studies whose processes are killed, stopped, crashed and starved at random, again and again.

    stress.py [SECONDS [SEED]]

Each round runs a study with "--resume" until it is done, however often it is torn down, and compares
the store with that of an undisturbed run: no sample is lost, none has another value, none failed
that should not have, and no process is left. TAP; $CAROM, $CAROM_FAKE_NGSPICE as in the other tests.
"""
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np
import zarr

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 10
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
CAROM = os.environ["CAROM"]
MARK = f"CAROM_STRESS={os.getpid()}"
OK = 1

# Some milliseconds for each sample.
REAL = """RC low-pass, slow enough to be caught at work
*carom vary r1 gauss 5%
*carom vary c1 gauss 5%
*carom measure top   max(v(out))
*carom measure final final(v(out))
*carom keep v(out)
v1 in 0 sin(0 1 1k)
r1 in out 1k
c1 out 0 100n
.tran 1u 2m 0 1u
.end
"""
# Crashes, hangs or leaves no plot in some samples; which, depends on their values.
FAKE = """what the simulator does depends on r1
*carom vary r1 uniform 20%
*carom measure m final(v(out))
v1 out 0 1
r1 out 0 1k
.op
.end
"""


class Study:
    def __init__(self, name, deck, samples, options, script=""):
        self.deck = os.path.abspath(name + ".cir")
        with open(self.deck, "w") as file:
            file.write(deck)
        self.samples, self.options, self.script = samples, options, script
        self.quiet = os.path.abspath(name + "-quiet.zarr")
        assert self.start(self.quiet).wait() == 0, "the undisturbed run failed"

    def start(self, store, *more):
        environment = dict(os.environ, CAROM_FAKE_NGSPICE_SCRIPT=self.script)
        key, value = MARK.split("=")
        environment[key] = value
        return subprocess.Popen(
            [CAROM, "mc", self.deck, "-n", str(self.samples), "-j", "2", "-q", "-o", store]
            + self.options + list(more), env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def differences(self, store):
        """What is not as in the undisturbed run; the empty list if all is."""
        quiet, group = zarr.open_group(self.quiet, "r"), zarr.open_group(store, "r")
        names = quiet.attrs["parameters"] + quiet.attrs["measurements"] + ["status", "message"] + [
            wave["name"] for wave in quiet.attrs["study"].get("keeps", [])]
        return [f"{name} of sample {i}: {group[name][int(i)]!r}, not {quiet[name][int(i)]!r}"
                for name in names
                for i in different(group[name][:], quiet[name][:])[:3]]


def different(a, b):
    """Which samples are."""
    return np.unique(np.nonzero(~same(a, b))[0])


def same(a, b):
    return (a == b) | ((a != a) & (b != b)) if a.dtype.kind == "f" else a == b


def processes():
    """Those that carry the mark, without zombies: pid -> (parent, name, state)."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                if MARK.encode() not in file.read().split(b"\0"):
                    continue
            with open(f"/proc/{pid}/stat") as file:
                name, rest = file.read().split("(", 1)[1].rsplit(")", 1)
            if rest.split()[0] != "Z":
                found[int(pid)] = (int(rest.split()[1]), name, rest.split()[0])
        except OSError:
            pass
    return found


def processes_left():
    """Those of the study that live on for 3 s, as sentences; they are ended then."""
    deadline = time.monotonic() + 3
    while processes() and time.monotonic() < deadline:
        time.sleep(0.02)
    left = processes()
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return [f"left: process {pid}, {name} in state {state}, child of {parent}"
            for pid, (parent, name, state) in left.items()]


def choose_victim(command):
    """The command, its template or one of the workers: each kind as often."""
    found = processes()
    templates = [pid for pid, (parent, name, _) in found.items()
                 if parent == command and name == "carom-worker"]
    workers = [pid for pid, (parent, _, _) in found.items() if parent in templates]
    kinds = [kind for kind in ([command], templates, workers, workers) if kind]
    return random.choice(random.choice(kinds))


def is_under_way(pid):
    """Half a second old.  A worker that is stopped between the fork and its first system call, by which
    it asks to end with its template, stays if that is killed: nobody is left to continue it."""
    with open(f"/proc/{pid}/stat") as file:
        started = int(file.read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started > 0.5


def starve(pid):
    """What the process asks for from now on is not to be had."""
    with open(f"/proc/{pid}/statm") as file:
        size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.prlimit(pid, resource.RLIMIT_AS, (size + 4096, size + 4096))


def fill_disk(filler):
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass


def attack(command, filler, counts):
    ways = ["kill", "kill", "crash", "stop", "starve"] + (["fill disk"] if filler else [])
    way = random.choice(ways)
    victim = choose_victim(command)
    try:
        if way == "kill":
            os.kill(victim, signal.SIGKILL)
        elif way == "crash":
            os.kill(victim, signal.SIGSEGV)
        elif way == "stop" and (victim == command or is_under_way(victim)):
            os.kill(victim, signal.SIGSTOP)
            if victim == command or random.random() < 0.5:
                time.sleep(random.uniform(0, 0.3))
                os.kill(victim, signal.SIGCONT)
        elif way == "starve" and victim != command:
            starve(victim)
        elif way == "fill disk":
            fill_disk(filler)
            time.sleep(random.uniform(0, 0.2))
            os.unlink(filler)
    except (ProcessLookupError, FileNotFoundError, PermissionError, ValueError):
        return
    counts[way] = counts.get(way, 0) + 1


def disturb(study, store, filler, until, counts):
    """Run after run, each attacked, until the study is done or its time is over."""
    while time.monotonic() < until:
        run = study.start(store, "--resume", *random.choice([[], ["--retry-failed"]]))
        counts["runs"] = counts.get("runs", 0) + 1
        while run.poll() is None and time.monotonic() < until:
            time.sleep(random.expovariate(8))
            if run.poll() is None:
                attack(run.pid, filler, counts)
        if run.poll() is None:
            run.kill()
        if run.wait() == 0:
            return


def play_round(study, folder, filler, seconds, counts):
    """What is wrong, as a list of sentences."""
    store = os.path.join(folder, "round.zarr")
    shutil.rmtree(store, ignore_errors=True)
    disturb(study, store, filler, time.monotonic() + seconds, counts)
    wrong = processes_left()
    run = study.start(store, "--resume", "--retry-failed")
    try:
        if run.wait(120) != 0:
            wrong.append(f"the last run ended with status {run.returncode}")
    except subprocess.TimeoutExpired:
        run.kill()
        wrong.append("the last run did not end")
    wrong += processes_left()
    left = [name for name in os.listdir(folder) if name != "round.zarr" and ".tmp-" not in name]
    return wrong + ["left in the folder: " + name for name in left] + study.differences(store)


def mount_disk():
    """A small file system of our own, in a mount namespace that goes away with us; or None."""
    os.mkdir("disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", "disk"],
                             stderr=subprocess.DEVNULL, check=False)
    return os.path.abspath("disk") if mounted.returncode == 0 else None


def play(rounds_of):
    counts, n, failed = {}, 0, 0
    end = time.monotonic() + SECONDS
    disk = mount_disk() if os.environ.get("CAROM_STRESS_MOUNT") else None
    os.mkdir("plain")
    while n < len(rounds_of) or time.monotonic() < end:
        study = rounds_of[n % len(rounds_of)]
        folder = disk if disk and n % 2 == 0 else os.path.abspath("plain")
        filler = os.path.join(disk, "filler") if folder == disk else None
        wrong = play_round(study, folder, filler, max(1, min(8, SECONDS / 8)), counts)
        n += 1
        failed += bool(wrong)
        where = "on a disk that fills up" if filler else "on a plain disk"
        print(f"{'not ok' if wrong else 'ok'} {n} - round {n}: "
              f"{os.path.basename(study.deck)} {where} comes out as undisturbed")
        for sentence in wrong:
            print("#", sentence)
        sys.stdout.flush()
    if disk:
        subprocess.run(["umount", disk], check=True)
    print("#", ", ".join(f"{key} {value}" for key, value in sorted(counts.items())))
    if not disk:
        print("# nothing can be mounted here: no disk was filled")
    print(f"1..{n}")
    return failed


def main():
    if "CAROM_STRESS_MOUNT" not in os.environ:
        can_mount = subprocess.run(["unshare", "-m", "true"], stderr=subprocess.DEVNULL,
                                   check=False).returncode == 0
        os.environ["CAROM_STRESS_MOUNT"] = "yes" if can_mount else ""
        if can_mount:
            os.execvp("unshare", ["unshare", "-m", "/usr/bin/python3", "-B"] + sys.argv)
    random.seed(SEED)
    print("# seed", SEED)
    # With a sanitizer built in, a crash of the simulator is to stay one.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":handle_segv=0"
    with tempfile.TemporaryDirectory(prefix="carom-stress.") as scratch:
        os.chdir(scratch)
        fake = ["--library", os.environ["CAROM_FAKE_NGSPICE"], "--time-limit", "0.3"]
        failed = play([
            Study("real", REAL, 150, ["--time-limit", "2"]),
            Study("crash", FAKE, 2000, fake, "run if @r1[resistance]>1150 crash"),
            Study("hang", FAKE, 500, fake, "run if @r1[resistance]>1195 hang"),
            Study("nothing", FAKE, 2000, fake, "run if @r1[resistance]>1150 nothing"),
        ])
        os.chdir("/")
    sys.exit(1 if failed else 0)


main()
