/* SPDX-License-Identifier: BSD-3-Clause */
/* The circuit: a graph of nets and elements in memory, built by calls or imported from a deck. */
#ifndef CAROM_CIRCUIT_H
#define CAROM_CIRCUIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-error.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Names are compared without regard to case, as SPICE does; ground is "0", "gnd" too.  A circuit
 * may be used by one thread at a time, with its subcircuits: a question too may write into it,
 * since what is found out is kept.  Different circuits may be used by different threads.
 *
 * The functions that build take the error last and do nothing once it is set, so that a circuit
 * can be built without a test after each call:
 *
 *	struct carom_error err = CAROM_ERROR_INIT;
 *	carom_add_resistor(c, "r1", carom_net(c, "in", &err), carom_net(c, "out", &err), 1e3, &err);
 *	if (err.status) ...
 *
 * Pointers and strings are not NULL where it is not said that they may be; what frees, releases or
 * closes takes NULL, here and in all of carom.  Names that are returned are the circuit's, valid as
 * long as it is; "" for a handle that is not of the circuit.
 */
struct carom_circuit;
struct carom_library;

/* Handles into one circuit, passed by value; valid until their circuit is freed. */
struct carom_net {
	uint32_t index;
};
struct carom_element {
	uint32_t index;
};

#define CAROM_NO_INDEX UINT32_MAX /* index of a handle that stands for nothing */

static inline bool carom_net_is_valid(struct carom_net net)
{
	return net.index != CAROM_NO_INDEX;
}

static inline bool carom_element_is_valid(struct carom_element element)
{
	return element.index != CAROM_NO_INDEX;
}

/* ---- life ---- */

/*
 * A circuit with ground only.  title: first line of the deck, NULL for "carom".  NULL on failure.
 */
struct carom_circuit *carom_circuit_new(const char *title, struct carom_error *err);
void carom_circuit_free(struct carom_circuit *circuit); /* with its subcircuits */

struct carom_import_options {
	size_t size;     /* sizeof(struct carom_import_options) */
	bool is_trusted; /* accept and send .control, *# and other cards that run commands */

	/*
	 * carom-library.h: a file or section that one of these holds is taken from there, not read
	 */
	struct carom_library *const *libraries;
	size_t n_libraries;

	/*
	 * Folders or files, outside of which a deck that is not trusted reads nothing: neither by
	 * .include and .lib (ERROR_TRUST, after all links), nor by the file names of its code
	 * models.  The deck itself and the libraries are the caller's choice and may be anywhere.
	 * None: it reads whatever the process can read, and errors quote it, so who runs the decks
	 * of others and shows them what becomes of these names folders here.
	 */
	const char *const *roots;
	size_t n_roots;

	/*
	 * Sections of libraries instead of those that the deck's .lib cards name: "ss" for all of
	 * these cards, "tt=ss" for those that name tt, which goes before.  What a section names
	 * itself stays as it is.  One that is no card's is ERROR_NOT_FOUND.
	 */
	const char *const *sections;
	size_t n_sections;
};

/*
 * Read a deck.  .include and .lib are resolved relative to the file that names them and read now;
 * nothing is read later.  Errors say file and line, and the column of a byte that cannot be.
 * options may be NULL for the defaults.
 * On failure *circuit is NULL.
 */
int carom_circuit_import_file(struct carom_circuit **circuit, const char *path,
			      const struct carom_import_options *options, struct carom_error *err);

/*
 * The same from memory; name stands for the file in messages; includes are relative to its folder.
 */
int carom_circuit_import_text(struct carom_circuit **circuit, const char *text, size_t length,
			      const char *name, const struct carom_import_options *options,
			      struct carom_error *err);

const char *carom_circuit_title(const struct carom_circuit *circuit);
size_t carom_circuit_net_count(const struct carom_circuit *circuit);     /* ground included */
size_t carom_circuit_element_count(const struct carom_circuit *circuit); /* without removed ones */

/* ---- nets and elements ---- */

/* The net of this name, made if it is new. */
struct carom_net carom_net(struct carom_circuit *circuit, const char *name,
			   struct carom_error *err);
struct carom_net carom_circuit_ground(const struct carom_circuit *circuit);
/* Look-up, O(1); an invalid handle if there is none. */
struct carom_net carom_circuit_find_net(const struct carom_circuit *circuit, const char *name);
struct carom_element carom_circuit_find_element(const struct carom_circuit *circuit,
						const char *name);
const char *carom_net_name(const struct carom_circuit *circuit, struct carom_net net);
const char *carom_element_name(const struct carom_circuit *circuit, struct carom_element element);
size_t carom_element_pin_count(const struct carom_circuit *circuit, struct carom_element element);
/* Net at pin 0 .. count - 1, in the order of the card. */
struct carom_net carom_element_net(const struct carom_circuit *circuit,
				   struct carom_element element, size_t pin);

/*
 * Builders.  Each appends one element and returns its handle; an invalid handle on failure (name
 * does not begin with the letter of its kind, name in use, net not of this circuit, bad value).
 * Strings are copied.  tail / params: the rest of the card in SPICE's words, NULL for nothing.
 */
