'use strict';
/* Numbers for people: engineering prefixes, percentages, as many digits as mean something. */

const PREFIXES = {'-15': 'f', '-12': 'p', '-9': 'n', '-6': 'µ', '-3': 'm', 0: '', 3: 'k', 6: 'M', 9: 'G', 12: 'T'};
const SYMBOLS = {ohm: 'Ω', deg: '°'};
const NONE = '–';

/* Units that take no prefix: logarithms, angles, shares, and none at all. */
function isPlain(unit) {
	return /^$|^d[bB]|^deg|^°|^rad|^%/.test(unit);
}

function unitSymbol(unit) {
	return SYMBOLS[unit] || unit;
}

function exponentOf(value) {
	return value === 0 || !Number.isFinite(value) ? 0 : Math.floor(Math.log10(Math.abs(value)) + 1e-9);
}

/* The prefix that suits values up to largest: {factor, unit}; value * factor is in unit. */
function scaleOf(largest, unit) {
	const third = 3 * Math.floor(exponentOf(largest) / 3);
	if (!largest || (isPlain(unit) && (unit !== '' || (third >= -3 && third <= 3))))
		return {factor: 1, unit: unitSymbol(unit)};
	if (isPlain(unit) || !(third in PREFIXES))
		return {factor: 10 ** -third, unit: `10${superscript(third)} ${unitSymbol(unit)}`.trim()};
	return {factor: 10 ** -third, unit: PREFIXES[third] + unitSymbol(unit)};
}

function superscript(exponent) {
	return String(exponent).replace(/./g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]);
}

/* A number of so many digits, fewer if these say all of it; a real minus sign. */
function plain(value, digits) {
	if (!Number.isFinite(value))
		return NONE;
	const text = value.toPrecision(digits);
	const exponent = exponentOf(Number(text));
	const isShort = Math.abs(text - value) <= 1e-12 * Math.abs(value);
	if (exponent < -5 || exponent >= Math.max(digits, 9)) {
		const power = value.toExponential(digits - 1);
		return (isShort ? power.replace(/\.?0*e/, 'e') : power).replace('+', '').replaceAll('-', '−');
	}
	return (isShort ? String(Number(text)) : Number(value).toFixed(Math.max(0, digits - 1 - exponent))).replace('-', '−');
}

/* "12.35 µF": digits 4 unless the spread of the values asks for more. */
function quantity(value, unit, digits = 4) {
	if (value === null || value === undefined)
		return NONE;
	if (unit === '')
		return plain(value, digits);
	const scale = scaleOf(Number(Math.abs(value).toPrecision(digits)), unit);
	return `${plain(value * scale.factor, digits)} ${scale.unit}`;
}

/* "82.9 … 87.3 µV": the unit once; an open end is a sign. */
function span([lower, upper], unit, digits = 4) {
	const ends = [lower, upper].filter(end => end !== null).map(Math.abs);
	const scale = unit === '' ? {factor: 1, unit} : scaleOf(Math.max(0, ...ends), unit);
	const end = (value, open) => (value === null ? open : plain(value * scale.factor, digits));
	return `${end(lower, '−∞')} … ${end(upper, '∞')} ${scale.unit}`.trim();
}

/* Digits that show a deviation by two of them. */
function digitsFor(value, deviation) {
	if (!deviation || !value)
		return 4;
	return Math.min(Math.max(4, exponentOf(value) - exponentOf(deviation) + 2), 12);
}

/* A share in percent: more digits near to all. */
function percentNumber(share) {
	return share === null ? NONE : String(Number((100 * share).toFixed(share > 0.999 && share < 1 ? 4 : 2)));
}

function percent(share) {
	return share === null ? NONE : `${percentNumber(share)} %`;
}

function percentSpan([lower, upper]) {
	return `${percentNumber(lower)} … ${percentNumber(upper)} %`;
}

function count(n) {
	return Number(n).toLocaleString('en-US');
}

/* "1 sample", "2 samples" */
function several(n, noun) {
	return `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
}
