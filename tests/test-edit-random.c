/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random edits of a circuit, marks and rollbacks and want of memory among them, against a sheet of
 * plain structs that is printed anew each time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "carom-edit.h"
#include "support-circuit.h"
#include "support-sheet.h"

enum { MAX_MARKS = 4 };

struct run {
	struct carom_circuit *circuit;
	struct book book;
	struct book kept[MAX_MARKS];
	int n_marks;
	int serial; /* for names that are new */
	uint64_t random;
	int n_failures;
};

static unsigned draw(struct run *run, unsigned n)
{
	run->random = run->random * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(run->random >> 33) % n;
}

static double draw_value(struct run *run)
{
	static const double values[] = {1,   2.5, 1e3, 4.7e-9, -3, 0.1, 1.2345678901234567e-300,
					1e15};

	return values[draw(run, 8)] * (double)(1 + draw(run, 3));
}

static void new_name(struct run *run, char kind, char name[SHEET_NAME])
{
	static const char *const tails[] = {"", "_long", "_l"};

	snprintf(name, SHEET_NAME, "%c%d%s", kind, ++run->serial % 100000, tails[draw(run, 3)]);
}

/* ---- choices ---- */

static struct carom_circuit *circuit_of(struct run *run, const struct sheet *sheet)
{
	struct carom_circuit *cell;

	if (sheet == &run->book.top)
		return run->circuit;
	cell = carom_circuit_find_subcircuit(run->circuit, "cell");
	assert_non_null(cell);
	return cell;
}

/* A living item of one of the kinds; NULL if there is none to be found. */
static struct item *pick(struct run *run, struct sheet *sheet, const char *kinds)
{
	int first = sheet->n_items > 0 ? (int)draw(run, (unsigned)sheet->n_items) : 0;

	for (int i = 0; i < sheet->n_items; i++) {
		struct item *item = &sheet->items[(first + i) % sheet->n_items];

		if (item->is_alive && strchr(kinds, item->kind))
			return item;
	}
	return NULL;
}

static struct carom_element handle(struct run *run, struct sheet *sheet, const struct item *item)
{
	return element_called(circuit_of(run, sheet), item->name);
}

static struct carom_net net_handle(struct run *run, struct sheet *sheet, int net)
{
	struct carom_net found = carom_circuit_find_net(circuit_of(run, sheet), sheet->nets[net]);

	assert_true(carom_net_is_valid(found));
	return found;
}

/* ---- edits, each made in the circuit first and in the sheet only if it was done ---- */

typedef int edit_fn(struct run *run, struct sheet *sheet, struct carom_error *err);

static int add_net(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	char name[SHEET_NAME];

	if (sheet->n_nets == SHEET_MAX_NETS)
		return CAROM_OK;
	new_name(run, 'n', name);
	if (carom_net_is_valid(carom_net(circuit_of(run, sheet), name, err)))
		strcpy(sheet->nets[sheet->n_nets++], name);
	return err->status;
}

static bool choose_references(struct run *run, struct sheet *sheet, struct item *item)
{
	const struct item *source = pick(run, sheet, item->kind == 'k' ? "l" : "v");
	const struct item *other = pick(run, sheet, "l");
	const struct item *model = pick(run, &run->book.top, "M");

	if ((strchr("fkS", item->kind) && !source) || (item->kind == 'k' && source == other) ||
	    (item->kind == 'd' && !model))
		return false;
	if (source)
		strcpy(item->source, source->name);
	if (model)
		strcpy(item->model, model->name);
	if (item->kind == 'k')
		strcpy(item->probe, other->name);
	else
		strcpy(item->probe, sheet->nets[1 + draw(run, (unsigned)sheet->n_nets - 1)]);
	return true;
}

static int add_to_circuit(struct run *run, struct sheet *sheet, const struct item *item,
			  struct carom_error *err)
{
	struct book one = run->book;
	char card[256];
	size_t length;

	sheet_print_item(card, &one, sheet, item);
	length = strlen(card);
	card[length - 1] = '\0';
	if (item_is_element(item))
		carom_add_element(circuit_of(run, sheet), card, err);
	else
		carom_circuit_add_card(circuit_of(run, sheet), card, err);
	return err->status;
}