struct carom_element carom_add_resistor(struct carom_circuit *circuit, const char *name,
					struct carom_net a, struct carom_net b, double ohms,
					struct carom_error *err);
struct carom_element carom_add_capacitor(struct carom_circuit *circuit, const char *name,
					 struct carom_net a, struct carom_net b, double farads,
					 struct carom_error *err);
struct carom_element carom_add_inductor(struct carom_circuit *circuit, const char *name,
					struct carom_net a, struct carom_net b, double henries,
					struct carom_error *err);
/* K: coupling between two inductors, which must exist. 0 < |coefficient| <= 1. */
struct carom_element carom_add_coupling(struct carom_circuit *circuit, const char *name,
					const char *inductor1, const char *inductor2,
					double coefficient, struct carom_error *err);
/* V and I; tail such as "dc 5", "dc 0 ac 1", "pulse(0 5 0 1n 1n 1u 2u)". Current flows a to b. */
struct carom_element carom_add_voltage_source(struct carom_circuit *circuit, const char *name,
					      struct carom_net plus, struct carom_net minus,
					      const char *tail, struct carom_error *err);
struct carom_element carom_add_current_source(struct carom_circuit *circuit, const char *name,
					      struct carom_net plus, struct carom_net minus,
					      const char *tail, struct carom_error *err);
/* E and G: controlled by v(control_plus, control_minus). gain in V/V or A/V. */
struct carom_element carom_add_vcvs(struct carom_circuit *circuit, const char *name,
				    struct carom_net plus, struct carom_net minus,
				    struct carom_net control_plus, struct carom_net control_minus,
				    double gain, struct carom_error *err);
struct carom_element carom_add_vccs(struct carom_circuit *circuit, const char *name,
				    struct carom_net plus, struct carom_net minus,
				    struct carom_net control_plus, struct carom_net control_minus,
				    double siemens, struct carom_error *err);
/* F and H: controlled by the current through the voltage source of that name. */
struct carom_element carom_add_cccs(struct carom_circuit *circuit, const char *name,
				    struct carom_net plus, struct carom_net minus,
				    const char *source, double gain, struct carom_error *err);
struct carom_element carom_add_ccvs(struct carom_circuit *circuit, const char *name,
				    struct carom_net plus, struct carom_net minus,
				    const char *source, double ohms, struct carom_error *err);
/* B: expression such as "v=2*v(in)" or "i=v(a)^2". */
struct carom_element carom_add_behavioural_source(struct carom_circuit *circuit, const char *name,
						  struct carom_net plus, struct carom_net minus,
						  const char *expression, struct carom_error *err);
struct carom_element carom_add_diode(struct carom_circuit *circuit, const char *name,
				     struct carom_net anode, struct carom_net cathode,
				     const char *model, const char *params,
				     struct carom_error *err);
struct carom_element carom_add_bjt(struct carom_circuit *circuit, const char *name,
				   struct carom_net collector, struct carom_net base,
				   struct carom_net emitter, const char *model, const char *params,
				   struct carom_error *err);
struct carom_element carom_add_jfet(struct carom_circuit *circuit, const char *name,
				    struct carom_net drain, struct carom_net gate,
				    struct carom_net source, const char *model, const char *params,
				    struct carom_error *err);
struct carom_element carom_add_mosfet(struct carom_circuit *circuit, const char *name,
				      struct carom_net drain, struct carom_net gate,
				      struct carom_net source, struct carom_net bulk,
				      const char *model, const char *params,
				      struct carom_error *err);
/* S: voltage-controlled switch; W: controlled by the current through a voltage source. */
struct carom_element carom_add_switch(struct carom_circuit *circuit, const char *name,
				      struct carom_net plus, struct carom_net minus,
				      struct carom_net control_plus, struct carom_net control_minus,
				      const char *model, struct carom_error *err);
struct carom_element carom_add_current_switch(struct carom_circuit *circuit, const char *name,
					      struct carom_net plus, struct carom_net minus,
					      const char *source, const char *model,
					      struct carom_error *err);
/* T: lossless line; params such as "z0=50 td=10n". */
struct carom_element carom_add_line(struct carom_circuit *circuit, const char *name,
				    struct carom_net a_plus, struct carom_net a_minus,
				    struct carom_net b_plus, struct carom_net b_minus,
				    const char *params, struct carom_error *err);
/* X: nets in the order of the subcircuit's ports. */
struct carom_element carom_add_instance(struct carom_circuit *circuit, const char *name,
					const struct carom_net *nets, size_t n_nets,
					const char *subcircuit, const char *params,
					struct carom_error *err);
/* Any one element of SPICE's letters, as the card would say it. */
struct carom_element carom_add_element(struct carom_circuit *circuit, const char *card,
				       struct carom_error *err);

/* A dot-card (".ac dec 10 1 1meg"), passed on in its place as written. */
int carom_circuit_add_card(struct carom_circuit *circuit, const char *card,
			   struct carom_error *err);
/* type: npn, pnp, d, nmos, ...; params: "bf=100 is=1e-15". */
int carom_circuit_add_model(struct carom_circuit *circuit, const char *name, const char *type,
			    const char *params, struct carom_error *err);
