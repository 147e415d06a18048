/* SPDX-License-Identifier: BSD-3-Clause */
/* Units and names of ngspice's vector types. */
#include <stddef.h>

#include "ng-session.h"

/* Source: ngspice 39 src/include/ngspice/sim.h (order), src/frontend/typesdef.c (names). */
static const struct {
	const char *name;
	const char *unit;
} types[] = {
	{"notype", ""},
	{"time", "s"},
	{"frequency", "Hz"},
	{"voltage", "V"},
	{"current", "A"},
	{"voltage-density", "V/sqrt(Hz)"},
	{"current-density", "A/sqrt(Hz)"},
	{"voltage^2-density", "V^2/Hz"},
	{"current^2-density", "A^2/Hz"},
	{"voltage^2", "V^2"},
	{"current^2", "A^2"},
	{"pole", ""},
	{"zero", ""},
	{"s-param", ""},
	{"temp-sweep", "Celsius"},
	{"res-sweep", "Ohm"},
	{"impedance", "Ohm"},
	{"admittance", "S"},
	{"power", "W"},
	{"phase", "rad"},
	{"decibel", "dB"},
	{"capacitance", "F"},
	{"charge", "C"},
	{"temperature", "Celsius"},
};

static int known_type(int type)
{
	return type >= 0 && (size_t)type < sizeof(types) / sizeof(types[0]) ? type : 0;
}

const char *ng_type_unit(int type)
{
	return types[known_type(type)].unit;
}

const char *ng_type_name(int type)
{
	return types[known_type(type)].name;
}
