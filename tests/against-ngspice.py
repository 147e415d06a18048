#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: against-ngspice.py DECK STORE TOLERANCE [MEASUREMENT=FLOOR]...

Runs each sample of a store by a fresh "ngspice -b" with the same values, takes the measurements by
definitions of its own and compares. The deck's cards are edited here as text, the way a designer
would do it by hand: an element's value, a number of a .model, a copy of the model for one device.
Exit status 3 where a measurement differs by more than TOLERANCE, relative, plus its FLOOR,
absolute (0 where none is given)."""
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
import zarr

OK = 1


# ---- the deck ----


def read_cards(path):
    """The lines, continuations joined."""
    cards = []
    for line in open(path, encoding="utf-8").read().splitlines():
        if line.startswith("+"):
            cards[-1] += " " + line[1:]
        else:
            cards.append(line)
    return cards


def find_card(cards, word):
    found = [i for i, card in enumerate(cards) if i and card.lower().split()[:1] == [word]]
    assert len(found) == 1, f"{word}: {len(found)} cards"
    return found[0]


def set_number(card, parameter, value):
    """bf=200 -> bf=187.5 in a .model card."""
    pattern = rf"\b({parameter}\s*=\s*)[^\s)]+"
    assert len(re.findall(pattern, card)) == 1, f"{parameter} in {card}"
    return re.sub(pattern, rf"\g<1>{value:.17g}", card)


class Deck:
    def __init__(self, path):
        self.cards = read_cards(path)

    def model(self, name):
        for i, card in enumerate(self.cards):
            if i and card.lower().split()[:2] == [".model", name]:
                return i
        return None

    def set(self, name, value):
        target, _, parameter = name.partition(":")
        if not parameter:
            self.set_value(target, value)
        elif self.model(target) is not None:
            self.set_model(target, parameter, value)
        else:
            own = self.give_own_model(target)
            self.set_model(own, parameter, value)

    def set_value(self, element, value):
        i = find_card(self.cards, element)
        words = self.cards[i].split()
        assert element[0] in "rcl", element
        words[3] = f"{value:.17g}"
        self.cards[i] = " ".join(words)

    def set_model(self, name, parameter, value):
        i = self.model(name)
        self.cards[i] = set_number(self.cards[i], parameter, value)

    def give_own_model(self, element):
        """The device's model becomes a copy with the same numbers; the copy's name."""
        own = f"own_{element}"
        if self.model(own) is None:
            i = find_card(self.cards, element)
            words = self.cards[i].split()
            at = next(k for k in range(3, len(words)) if self.model(words[k]) is not None)
            card = self.cards[self.model(words[at])].split(None, 2)
            words[at] = own
            self.cards[i] = " ".join(words)
            self.cards.insert(len(self.cards) - 1, f".model {own} {card[2]}")
        return own

    def text(self):
        return "\n".join(self.cards) + "\n"


def sample_deck(path, values):
    """The numbers of whole models first: a device's own copy inherits them."""
    deck = Deck(path)
    for name in sorted(values, key=lambda name: deck.model(name.partition(":")[0]) is None):
        deck.set(name, values[name])
    return deck.text()


# ---- the simulator ----


def read_raw(path):
    """Plots in order, each a dictionary of columns; "" is the scale."""
    bytes_left = open(path, "rb").read()
    plots = []
    while bytes_left:
        header, _, bytes_left = bytes_left.partition(b"Binary:\n")
        fields = dict(re.findall(r"^([A-Z][\w. ]*): *(.*)$", header.decode(), re.M))
        names = re.findall(r"^\t\d+\t(\S+)", header.decode(), re.M)
        dtype = np.dtype("<c16" if "complex" in fields["Flags"] else "<f8")
        n = int(fields["No. Points"]) * len(names)
        table = np.frombuffer(bytes_left[: n * dtype.itemsize], dtype).reshape(-1, len(names))
        columns = {name.lower(): table[:, k] for k, name in enumerate(names)}
        columns[""] = table[:, 0].real
        plots.append((fields["Plotname"], columns))
        bytes_left = bytes_left[n * dtype.itemsize :]
    return plots


PLOTS = {"op": "Operating Point", "ac": "AC Analysis", "tran": "Transient Analysis"}