static int add_item(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item item = {.is_alive = true};
	unsigned n_kinds = sheet == &run->book.top ? 11 : 8;

	if (sheet->n_items == SHEET_MAX_ITEMS)
		return CAROM_OK;
	item.kind = "rlvfkbdPxMS"[draw(run, n_kinds)];
	new_name(run, (char)(item.kind | 0x20), item.name);
	item.nets[0] = (int)draw(run, (unsigned)sheet->n_nets);
	item.nets[1] = (int)draw(run, (unsigned)sheet->n_nets);
	item.value = draw_value(run);
	if (!choose_references(run, sheet, &item))
		return CAROM_OK;
	if (add_to_circuit(run, sheet, &item, err) == CAROM_OK)
		sheet->items[sheet->n_items++] = item;
	return err->status;
}

static int remove_item(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, sheet, draw(run, 2) ? "rlvfkbdx" : "PM");
	struct carom_circuit *circuit = circuit_of(run, sheet);

	if (!item)
		return CAROM_OK;
	if (item_is_element(item))
		carom_element_remove(circuit, handle(run, sheet, item), err);
	else if (item->kind == 'P')
		carom_circuit_remove_param(circuit, item->name, err);
	else
		carom_circuit_remove_model(circuit, item->name, err);
	if (err->status == CAROM_OK)
		item->is_alive = false;
	return err->status;
}

static int remove_saves(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	size_t expected = 0, count;

	for (int i = 0; i < sheet->n_items; i++)
		expected += sheet->items[i].is_alive && sheet->items[i].kind == 'S';
	if (carom_circuit_remove_cards(circuit_of(run, sheet), ".save", &count, err) != CAROM_OK)
		return err->status;
	assert_int_equal(count, expected);
	for (int i = 0; i < sheet->n_items; i++)
		sheet->items[i].is_alive &= sheet->items[i].kind != 'S';
	return CAROM_OK;
}

static void follow(char *name, const char *old, const char *new)
{
	if (strcmp(name, old) == 0)
		strcpy(name, new);
}

static int rename_element(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, sheet, "rlvfkbdx");
	char old[SHEET_NAME], name[SHEET_NAME];

	if (!item)
		return CAROM_OK;
	new_name(run, item->kind, name);
	if (carom_element_rename(circuit_of(run, sheet), handle(run, sheet, item), name, err))
		return err->status;
	strcpy(old, item->name);
	strcpy(item->name, name);
	for (int i = 0; i < sheet->n_items; i++) {
		follow(sheet->items[i].source, old, name);
		if (sheet->items[i].kind == 'k')
			follow(sheet->items[i].probe, old, name);
	}
	return CAROM_OK;
}

static int rename_net(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	int net = 1 + (int)draw(run, (unsigned)sheet->n_nets - 1);
	char name[SHEET_NAME];

	new_name(run, 'n', name);
	if (carom_net_rename(circuit_of(run, sheet), net_handle(run, sheet, net), name, err))
		return err->status;
	for (int i = 0; i < sheet->n_items; i++) {
		if (sheet->items[i].kind != 'k')
			follow(sheet->items[i].probe, sheet->nets[net], name);
	}
	strcpy(sheet->nets[net], name);
	return CAROM_OK;
}

static int reconnect(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, sheet, "rlvfbdx");
	unsigned pin = draw(run, 2);
	int net = (int)draw(run, (unsigned)sheet->n_nets);

	if (item && carom_element_reconnect(circuit_of(run, sheet), handle(run, sheet, item), pin,
					    net_handle(run, sheet, net), err) == CAROM_OK)
		item->nets[pin] = net;
	return err->status;
}

static int set_value(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, sheet, "rlvf");
	double value = draw_value(run);

	if (item && carom_element_set_value(circuit_of(run, sheet), handle(run, sheet, item), value,
					    err) == CAROM_OK)
		item->value = value;
	return err->status;
}

static int set_area(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, sheet, "d");
	double value = draw_value(run);

	if (item && carom_element_set_param(circuit_of(run, sheet), handle(run, sheet, item),
					    "area", value, err) == CAROM_OK)
		item->extra = value;
	return err->status;
}

static int set_diode_model(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, sheet, "d");
	const struct item *model = pick(run, &run->book.top, "M");

	if (item && model &&
	    carom_element_set_model(circuit_of(run, sheet), handle(run, sheet, item), model->name,
				    err) == CAROM_OK)
		strcpy(item->model, model->name);
	return err->status;
}

static int set_model_param(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, &run->book.top, "M");
	bool is_extra = draw(run, 2);
	double value = draw_value(run);

	(void)sheet;
	if (item && carom_model_set_param(run->circuit, item->name, is_extra ? "is" : "n", value,
					  err) == CAROM_OK)
		*(is_extra ? &item->extra : &item->value) = value;
	return err->status;
}

