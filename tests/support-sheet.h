/* SPDX-License-Identifier: BSD-3-Clause */
/* A deck with one subcircuit as plain structs, printed anew each time: what edits are held against. */
#ifndef TESTS_SUPPORT_SHEET_H
#define TESTS_SUPPORT_SHEET_H

#include <stdbool.h>

enum { SHEET_MAX_NETS = 48, SHEET_MAX_ITEMS = 160, SHEET_NAME = 16, SHEET_MAX_DECK = 1 << 15 };

/* A card: an element 'r', 'v', ..., or 'P' .param, 'M' .model, 'S' .save, 'X' a subcircuit. */
struct item {
	char kind;
	bool is_alive;
	char name[SHEET_NAME];
	int nets[2];
	double value;
	double extra; /* area of a diode, is of a model: 0 if the card does not say it */
	char model[SHEET_NAME];
	char source[SHEET_NAME]; /* F: its source; K: an inductor; .save: i(source) */
	char probe[SHEET_NAME];  /* B, .save: v(probe); K: the other inductor */
};

struct sheet {
	char nets[SHEET_MAX_NETS][SHEET_NAME];
	int n_nets;
	struct item items[SHEET_MAX_ITEMS];
	int n_items;
};

/* The deck: cell is defined by the item 'X' of top. */
struct book {
	struct sheet top, cell;
};

bool item_is_element(const struct item *item);

/* The item's line, with its end.  Returns where that is. */
char *sheet_print_item(char *p, const struct book *book, const struct sheet *sheet,
		       const struct item *item);
char *sheet_print(char *p, const struct book *book, const struct sheet *sheet);
void book_print(char *deck, const struct book *book); /* SHEET_MAX_DECK bytes */

#endif
