/* SPDX-License-Identifier: BSD-3-Clause */
/* Units of the types of variables, of all simulators. */
#include "base/unit.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Source: ngspice 39 src/frontend/typesdef.c; LTspice writes device_current and subckt_current. */
const char *unit_of_type(const char *type)
{
	static const struct {
		const char *type, *unit;
	} units[] = {
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
		{"temperature", "Celsius"},
		{"temp-sweep", "Celsius"},
		{"res-sweep", "Ohm"},
		{"impedance", "Ohm"},
		{"admittance", "S"},
		{"power", "W"},
		{"phase", "rad"},
		{"decibel", "dB"},
		{"capacitance", "F"},
		{"charge", "C"},
		{"device_current", "A"},
		{"subckt_current", "A"},
	};
	static const char *const known[] = {"s", "Hz", "V", "A", "W", "Ohm", "F", "C", "S", "dB"};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcasecmp(type, units[i].type) == 0)
			return units[i].unit;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(type, known[i]) == 0)
			return known[i];
	return "";
}
