/* SPDX-License-Identifier: BSD-3-Clause */
/* carom: ngspice in memory. Include this one header. */
#ifndef CAROM_H
#define CAROM_H

#include "carom-arrow.h"
#include "carom-circuit.h"
#include "carom-edit.h"
#include "carom-error.h"
#include "carom-graph.h"
#include "carom-library.h"
#include "carom-param.h"
#include "carom-plot.h"
#include "carom-raw.h"
#include "carom-report.h"
#include "carom-run.h"
#include "carom-session.h"
#include "carom-spectrum.h"
#include "carom-statistics.h"
#include "carom-store.h"
#include "carom-study.h"
#include "carom-table.h"
#include "carom-topology.h"
#include "carom-version.h"

#endif
