/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of code models, after the interface specifications (ifspec.ifs) of ngspice 39. */
#include "circuit/code-model.h"

#include <stdlib.h>

#include "base/name.h"

#define SCALAR(name, types)              \
	{                                \
		name, types, 0, 0, false \
	}
#define OPTIONAL(name, types)           \
	{                               \
		name, types, 0, 0, true \
	}
#define VECTOR(name, types, least)           \
	{                                    \
		name, types, least, 0, false \
	}

#define INPUT "v vd i id vnam"
#define OUTPUT "v vd i id"
#define VOLTAGE "v vd"
#define BRANCH "gd"
#define DIGITAL "d"

/* In order of their names. */
static const struct code_model models[] = {
	{.name = "adc_bridge",
	 .has_pairs = true,
	 .ports = {VECTOR("in", INPUT, 1), VECTOR("out", DIGITAL, 1)}},
	{.name = "aswitch", .ports = {SCALAR("cntl_in", INPUT), SCALAR("out", BRANCH)}},
	{.name = "bidi_bridge",
	 .has_pairs = true,
	 .ports = {VECTOR("a", "g gd", 1), VECTOR("d", DIGITAL, 1), {"dir", DIGITAL, 1, 0, true}}},
	{.name = "capacitoric", .ports = {SCALAR("cap", "hd")}},
	{.name = "climit",
	 .ports = {SCALAR("in", INPUT), SCALAR("cntl_upper", INPUT), SCALAR("cntl_lower", INPUT),
		   SCALAR("out", OUTPUT)}},
	{.name = "cmeter", .ports = {SCALAR("in", VOLTAGE), SCALAR("out", OUTPUT)}},
	{.name = "core", .ports = {SCALAR("mc", "gd g")}},
	{.name = "d_and", .ports = {VECTOR("in", DIGITAL, 2), SCALAR("out", DIGITAL)}},
	{.name = "d_buffer", .ports = {SCALAR("in", DIGITAL), SCALAR("out", DIGITAL)}},
	{.name = "d_dff",
	 .ports = {SCALAR("data", DIGITAL), SCALAR("clk", DIGITAL), OPTIONAL("set", DIGITAL),
		   OPTIONAL("reset", DIGITAL), OPTIONAL("out", DIGITAL),
		   OPTIONAL("nout", DIGITAL)}},
	{.name = "d_dlatch",
	 .ports = {SCALAR("data", DIGITAL), SCALAR("enable", DIGITAL), OPTIONAL("set", DIGITAL),
		   OPTIONAL("reset", DIGITAL), OPTIONAL("out", DIGITAL),
		   OPTIONAL("nout", DIGITAL)}},
	{.name = "d_dt", .ports = {SCALAR("in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "d_fdiv", .ports = {SCALAR("freq_in", DIGITAL), SCALAR("freq_out", DIGITAL)}},
	{.name = "d_genlut", .ports = {VECTOR("in", DIGITAL, 1), VECTOR("out", DIGITAL, 1)}},
	{.name = "d_inverter", .ports = {SCALAR("in", DIGITAL), SCALAR("out", DIGITAL)}},
	{.name = "d_jkff",
	 .ports = {SCALAR("j", DIGITAL), SCALAR("k", DIGITAL), SCALAR("clk", DIGITAL),
		   OPTIONAL("set", DIGITAL), OPTIONAL("reset", DIGITAL), OPTIONAL("out", DIGITAL),
		   OPTIONAL("nout", DIGITAL)}},
	{.name = "d_lut", .ports = {VECTOR("in", DIGITAL, 1), SCALAR("out", DIGITAL)}},
	{.name = "d_nand", .ports = {VECTOR("in", DIGITAL, 2), SCALAR("out", DIGITAL)}},
	{.name = "d_nor", .ports = {VECTOR("in", DIGITAL, 2), SCALAR("out", DIGITAL)}},
	{.name = "d_open_c", .ports = {SCALAR("in", DIGITAL), SCALAR("out", DIGITAL)}},
	{.name = "d_open_e", .ports = {SCALAR("in", DIGITAL), SCALAR("out", DIGITAL)}},
	{.name = "d_or", .ports = {VECTOR("in", DIGITAL, 2), SCALAR("out", DIGITAL)}},
	{.name = "d_osc", .ports = {SCALAR("cntl_in", OUTPUT), SCALAR("out", DIGITAL)}},
	{.name = "d_pulldown", .ports = {SCALAR("out", DIGITAL)}},
	{.name = "d_pullup", .ports = {SCALAR("out", DIGITAL)}},
	{.name = "d_pwm", .ports = {SCALAR("cntl_in", OUTPUT), SCALAR("out", DIGITAL)}},
	{.name = "d_ram",
	 .has_pairs = true,
	 .ports = {VECTOR("data_in", DIGITAL, 1),
		   VECTOR("data_out", DIGITAL, 1),
		   VECTOR("address", DIGITAL, 1),
		   SCALAR("write_en", DIGITAL),
		   {"select", DIGITAL, 1, 16, false}}},
	{.name = "d_source", .ports = {VECTOR("out", DIGITAL, 1)}},
	{.name = "d_srff",
	 .ports = {SCALAR("s", DIGITAL), SCALAR("r", DIGITAL), SCALAR("clk", DIGITAL),
		   OPTIONAL("set", DIGITAL), OPTIONAL("reset", DIGITAL), OPTIONAL("out", DIGITAL),
		   OPTIONAL("nout", DIGITAL)}},
	{.name = "d_srlatch",
	 .ports = {SCALAR("s", DIGITAL), SCALAR("r", DIGITAL), SCALAR("enable", DIGITAL),
		   OPTIONAL("set", DIGITAL), OPTIONAL("reset", DIGITAL), OPTIONAL("out", DIGITAL),
		   OPTIONAL("nout", DIGITAL)}},
	{.name = "d_state",
	 .ports = {{"in", DIGITAL, 1, 0, true},
		   SCALAR("clk", DIGITAL),
		   OPTIONAL("reset", DIGITAL),
		   VECTOR("out", DIGITAL, 1)}},
	{.name = "d_tff",
	 .ports = {SCALAR("t", DIGITAL), SCALAR("clk", DIGITAL), OPTIONAL("set", DIGITAL),
		   OPTIONAL("reset", DIGITAL), OPTIONAL("out", DIGITAL),
		   OPTIONAL("nout", DIGITAL)}},
	{.name = "d_to_real",
	 .ports = {SCALAR("in", DIGITAL), OPTIONAL("enable", DIGITAL), SCALAR("out", "real")}},
	{.name = "d_tristate",
	 .ports = {SCALAR("in", DIGITAL), SCALAR("enable", DIGITAL), SCALAR("out", DIGITAL)}},
	{.name = "d_xnor", .ports = {VECTOR("in", DIGITAL, 2), SCALAR("out", DIGITAL)}},
	{.name = "d_xor", .ports = {VECTOR("in", DIGITAL, 2), SCALAR("out", DIGITAL)}},
	{.name = "dac_bridge",
	 .has_pairs = true,
	 .ports = {VECTOR("in", DIGITAL, 1), VECTOR("out", OUTPUT, 1)}},
	{.name = "delay",
	 .ports = {SCALAR("in", "v vd vnam"), SCALAR("out", VOLTAGE), OPTIONAL("cntrl", OUTPUT)}},
	{.name = "divide",
	 .ports = {SCALAR("num", INPUT), SCALAR("den", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "filesource", .ports = {VECTOR("out", OUTPUT, 1)}},
	{.name = "gain", .ports = {SCALAR("in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "hyst", .ports = {SCALAR("in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "ilimit",
	 .ports = {SCALAR("in", INPUT), OPTIONAL("pos_pwr", "g gd"), OPTIONAL("neg_pwr", "g gd"),
		   SCALAR("out", "g gd")}},
	{.name = "inductoric", .ports = {SCALAR("ind", BRANCH)}},
	{.name = "int", .ports = {SCALAR("in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "lcouple", .ports = {SCALAR("l", "hd h"), SCALAR("mmf_out", "hd")}},
	{.name = "limit", .ports = {SCALAR("in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "lmeter", .ports = {SCALAR("in", VOLTAGE), SCALAR("out", OUTPUT)}},
	{.name = "memristor", .ports = {SCALAR("memris", BRANCH)}},
	{.name = "mult",
	 .ports = {VECTOR("in", INPUT, 2), SCALAR("out", OUTPUT)},
	 .parameters = {"in_offset", "in_gain"}},
	{.name = "multi_input_pwl", .ports = {VECTOR("in", "vd id", 2), SCALAR("out", "vd id")}},
	{.name = "oneshot",
	 .ports = {SCALAR("clk", INPUT), OPTIONAL("cntl_in", INPUT), OPTIONAL("clear", INPUT),
		   SCALAR("out", OUTPUT)}},
	{.name = "potentiometer",
	 .ports = {SCALAR("r0", "g"), SCALAR("wiper", "g"), SCALAR("r1", "g")}},
	{.name = "pswitch", .ports = {SCALAR("cntl_in", "gd g"), SCALAR("out", BRANCH)}},
	{.name = "pwl", .ports = {SCALAR("in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "pwlts", .ports = {SCALAR("out", OUTPUT)}},
	{.name = "real_delay",
	 .ports = {SCALAR("in", "real"), SCALAR("clk", DIGITAL), SCALAR("out", "real")}},
	{.name = "real_gain", .ports = {SCALAR("in", "real"), SCALAR("out", "real")}},
	{.name = "real_to_v", .ports = {SCALAR("in", "real"), SCALAR("out", OUTPUT)}},
	{.name = "s_xfer", .ports = {SCALAR("in", OUTPUT), SCALAR("out", OUTPUT)}},
	{.name = "sidiode", .ports = {SCALAR("ds", BRANCH)}},
	{.name = "sine", .ports = {SCALAR("cntl_in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "slew", .ports = {SCALAR("in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "spice2poly", .ports = {VECTOR("in", "vd id vnam", 1), SCALAR("out", "vd id")}},
	{.name = "square", .ports = {SCALAR("cntl_in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "summer",
	 .ports = {VECTOR("in", INPUT, 2), SCALAR("out", OUTPUT)},
	 .parameters = {"in_offset", "in_gain"}},
	{.name = "table2d",
	 .ports = {SCALAR("inx", INPUT), SCALAR("iny", INPUT), SCALAR("out", "i v vd id")}},
	{.name = "table3d",
	 .ports = {SCALAR("inx", INPUT), SCALAR("iny", INPUT), SCALAR("inz", INPUT),
		   SCALAR("out", "i v vd id")}},
	{.name = "triangle", .ports = {SCALAR("cntl_in", INPUT), SCALAR("out", OUTPUT)}},
	{.name = "zener", .ports = {SCALAR("z", BRANCH)}},
};

static int compare(const void *name, const void *model)
{
	return name_compare(name, ((const struct code_model *)model)->name);
}

const struct code_model *code_model_find(const char *name)
{
	return bsearch(name, models, sizeof(models) / sizeof(models[0]), sizeof(models[0]),
		       compare);
}