/*
 * A new, empty subcircuit to build into; owned by circuit.  Its ports are n_ports different nets,
 * none of them ground, or else ERROR_EXISTS and ERROR_ARGUMENT.
 */
struct carom_circuit *carom_circuit_add_subcircuit(struct carom_circuit *circuit, const char *name,
						   const char *const *ports, size_t n_ports,
						   struct carom_error *err);

/* ---- values ---- */

/*
 * The element's main value: R ohm, C farad, L henry, K coefficient, V/I the DC value, E/F/G/H gain.
 * Read from the card at the first question and known then.  ERROR_PARAMETER if the element has no
 * such number (an expression, a model, a waveform): carom_circuit_resolve (carom-param.h) computes
 * expressions.  A new value is written on the card when that is next needed; an expression in its
 * place is overwritten.
 */
int carom_element_value(const struct carom_circuit *circuit, struct carom_element element,
			double *value, struct carom_error *err);
int carom_element_set_value(struct carom_circuit *circuit, struct carom_element element,
			    double value, struct carom_error *err);

/* ---- emission ---- */

/* One line of the deck.  text (not terminated within length) is valid during the call. */
struct carom_card {
	const char *text;
	size_t length;
	const char *source; /* file the card comes from; "" when built by calls */
	int line;           /* its first line there, from 1; 0 when built by calls */
};

/* Returns 0 to go on, anything else to stop; that value is then returned by emit. */
typedef int carom_card_fn(void *arg, const struct carom_card *card);

enum carom_order {
	CAROM_ORDER_WRITTEN, /* as imported or built */
	/*
	 * Definitions and other dot-cards as written, then the elements breadth-first from ground
	 * (carom-graph.h).  Subcircuits are as written inside; elements between .if and .endif stay
	 * there, among the dot-cards.
	 */
	CAROM_ORDER_BREADTH_FIRST
};

struct carom_emit_options {
	size_t size; /* sizeof(struct carom_emit_options) */
	enum carom_order order;
	bool only_reached; /* leave out subcircuits, models, parameters, functions nobody uses */
};

/*
 * With only_reached a name counts as used where a card that is sent has a word it begins with, in
 * whatever place, so that too much is sent rather than too little; the order stays, and of a .param
 * card the parameters that are used are sent, of a binned model the bins that transistors have by
 * their l and w.  Everything is sent if the circuit holds .control.
 */

/* Every card in order, title first, ".end" last.  options may be NULL for the defaults. */
int carom_circuit_emit(const struct carom_circuit *circuit,
		       const struct carom_emit_options *options, carom_card_fn *sink, void *arg);

/*
 * The deck as one string of lines; the caller frees it with free().  options as of emit.  NULL when
 * out of memory.
 */
char *carom_circuit_to_text(const struct carom_circuit *circuit,
			    const struct carom_emit_options *options);

struct carom_share {
	size_t sent, all;
};

/* How much of the circuit goes out with only_reached. */
struct carom_reach {
	struct carom_share cards; /* ".end" and ".ends" are among them */
	struct carom_share subcircuits, models;
	struct carom_share params;    /* of .param cards */
	struct carom_share functions; /* of .func cards */
};

/* Linear in the size of the deck.  Returns 0 or ERROR_MEMORY, all counts 0 then. */
int carom_circuit_reach(const struct carom_circuit *circuit, struct carom_reach *reach,
			struct carom_error *err);

/* ---- notes and checks ---- */

enum carom_severity { CAROM_SEVERITY_NOTE, CAROM_SEVERITY_WARNING, CAROM_SEVERITY_ERROR };

/* One finding; strings are valid as long as the list that gave it. */
struct carom_finding {
	enum carom_severity severity;
	enum carom_status status; /* what kind of error it would be */
	const char *source;
	int line;
	const char *text;
	const char *id; /* "floating-net", ...: docs/lint.md has them all; of notes "import" */
};

struct carom_findings;
size_t carom_findings_count(const struct carom_findings *findings);
struct carom_finding carom_findings_get(const struct carom_findings *findings, size_t index);
void carom_findings_free(struct carom_findings *findings);

/*
 * What import left out, changed or did not understand: ".control block not executed", a dot-card
 * nobody knows, a card in a library section that is no element (it goes on as it stands); borrowed.
 */
const struct carom_findings *carom_circuit_notes(const struct carom_circuit *circuit);

/*
 * Check before simulation; docs/lint.md explains each finding.  An error: ngspice would not run the
 * circuit, or would die of it.  A warning: it runs, but likely not as it was meant.  *findings, by
 * file and line, is to be freed by the caller.  Returns 0 if the check could be made, whatever it
 * found.
 */
int carom_circuit_lint(const struct carom_circuit *circuit, struct carom_findings **findings,
		       struct carom_error *err);

/* The identifiers of all that lint can find, from index 0 on, NULL behind the last. */
const char *carom_lint_id(size_t index, enum carom_severity *severity); /* severity may be NULL */

#ifdef __cplusplus
}
#endif

#endif
