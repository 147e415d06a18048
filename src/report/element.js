/* Elements of the page.  What is given as a child is text or an element: never markup. */

function element(name, attributes, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes || {}))
		if (value !== null && value !== undefined && value !== false)
			made.setAttribute(key, value);
	made.append(...children.flat().filter(child => child !== null && child !== undefined));
	return made;
}

function shape(name, attributes, ...children) {
	const made = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value);
	made.append(...children);
	return made;
}

/*
 * columns: [{name, words?}]; rows: arrays of cells, each text, an element or null.  The first cell of a row
 * is its heading.
 */
function table(caption, columns, rows, kind) {
	const cell = (value, i) => element(i === 0 ? 'th' : 'td',
		{scope: i === 0 ? 'row' : null, class: columns[i].words ? 'words' : null}, value);
	return element('table', {class: kind},
		element('caption', {class: 'unseen'}, caption),
		element('thead', null, element('tr', null, columns.map((column, i) =>
			element('th', {scope: 'col', class: column.words || i === 0 ? 'words' : null}, column.name)))),
		element('tbody', null, rows.map(row => element('tr', null, row.map(cell)))));
}

/* A table that a narrow window scrolls, by keys too. */
function scrolled(inner, label) {
	return element('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label}, inner);
}

/* Terms and what is said of them, without those of which nothing is said. */
function terms(list, kind) {
	return element('dl', {class: kind}, list.filter(([, value]) => value !== null && value !== '')
		.map(([term, value]) => [element('dt', null, term), element('dd', null, value)]).flat());
}
