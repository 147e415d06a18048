/* SPDX-License-Identifier: BSD-3-Clause */
/* The temperature that a deck asks for. */
#ifndef CIRCUIT_TEMPERATURE_H
#define CIRCUIT_TEMPERATURE_H

#include "circuit/circuit.h"

/*
 * In degrees Celsius: of the last .temp card; where there is none, of the last "temp=" of the .options;
 * else 27.  NAN if that is no plain number.  Source: ngspice 39 src/frontend/inp.c (inp_spsource).
 */
double circuit_temperature(const struct carom_circuit *circuit);

#endif
