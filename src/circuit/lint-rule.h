/* SPDX-License-Identifier: BSD-3-Clause */
/* What lint may find: one list of all kinds of findings, which docs/lint.md explains. */
#ifndef CIRCUIT_LINT_RULE_H
#define CIRCUIT_LINT_RULE_H

#include "carom-circuit.h"

/*
 * X(rule, identifier, severity, status).  An error: ngspice does not run the deck, or dies of it, or
 * cannot be used any more.  A warning: it runs, and what comes out is likely not what was meant.
 */
#define LINT_RULE_LIST(X)                                                \
	/* the deck */                                                   \
	X(NO_ANALYSIS, "no-analysis", ERROR, ARGUMENT)                   \
	X(BAD_ANALYSIS, "bad-analysis", ERROR, SYNTAX)                   \
	X(ENDLESS_SWEEP, "endless-sweep", ERROR, ARGUMENT)               \
	X(CRASHING_SENS, "crashing-sens", ERROR, STATE)                  \
	X(SWEPT_SOURCE, "swept-source", ERROR, NOT_FOUND)                \
	X(MISSING_DOT, "missing-dot", WARNING, SYNTAX)                   \
	X(START_VALUE, "start-value", ERROR, SYNTAX)                     \
	X(CONDITION, "condition", ERROR, SYNTAX)                         \
	X(UNKNOWN_CARD, "unknown-card", ERROR, SYNTAX)                   \
	X(COMPAT_MODE, "compat-mode", WARNING, SYNTAX)                   \
	/* names */                                                      \
	X(DUPLICATE_ELEMENT, "duplicate-element", ERROR, EXISTS)         \
	X(DUPLICATE_SUBCIRCUIT, "duplicate-subcircuit", WARNING, EXISTS) \
	X(DUPLICATE_MODEL, "duplicate-model", WARNING, EXISTS)           \
	X(DUPLICATE_PARAM, "duplicate-param", WARNING, EXISTS)           \
	X(MISSING_MODEL, "missing-model", ERROR, MODEL)                  \
	X(MODEL_TYPE, "model-type", ERROR, MODEL)                        \
	X(NUMERICAL_MODEL, "numerical-model", ERROR, MODEL)              \
	X(MISSING_SUBCIRCUIT, "missing-subcircuit", ERROR, MODEL)        \
	X(RECURSIVE_SUBCIRCUIT, "recursive-subcircuit", ERROR, TOPOLOGY) \
	X(NESTING_DEPTH, "nesting-depth", ERROR, LIMIT)                  \
	X(PIN_COUNT, "pin-count", ERROR, TOPOLOGY)                       \
	X(CODE_MODEL_PORT, "code-model-port", ERROR, TOPOLOGY)           \
	X(MISSING_ELEMENT, "missing-element", ERROR, NOT_FOUND)          \
	X(MISSING_NET, "missing-net", ERROR, TOPOLOGY)                   \
	X(UNKNOWN_NET, "unknown-net", WARNING, NOT_FOUND)                \
	X(UNKNOWN_OUTPUT, "unknown-output", WARNING, NOT_FOUND)          \
	X(RESERVED_NAME, "reserved-name", ERROR, SYNTAX)                 \
	/* parameters and expressions */                                 \
	X(UNDEFINED_PARAM, "undefined-param", ERROR, PARAMETER)          \
	X(UNDEFINED_FUNCTION, "undefined-function", ERROR, PARAMETER)    \
	X(MISSING_VALUE, "missing-value", ERROR, SYNTAX)                 \
	X(BAD_EXPRESSION, "bad-expression", ERROR, SYNTAX)               \
	X(BAD_PARAM, "bad-param", ERROR, SYNTAX)                         \
	X(BAD_FUNCTION, "bad-function", ERROR, SYNTAX)                   \
	X(RECURSIVE_FUNCTION, "recursive-function", ERROR, SYNTAX)       \
	X(ARGUMENT_COUNT, "argument-count", ERROR, SYNTAX)               \
	X(DRAWN_ONCE, "drawn-once", WARNING, PARAMETER)                  \
	X(NO_INSTANCE_PARAMS, "no-instance-params", ERROR, PARAMETER)    \
	X(UNUSED_PARAM, "unused-param", WARNING, PARAMETER)              \
	/* values */                                                     \
	X(BAD_VALUE, "bad-value", ERROR, PARAMETER)                      \
	X(ELEMENT_PARAM, "element-param", ERROR, PARAMETER)              \
	X(BAD_SOURCE, "bad-source", ERROR, SYNTAX)                       \
	X(PORT_NUMBER, "port-number", ERROR, PARAMETER)                  \
	X(ZERO_RESISTANCE, "zero-resistance", WARNING, PARAMETER)        \
	X(COUPLING_FACTOR, "coupling-factor", WARNING, PARAMETER)        \
	X(SUFFIX, "suffix", WARNING, PARAMETER)                          \
	X(BAD_WAVEFORM, "bad-waveform", ERROR, SYNTAX)                   \
	X(EXTERNAL_DC, "external-dc", ERROR, STATE)                      \
	X(EXTERNAL_SOURCE, "external-source", WARNING, STATE)            \
	/* topology */                                                   \
	X(FLOATING_NET, "floating-net", WARNING, TOPOLOGY)               \
	X(SINGULAR_NET, "singular-net", ERROR, TOPOLOGY)                 \
	X(DANGLING_NET, "dangling-net", WARNING, TOPOLOGY)               \
	X(VOLTAGE_LOOP, "voltage-loop", ERROR, TOPOLOGY)                 \
	X(INDUCTOR_LOOP, "inductor-loop", WARNING, TOPOLOGY)

enum lint_rule {
#define LINT_RULE_ENUM(rule, id, severity, status) RULE_##rule,
	LINT_RULE_LIST(LINT_RULE_ENUM)
#undef LINT_RULE_ENUM
		N_LINT_RULES
};

/*
 * The same as a kind of finding that ends the process ngspice is in, as others of the rule need not: it
 * crashes, or calls exit().
 */
#define LINT_DEADLY 0x100
#define DEADLY(rule) ((enum lint_rule)((rule) | LINT_DEADLY))

struct lint_rule_info {
	const char *id;
	enum carom_severity severity;
	enum carom_status status;
};

extern const struct lint_rule_info lint_rules[N_LINT_RULES];

#endif