def simulate(folder, k, text):
    deck, raw = f"{folder}/{k}.cir", f"{folder}/{k}.raw"
    with open(deck, "w", encoding="utf-8") as file:
        file.write(text)
    done = subprocess.run(
        ["ngspice", "-b", "-r", raw, deck],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert os.path.exists(raw), f"sample {k}: {done.stdout[-500:]} {done.stderr[-500:]}"
    return {name: columns for name, columns in read_raw(raw)}


# ---- the measurements ----


def mean(x, y):
    return np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2) / (x[-1] - x[0])


def cross(x, y, level, edge, count):
    rising, falling = (y[:-1] < level) & (y[1:] >= level), (y[:-1] > level) & (y[1:] <= level)
    hits = {"rise": rising, "fall": falling, "either": rising | falling}[edge]
    i = np.flatnonzero(hits)[count - 1]
    return x[i] + (x[i + 1] - x[i]) * (level - y[i]) / (y[i + 1] - y[i])


REDUCERS = {
    "max": lambda x, y: np.max(y),
    "min": lambda x, y: np.min(y),
    "pp": lambda x, y: np.max(y) - np.min(y),
    "final": lambda x, y: y[-1],
    "avg": mean,
    "rms": lambda x, y: np.sqrt(mean(x, y * y)),
    "at": lambda x, y, place: np.interp(place, x, y),
}

FUNCTIONS = {
    "db": lambda y: 20 * np.log10(np.abs(y)),
    "cph": lambda y: np.unwrap(np.angle(y)),
    "pi": np.pi,
}


def evaluate(expression, columns):
    """An expression of v(net), i(element) and the functions above."""
    python = re.sub(r"\b([vi]\(\w+\))", r'column("\1")', expression)
    return eval(python, {**FUNCTIONS, "column": lambda name: columns[name]})


def split_arguments(text):
    """"a(b, c), d" -> ["a(b, c)", "d"]"""
    words, depth = [""], 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            words.append("")
        else:
            words[-1] += c
    return [word.strip() for word in words]


def measure(definition, plot, plots, earlier):
    """definition: "max(v(out))", or "ac max(v(out))" """
    reducer, rest = re.fullmatch(r"(?:\w+ )?(\w+)\((.*)\)", definition).groups()
    expression, *arguments = split_arguments(rest)
    columns = plots[PLOTS[plot]]
    x, y = columns[""], evaluate(expression, columns)
    if reducer == "cross":
        return cross(x, y, float(arguments[0]), arguments[1], int(arguments[2]))
    return REDUCERS[reducer](x, y, *[earlier[a] if a in earlier else float(a) for a in arguments])


def measure_all(study, plots):
    values = {}
    for entry in study["measures"]:
        values[entry["name"]] = measure(entry["definition"], entry["plot"], plots, values)
    return values


# ---- the comparison ----


def compare(group, k, values, folder, deck):
    """For each measurement: how far the stored value is from the fresh one, and its size."""
    plots = simulate(folder, k, sample_deck(deck, values))
    fresh = measure_all(group.attrs["study"], plots)
    return {name: (abs(group[name][k] - value), abs(value)) for name, value in fresh.items()}


def compare_all(group, deck):
    parameters = {name: group[name][:] for name in group.attrs["parameters"]}
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/.spiceinit", "w", encoding="utf-8") as file:
            file.write("set num_threads=1\n")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return list(
                pool.map(
                    lambda k: compare(
                        group, k, {n: c[k] for n, c in parameters.items()}, folder, deck
                    ),
                    range(group["status"].size),
                )
            )


def main(deck, store, tolerance, floors):
    group = zarr.open_group(store, mode="r")
    status = group["status"][:]
    assert len(status) > 0 and np.all(status == OK), f"status: {np.bincount(status)}"
    samples = compare_all(group, deck)
    is_equal = True
    for name in group.attrs["measurements"]:
        differences, sizes = np.array([sample[name] for sample in samples]).T
        is_equal &= bool(np.all(differences <= tolerance * sizes + floors.get(name, 0.0)))
        relative = np.divide(differences, sizes, out=np.zeros_like(sizes), where=differences > 0)
        print(f"{name}: up to {differences.max():.2g}, relative {relative.max():.2g}")
    return 0 if is_equal else 3


if __name__ == "__main__":
    named = dict(word.split("=") for word in sys.argv[4:])
    floor_of = {name: float(floor) for name, floor in named.items()}
    sys.exit(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), floor_of))
