/* SPDX-License-Identifier: BSD-3-Clause */
/* The cards of a sheet as text. */
#include "support-sheet.h"

#include <stdio.h>

#include "base/number.h"
#include "support.h"

bool item_is_element(const struct item *item)
{
	return item->kind >= 'a';
}

static char *print_value(char *p, const char *before, double value)
{
	char number[NUMBER_SIZE];

	number_print(number, value);
	return p + sprintf(p, "%s%s", before, number);
}

char *sheet_print(char *p, const struct book *book, const struct sheet *sheet)
{
	for (int i = 0; i < sheet->n_items; i++) {
		if (sheet->items[i].is_alive)
			p = sheet_print_item(p, book, sheet, &sheet->items[i]);
	}
	return p;
}

char *sheet_print_item(char *p, const struct book *book, const struct sheet *sheet,
		       const struct item *item)
{
	const char *a = sheet->nets[item->nets[0]];
	const char *b = sheet->nets[item->nets[1]];

	switch (item->kind) {
	case 'r':
	case 'l':
	case 'v':
		p += sprintf(p, "%s %s %s", item->name, a, b);
		p = print_value(p, " ", item->value);
		break;
	case 'f':
		p += sprintf(p, "%s %s %s %s", item->name, a, b, item->source);
		p = print_value(p, " ", item->value);
		break;
	case 'k':
		p += sprintf(p, "%s %s %s 0.5", item->name, item->source, item->probe);
		break;
	case 'b':
		p += sprintf(p, "%s %s %s v=2*v(%s)", item->name, a, b, item->probe);
		break;
	case 'd':
		p += sprintf(p, "%s %s %s %s", item->name, a, b, item->model);
		p = item->extra != 0 ? print_value(p, " area=", item->extra) : p;
		break;
	case 'x':
		p += sprintf(p, "%s %s %s cell", item->name, a, b);
		break;
	case 'P':
		p += sprintf(p, ".param %s", item->name);
		p = print_value(p, "=", item->value);
		break;
	case 'M':
		p += sprintf(p, ".model %s d(", item->name);
		p = print_value(p, "n=", item->value);
		p = item->extra != 0 ? print_value(p, " is=", item->extra) : p;
		p += sprintf(p, ")");
		break;
	case 'S':
		p += sprintf(p, ".save v(%s) i(%s) @%s[p]", item->probe, item->source,
			     item->source);
		break;
	case 'X':
		p += sprintf(p, ".subckt cell %s %s\n", book->cell.nets[1], book->cell.nets[2]);
		p = sheet_print(p, book, &book->cell);
		p += sprintf(p, ".ends");
		break;
	default:
		fail_msg("kind %c", item->kind);
	}
	return p + sprintf(p, "\n");
}

void book_print(char *deck, const struct book *book)
{
	char *p = deck + sprintf(deck, "title\n");

	p = sheet_print(p, book, &book->top);
	sprintf(p, ".end\n");
}
