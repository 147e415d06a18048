/* SPDX-License-Identifier: BSD-3-Clause */
/* Names and units of ngspice's vector types. */
#include <stddef.h>

#include "base/unit.h"
#include "ng-session.h"

/* Source: ngspice 39 src/include/ngspice/sim.h (order), src/frontend/typesdef.c (names). */
static const char *const names[] = {
	"notype",
	"time",
	"frequency",
	"voltage",
	"current",
	"voltage-density",
	"current-density",
	"voltage^2-density",
	"current^2-density",
	"voltage^2",
	"current^2",
	"pole",
	"zero",
	"s-param",
	"temp-sweep",
	"res-sweep",
	"impedance",
	"admittance",
	"power",
	"phase",
	"decibel",
	"capacitance",
	"charge",
	"temperature",
};

static int known_type(int type)
{
	return type >= 0 && (size_t)type < sizeof(names) / sizeof(names[0]) ? type : 0;
}

const char *ng_type_unit(int type)
{
	return unit_of_type(ng_type_name(type));
}

const char *ng_type_name(int type)
{
	return names[known_type(type)];
}