static int set_param(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct item *item = pick(run, sheet, "P");
	double value = draw_value(run);

	if (item &&
	    carom_circuit_set_param(circuit_of(run, sheet), item->name, value, err) == CAROM_OK)
		item->value = value;
	return err->status;
}

static int replace_cell(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	struct sheet *cell = &run->book.cell;
	struct sheet contents = {.nets = {"0", "", "", "n_in"}, .n_nets = 4, .n_items = 2};
	struct carom_circuit *circuit;
	char deck[1024] = "contents\n";
	int64_t none = -1;

	(void)sheet;
	strcpy(contents.nets[1], cell->nets[1]);
	strcpy(contents.nets[2], cell->nets[2]);
	for (int i = 0; i < contents.n_items; i++) {
		contents.items[i] = (struct item){.kind = 'r',
						  .is_alive = true,
						  .nets = {1 + i, 3},
						  .value = draw_value(run)};
		new_name(run, 'r', contents.items[i].name);
	}
	sheet_print(deck + strlen(deck), &run->book, &contents);
	strcat(deck, ".tran 1n 1u\n");
	mem_fail_after(none);
	circuit = import_deck(deck);
	if (draw(run, 2))
		mem_fail_after(draw(run, 60));
	if (carom_circuit_replace_subcircuit(run->circuit, "cell", circuit, err))
		*cell = contents;
	carom_circuit_free(circuit);
	return err->status;
}

static int set_mark(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	(void)sheet;
	if (run->n_marks < MAX_MARKS && carom_circuit_mark(run->circuit, err) == CAROM_OK)
		run->kept[run->n_marks++] = run->book;
	return err->status;
}

static int end_mark(struct run *run, struct sheet *sheet, struct carom_error *err)
{
	(void)sheet;
	if (run->n_marks == 0)
		return CAROM_OK;
	if (draw(run, 3) == 0) {
		assert_int_equal(carom_circuit_commit(run->circuit, err), 0);
		run->n_marks--;
	} else {
		assert_int_equal(carom_circuit_rollback(run->circuit, err), 0);
		run->book = run->kept[--run->n_marks];
	}
	return err->status;
}

/* ---- what must hold after each ---- */

static void check_items(struct run *run, const struct carom_circuit *circuit, struct sheet *sheet)
{
	size_t n_elements = 0;
	double value;

	for (int i = 0; i < sheet->n_items; i++) {
		const struct item *item = &sheet->items[i];
		struct carom_element element = carom_circuit_find_element(circuit, item->name);

		assert_true(!item_is_element(item) ||
			    carom_element_is_valid(element) == item->is_alive);
		n_elements += item_is_element(item) && item->is_alive;
		if (!item->is_alive)
			continue;
		if (item_is_element(item)) {
			assert_string_equal(carom_element_name(circuit, element), item->name);
			for (size_t k = 0; k < carom_element_pin_count(circuit, element); k++)
				assert_string_equal(
					carom_net_name(circuit,
						       carom_element_net(circuit, element, k)),
					sheet->nets[item->nets[k]]);
		}
		if (strchr("rlvf", item->kind)) {
			assert_int_equal(carom_element_value(circuit, element, &value, NULL), 0);
			assert_same_bits(value, item->value);
		}
		if (item->kind == 'd')
			assert_string_equal(carom_element_model(circuit, element), item->model);
		if (item->kind == 'P') {
			assert_int_equal(carom_circuit_param(circuit, item->name, &value, NULL), 0);
			assert_same_bits(value, item->value);
		}
		if (item->kind == 'M') {
			assert_int_equal(carom_model_param(circuit, item->name, "n", &value, NULL),
					 0);
			assert_same_bits(value, item->value);
		}
	}
	assert_int_equal(carom_circuit_element_count(circuit), n_elements);
	(void)run;
}

static void check_lines(const struct carom_circuit *circuit, const char *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t n, i;
	const char *const *lines = carom_circuit_lines(circuit, &n, &err);

	assert_ok(&err);
	assert_ptr_equal(carom_circuit_lines(circuit, NULL, NULL), lines);
	for (i = 0; *deck; i++) {
		size_t length = strcspn(deck, "\n");

		assert_non_null(lines[i]);
		assert_int_equal(strlen(lines[i]), length);
		assert_memory_equal(lines[i], deck, length);
		deck += length + 1;
	}
	assert_null(lines[i]);
	assert_int_equal(i, n);
}

