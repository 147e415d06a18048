/* Kept waveforms: the envelope of each, with the median, the nominal run and the worst samples. */

/* The least and the greatest value of all that is drawn. */
function extremesOf(wave) {
	const values = [...wave.quantiles, wave.nominal, ...wave.worst.map(line => line.values)].flat().filter(value => value !== null);
	return {min: Math.min(...values), max: Math.max(...values)};
}

/* Of several, so that their axes are alike. */
function extremesOfAll(waves) {
	const list = waves.map(extremesOf);
	return {min: Math.min(...list.map(({min}) => min)), max: Math.max(...list.map(({max}) => max))};
}

function percentOf(p) {
	return `${plain(100 * p, 3)} %`;
}

/* Bands between the quantiles that are equally far from the median, the widest first. */
function bandsOf(wave, line) {
	const silent = {type: 'line', isSilent: true, borderWidth: 0, pointRadius: 0, pointHitRadius: 0};
	return wave.quantiles.slice(0, Math.floor(wave.p.length / 2)).flatMap((lower, i) => [
		Object.assign({data: line(lower)}, silent),
		Object.assign({data: line(wave.quantiles[wave.p.length - 1 - i]), fill: '-1', paint: {backgroundColor: 'band'}}, silent),
	]);
}

function linesOf(wave) {
	const lines = [{name: 'median', values: wave.quantiles[Math.floor(wave.p.length / 2)], paint: 'accent', width: 1.75}];
	if (wave.nominal.some(value => value !== null))
		lines.push({name: 'nominal', values: wave.nominal, paint: 'fit', width: 1, dash: [5, 3]});
	return lines.concat(wave.worst.map(({sample, of, values}) =>
		({name: `sample ${sample}, worst of ${of}`, values, paint: 'fail', width: 1})));
}

/* reach: of the axis, where it is not for the chart itself to choose; title: of a wave that is one of several. */
function envelope(wave, title = wave.name, reach = null) {
	const {min, max} = extremesOf(wave);
	const ends = reach || {min, max};
	const scale = scaleOf(Math.max(Math.abs(ends.min), Math.abs(ends.max)), wave.unit);
	const across = scaleOf(Math.max(...wave.x.map(Math.abs)), wave.scale_unit);
	const isLog = wave.log && wave.x[0] > 0;
	/* a logarithmic axis has its own ticks, so its unit has no prefix */
	const factor = isLog ? 1 : across.factor;
	const line = values => values.map((value, i) => ({x: wave.x[i] * factor, y: value === null ? null : value * scale.factor}));
	const bands = bandsOf(wave, line);
	const lines = linesOf(wave);
	const text = value => quantity(value, wave.unit, 4);
	const place = i => quantity(wave.x[i], wave.scale_unit, 5);
	const unit = isLog ? unitSymbol(wave.scale_unit) : across.unit;
	return figure({
		title,
		note: wave.definition,
		says: `Envelope of ${several(wave.n, 'sample')} of ${wave.name}, from ${text(min)} to ${text(max)}.`,
		datasets: [...bands, ...lines.map(({values, paint: name, width, dash}) => ({type: 'line', data: line(values),
			paint: {borderColor: name, backgroundColor: name}, borderWidth: width, borderDash: dash || [],
			pointRadius: wave.x.length === 1 ? 3 : 0, pointHoverRadius: 4, pointHitRadius: 4}))],
		scales: {
			x: axis(unit ? `${wave.scale} / ${unit}` : wave.scale, isLog
				? {type: 'logarithmic', min: wave.x[0], max: wave.x[wave.x.length - 1],
					ticks: {maxRotation: 0, callback: at => (/^1e/.test(at.toExponential()) ? quantity(at, '', 3) : null)}}
				: {type: 'linear', min: wave.x[0] * factor, max: wave.x[wave.x.length - 1] * factor}),
			y: axis(scale.unit ? `${wave.name} / ${scale.unit}` : wave.name, Object.assign({type: 'linear'},
				reach ? {min: reach.min * scale.factor, max: reach.max * scale.factor} : {})),
		},
		tip: (dataset, i) => [`${lines[dataset - bands.length].name}: ${text(lines[dataset - bands.length].values[i])}`,
			`at ${place(i)}`, ...wave.p.map((p, k) => `${percentOf(p)}: ${text(wave.quantiles[k][i])}`)],
		table: () => table(`Envelope of ${wave.name}`, [{name: wave.scale}, ...wave.p.map(p => ({name: percentOf(p)})),
			...lines.slice(1).map(({name}) => ({name}))],
		wave.x.map((_, i) => [place(i), ...wave.quantiles.map(values => text(values[i])), ...lines.slice(1).map(({values}) => text(values[i]))])),
	});
}

/* What bands and lines are, the same in every chart. */
function explained({p, nominal, worst}, isOfCells) {
	const half = Math.floor(p.length / 2);
	const bands = p.slice(0, half).map((share, i) => `${percentOf(share)} to ${percentOf(p[p.length - 1 - i])}`);
	const lines = ['the median', nominal.some(value => value !== null) ? 'the nominal run (dashed)' : '',
		worst.length ? `the worst ${worst.length === 1 ? 'sample' : 'samples'} (red)` : ''];
	return `Bands: ${bands.join(', ')} of the samples at each point${isOfCells ? ', all corners and steps together' : ''}. `
		+ `Lines: ${lines.filter(Boolean).join(', ')}.`;
}

function hasValues(wave) {
	return wave.n > 0;
}

/* ---- corners and steps ---- */

function cellName({corner, steps}, names) {
	return [corner, ...steps.map((value, i) => `${names[i]}=${plain(value, 6)}`)].filter(Boolean).join(' ');
}

/* The envelopes of a waveform in each of them, which draw when they are opened. */
function envelopesOfCells(wave, index, cells) {
	const list = wave.cells.map((cell, i) => Object.assign({}, wave, cell, {definition: several(cell.n, 'sample'), nominal: [], worst: [],
		title: cellName(cells.list[i], cells.steps)})).filter(hasValues);
	if (list.length === 0)
		return null;
	const reach = extremesOfAll(list);
	const room = 0.04 * (reach.max - reach.min || Math.abs(reach.max) || 1);
	const charts = list.map(cell => envelope(cell, cell.title, {min: reach.min - room, max: reach.max + room}));
	const made = element('details', {class: 'measurement', id: `w${index}`},
		element('summary', null, element('h3', null, `${wave.name} in each corner and step`)),
		element('div', {class: 'charts'}, charts),
		cells.n > wave.cells.length ? element('p', {class: 'soft'}, `The first ${wave.cells.length} of ${count(cells.n)}.`) : null);
	made.addEventListener('toggle', () => charts.splice(0).forEach(chart => chart.draw()));
	return made;
}

function waveforms(data) {
	if (data.waves.length === 0)
		return null;
	const shown = data.waves.filter(hasValues);
	const empty = data.waves.filter(wave => !hasValues(wave)).map(wave => wave.name);
	return element('section', {class: 'waveforms', 'aria-labelledby': 'waveforms'}, element('h2', {id: 'waveforms'}, 'Waveforms'),
		shown.length ? element('p', {class: 'soft'}, explained(shown[0], Boolean(data.manifest.study.cells))) : null,
		element('div', {class: 'charts'}, shown.map(wave => envelope(wave))),
		shown.map((wave, i) => envelopesOfCells(wave, i, data.cells)).filter(Boolean),
		empty.length ? element('p', {class: 'soft'}, `No sample has a value: ${empty.join(', ')}.`) : null);
}