static void check_all(struct run *run, bool is_thorough)
{
	static char deck[SHEET_MAX_DECK];
	struct carom_circuit *again;

	book_print(deck, &run->book);
	if (draw(run, 2))
		check_lines(run->circuit, deck);
	assert_deck(run->circuit, deck);
	check_lines(run->circuit, deck);
	if (!is_thorough)
		return;
	check_items(run, run->circuit, &run->book.top);
	check_items(run, carom_circuit_find_subcircuit(run->circuit, "cell"), &run->book.cell);
	again = import_deck(deck);
	check_items(run, again, &run->book.top);
	check_items(run, carom_circuit_find_subcircuit(again, "cell"), &run->book.cell);
	carom_circuit_free(again);
}

/* ---- runs ---- */

static void step(struct run *run, bool may_fail)
{
	static edit_fn *const edits[] = {add_net,     add_item,    add_item,        add_item,
					 add_item,    remove_item, rename_element,  rename_net,
					 reconnect,   reconnect,   set_value,       set_value,
					 set_value,   set_area,    set_diode_model, set_model_param,
					 set_param,   set_mark,    end_mark,        remove_saves,
					 replace_cell};
	enum { N_EDITS = sizeof(edits) / sizeof(edits[0]) };
	struct carom_error err = CAROM_ERROR_INIT;
	unsigned choice = draw(run, N_EDITS);
	struct sheet *sheet = draw(run, 3) ? &run->book.top : &run->book.cell;
	int rc;

	if (may_fail && draw(run, 2))
		mem_fail_after(draw(run, 8) < 6 ? 0 : draw(run, 12));
	else if (edits[choice] == replace_cell && draw(run, 8))
		return;
	rc = edits[choice](run, sheet, &err);
	mem_fail_after(-1);
	if (rc == CAROM_ERROR_MEMORY)
		run->n_failures++;
	else
		assert_ok(&err);
}

static void begin(struct run *run, bool is_imported, uint64_t seed)
{
	static const char deck[] = "title\n.subckt cell n1 n2\n.ends\n.end\n";
	static const char *const ports[] = {"n1", "n2"};
	struct sheet sheet = {.nets = {"0", "n1", "n2"}, .n_nets = 3};

	run->n_marks = 0;
	run->random = seed;
	run->serial = 10;
	if (is_imported) {
		run->circuit = import_deck(deck);
	} else {
		run->circuit = carom_circuit_new("title", NULL);
		carom_circuit_add_subcircuit(run->circuit, "cell", ports, 2, NULL);
	}
	carom_net(run->circuit, "n1", NULL);
	carom_net(run->circuit, "n2", NULL);
	run->book.top = run->book.cell = sheet;
	run->book.top.items[0] = (struct item){.kind = 'X', .is_alive = true};
	run->book.top.n_items = 1;
}

static void run_edits(bool is_imported, uint64_t seed, int n_steps, bool may_fail)
{
	struct run *run = calloc(1, sizeof(*run));

	assert_non_null(run);
	begin(run, is_imported, seed);
	for (int i = 0; i < n_steps; i++) {
		step(run, may_fail);
		if (i % 5 == 0 || may_fail)
			check_all(run, i % 25 == 0);
		if (run->book.top.n_items > SHEET_MAX_ITEMS - 4 ||
		    run->book.cell.n_items > SHEET_MAX_ITEMS - 4) {
			carom_circuit_free(run->circuit); /* with its open marks */
			begin(run, is_imported, run->random);
		}
	}
	assert_true(!may_fail || run->n_failures > n_steps / 100);
	carom_circuit_free(run->circuit);
	free(run);
}

static void a_built_circuit_is_edited_as_its_sheet(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 6; seed++)
		run_edits(false, seed, 4000, false);
}

static void an_imported_circuit_is_edited_as_its_sheet(void **state)
{
	(void)state;
	for (uint64_t seed = 11; seed <= 16; seed++)
		run_edits(true, seed, 4000, false);
}

static void an_edit_without_memory_leaves_the_circuit_as_it_was(void **state)
{
	(void)state;
	for (uint64_t seed = 21; seed <= 24; seed++)
		run_edits(seed % 2, seed, 4000, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_built_circuit_is_edited_as_its_sheet),
		cmocka_unit_test(an_imported_circuit_is_edited_as_its_sheet),
		cmocka_unit_test(an_edit_without_memory_leaves_the_circuit_as_it_was),
	};

	return run_all_tests(tests);
}
