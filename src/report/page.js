/* The page: verdict, measurements, failures, study. */

const OPEN_MEASUREMENTS = 12; /* the others open on demand: each has five charts */

/* ---- verdict ---- */

function yieldLines(shares, confidence) {
	const {all, of_values: ofValues} = shares;
	const interval = percent(confidence);
	return [
		[`${interval} interval, exact`, percentSpan(all.exact)],
		[`${interval} interval, Wilson`, percentSpan(all.wilson)],
		['sigma, one-sided', all.sigma === null ? NONE : `${plain(all.sigma, 3)}  (${span(all.sigma_ci, '', 3)})`],
		['failed samples left out', ofValues.n === all.n ? null : ofValues.n === 0 ? 'no sample has all values'
			: `${percent(ofValues.value)}, ${count(ofValues.pass)} of ${count(ofValues.n)}`],
	];
}

function statusLine(data) {
	const parts = Object.entries(data.status).filter(([name, n]) => n > 0 && name !== 'pending')
		.map(([name, n]) => `${count(n)} ${name}`);
	if (data.status.pending)
		parts.push(`${count(data.status.pending)} not simulated`);
	return parts.join(', ');
}

/* The specs that most samples fail come first. */
function blame(data) {
	const failing = data.measurements.filter(m => m.spec && m.spec.yield.all.pass < m.spec.yield.all.n)
		.sort((a, b) => a.spec.yield.all.pass - b.spec.yield.all.pass);
	return failing.slice(0, 3).map(m => `${m.name} ${count(m.spec.yield.all.n - m.spec.yield.all.pass)}`).join(', ')
		+ (failing.length > 3 ? ', …' : '');
}

function judgement(data) {
	if (data.tried === 0)
		return element('p', {class: 'says'}, 'No sample is finished.');
	if (!data.yield)
		return element('p', {class: 'says'}, data.measurements.length ? 'No measurement has a spec: nothing to pass or fail.'
			: 'Waveforms alone are kept: nothing to pass or fail.');
	const {pass, n} = data.yield.all;
	if (pass === n)
		return element('p', {class: 'says pass'}, `${n === 1 ? 'The sample meets' : `All ${count(n)} samples meet`} every spec.`);
	return element('p', {class: 'says fail'}, `${count(n - pass)} of ${several(n, 'sample')} fail: ${blame(data)}.`);
}

/* ---- importance sampling ---- */

function deviates(data) {
	const list = Object.entries(data.manifest.importance.deviates).filter(([, value]) => value !== 0)
		.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
	return list.slice(0, 6).map(([name, value]) => `${name} ${value > 0 ? '+' : ''}${plain(value, 3)}`).join(', ')
		+ (list.length > 6 ? ', …' : '');
}

function probability(data) {
	const {failure} = data;
	const until = data.manifest.run && data.manifest.run.until;
	const place = `${failure.measurement} ${failure.is_upper ? 'above' : 'below'} ${quantity(failure.limit, failure.unit, 6)}`;
	const ends = failure.ci.map(end => (end === null ? NONE : end.toExponential(2))).join(' … ');
	return element('section', {class: 'verdict', 'aria-label': 'Verdict'}, element('div', null,
		element('h2', {class: 'unseen'}, 'Verdict'),
		element('p', {class: 'figure'}, failure.sigma === null ? NONE : plain(failure.sigma, 4), element('small', null, 'sigma')),
		element('p', {class: 'says'}, failure.probability === null ? `No sample has ${place}.`
			: `${place}: probability ${failure.probability.toExponential(2)}, by importance sampling.`),
		failure.doubt ? element('p', {class: 'says fail'}, `Doubtful: ${failure.doubt}.`) : null,
		terms([
			[`${percent(data.confidence)} interval`, failure.probability === null ? null : `${ends}  (${span(failure.sigma_ci, '', 4)} sigma)`],
			['relative error', failure.relative_error === null ? null : percent(failure.relative_error)],
			['failures', `${count(failure.failed)} of ${several(failure.n, 'sample')}, worth ${plain(failure.effective, 3)} of equal weight`],
			['where', `${plain(failure.distance, 3)} sigma away: ${deviates(data)}`],
			['search', several(failure.searched, 'sample')],
			['samples', statusLine(data)],
			['nominal run', nominalFault(data)],
			['goal', until ? until.text : null],
		]),
		element('p', {class: 'soft'}, 'Failures elsewhere, if there are any, are not in it. '
			+ 'Samples have weights, so that no other statistics are shown.')));
}

/* Why it gave no values; null if it did, or was not made. */
function nominalFault(data) {
	const {nominal} = data.manifest;
	return nominal && nominal.status !== 'ok' ? `${nominal.status}: ${nominal.message}` : null;
}

function verdict(data) {
	if (data.failure)
		return probability(data);
	const until = data.manifest.run && data.manifest.run.until;
	const isJudged = data.yield && data.tried > 0;
	const figureText = isJudged ? percent(data.yield.all.value).replace(' %', '') : count(data.tried);
	const words = element('div', null,
		element('h2', {class: 'unseen'}, 'Verdict'),
		element('p', {class: 'figure'}, figureText, element('small', null, isJudged ? '% yield' : 'samples')),
		judgement(data),
		terms([
			...(isJudged ? yieldLines(data.yield, data.confidence) : []),
			['samples', statusLine(data)],
			['nominal run', nominalFault(data)],
			['goal', until ? until.text : null],
		]));
	const section = element('section', {class: 'verdict', 'aria-label': 'Verdict'}, words);
	if (isJudged)
		section.append(runningYield(data.running, data.confidence, Boolean(data.manifest.study.cells)));
	return section;
}

/* ---- all measurements at a glance ---- */

/* Extremes, 5 to 95 %, median, and limits, on a line. */
function strip(measurement) {
	const {min, max, quantiles} = measurement;
	const reach = reachOf(measurement);
	const at = value => (150 * (value - reach.min) / (reach.max - reach.min)).toFixed(1);
	const [, q05, , median, , q95] = quantiles.map(quantile => quantile.value);
	const stroke = (from, to, y0, y1, name, width) => shape('line',
		{x1: at(from), x2: at(to), y1: y0, y2: y1, style: `stroke: var(--${name}); stroke-width: ${width}`});
	return shape('svg', {class: 'strip', viewBox: '0 0 150 16', 'aria-hidden': 'true'},
		stroke(min, max, 8, 8, 'soft', 1),
		shape('rect', {x: at(q05), y: 4, width: at(q95) - at(q05), height: 8, style: 'fill: var(--bar)'}),
		stroke(median, median, 3, 13, 'fit', 1.5),
		...limitsOf(measurement).filter(({value}) => value >= reach.min && value <= reach.max)
			.map(({value}) => stroke(value, value, 0, 16, 'fail', 1.5)));
}

function varies(measurement) {
	return measurement.n > 1 && measurement.max > measurement.min;
}

function specCells(measurement) {
	const {spec} = measurement;
	if (!spec)
		return ['', '', '', '', ''];
	const {all} = spec.yield;
	const look = lookOf(measurement);
	const isEven = all.pass === all.n;
	return [
		spec.lower === null ? NONE : look.text(spec.lower), spec.upper === null ? NONE : look.text(spec.upper),
		plain(spec.cpk, 3),
		element('span', {class: isEven ? null : 'fail'}, percent(all.value)),
		percentSpan(all.exact),
	];
}

function overview(data) {
	const {nominal} = data.manifest;
	const columns = ['measurement', ...(nominal ? ['nominal'] : []), 'mean', 'deviation', 'min', 'max', 'distribution', 'lower limit', 'upper limit', 'Cpk',
		'yield', `${percent(data.confidence)} interval`].map(name => ({name, words: name === 'distribution'}));
	const rows = data.measurements.map((m, i) => {
		const look = lookOf(m);
		return [element('a', {href: `#m${i}`}, m.name), ...(nominal ? [look.text(nominal.values[m.name])] : []),
			look.text(m.mean), quantity(m.sd, m.unit, 4),
			look.text(m.min), look.text(m.max), varies(m) ? strip(m) : '', ...specCells(m)];
	});
	return element('section', {'aria-labelledby': 'overview'}, element('h2', {id: 'overview'}, 'Measurements'),
		scrolled(table('Measurements', columns, rows, 'wide'), 'Measurements'));
}

/* ---- corners and steps ---- */

/* Mean and deviation; that some fail its spec shows. */
function cellText(measured, measurement, tried) {
	const fails = measurement.spec && measured.pass < tried;
	return element('span', {class: fails ? 'fail' : null}, lookOf(measurement).text(measured.mean),
		measured.sd === null ? null : element('small', null, ` ± ${quantity(measured.sd, measurement.unit, 2)}`));
}

function cellRow(cell, data) {
	const passes = cell.pass === cell.tried;
	return [
		...(cell.corner === null ? [] : [cell.corner]), ...cell.steps.map(value => plain(value, 6)),
		...(data.yield ? [element('span', {class: passes ? null : 'fail'}, cell.tried ? percent(cell.pass / cell.tried) : NONE)] : []),
		...cell.measurements.map((measured, i) => cellText(measured, data.measurements[i], cell.tried)),
	];
}

function cells(data) {
	const {n, steps, list} = data.cells;
	if (n === 1)
		return null;
	const columns = [...(list[0].corner === null ? [] : ['corner']), ...steps, ...(data.yield ? ['yield'] : []),
		...data.measurements.map(m => m.name)].map(name => ({name}));
	return element('section', {'aria-labelledby': 'cells'}, element('h2', {id: 'cells'}, 'Corners and steps'),
		scrolled(table('Corners and steps', columns, list.map(cell => cellRow(cell, data)), 'wide'), 'Corners and steps'),
		element('p', {class: 'soft'}, data.manifest.study.cells.draws > 1 ? 'mean ± deviation of each; the samples draw the same in all of them' : null,
			n > list.length ? ` ${several(n - list.length, 'row')} more: carom summary --details` : null));
}

/* ---- a measurement ---- */

function statistics(measurement) {
	const {unit, mean, mean_ci: meanInterval, sd, quantiles, spec} = measurement;
	const look = lookOf(measurement);
	const item = (term, text, more) => element('div', null, element('dt', null, term),
		element('dd', null, text, more ? element('small', null, ` ${more}`) : null));
	const index = (name, value, interval) => (value === null ? null : item(name, plain(value, 3), span(interval, '', 3)));
	return element('dl', {class: 'stats'},
		item('samples', count(measurement.n)),
		item('mean', look.text(mean), meanInterval[0] === null ? '' : `± ${quantity((meanInterval[1] - meanInterval[0]) / 2, unit, 3)}`),
		item('deviation', quantity(sd, unit), sd === null ? '' : span(measurement.sd_ci, unit)),
		item('median', look.text(quantiles[3].value), look.span(quantiles[3].ci)),
		item('skew', plain(measurement.skew, 2)),
		item('kurtosis', plain(measurement.kurtosis, 2)),
		spec ? index('Cp', spec.cp, spec.cp_ci) : null,
		spec ? index('Cpk', spec.cpk, spec.cpk_ci) : null);
}

function worst(measurement) {
	const look = lookOf(measurement);
	const columns = ['sample', 'value', 'margin', ...measurement.shown.map(p => shorten(p.name, 14))].map(name => ({name}));
	const rows = measurement.worst.map(sample => [String(sample.sample), look.text(sample.value),
		element('span', {class: sample.margin < 0 ? 'fail' : null}, quantity(sample.margin, measurement.unit, 3)),
		...sample.parameters.map((value, i) => quantity(value, measurement.shown[i].unit, 4))]);
	return element('figure', null,
		element('figcaption', null, element('h3', null, 'Worst samples'),
			element('p', {class: 'note'}, 'carom mc DECK --replay SAMPLE shows one again')),
		scrolled(table(`Worst samples of ${measurement.name}`, columns, rows), `Worst samples of ${measurement.name}`));
}

function chartsOf(measurement, confidence) {
	const list = [histogram(measurement), normalPlot(measurement, confidence)];
	if (measurement.fit.drivers.some(driver => driver.pearson !== null))
		list.push(tornado(measurement), ...measurement.points.drivers.map((_, i) => scatter(measurement, i)));
	return list;
}

function otherParameters(fit) {
	const some = (names, n) => (n === 0 ? null : names.slice(0, 6).join(', ') + (n > 6 ? ` and ${count(n - 6)} more` : ''));
	return terms([['follow from others', some(fit.collinear, fit.n_collinear)], ['not varied', some(fit.constant, fit.n_constant)]]);
}

function nothingToDraw(measurement) {
	const look = lookOf(measurement);
	if (measurement.n === 0)
		return 'No sample has a value.';
	return measurement.n === 1 ? `One sample: ${look.text(measurement.mean)}.`
		: `All ${count(measurement.n)} values are ${look.text(measurement.mean)}.`;
}

function measurementSection(measurement, index, data) {
	const definition = data.manifest.study.measures[index].definition;
	const made = element('details', {class: 'measurement', id: `m${index}`},
		element('summary', null, element('h2', null, measurement.name),
			element('code', {class: 'definition soft'}, definition)));
	const list = varies(measurement) ? chartsOf(measurement, data.confidence) : [];
	if (list.length)
		made.append(statistics(measurement), element('div', {class: 'charts'}, list, measurement.worst.length ? worst(measurement) : null),
			otherParameters(measurement.fit));
	else
		made.append(element('p', {class: 'soft'}, nothingToDraw(measurement)));
	/* a canvas has no size before it shows */
	made.addEventListener('toggle', () => list.splice(0).forEach(chart => chart.draw()));
	made.open = index < OPEN_MEASUREMENTS;
	return element('section', {'aria-label': measurement.name}, made);
}

/* ---- failures ---- */

function failures(data) {
	const {reasons, others} = data.failures;
	if (reasons.length === 0)
		return null;
	const rows = reasons.map(reason => [reason.status, count(reason.count), element('span', {class: 'message'}, reason.message),
		reason.samples.join(', ') + (reason.count > reason.samples.length ? ', …' : '')]);
	const cells = table('Failed samples', [{name: 'status'}, {name: 'samples'}, {name: 'reason', words: true},
		{name: 'which', words: true}], rows, 'wide');
	return element('section', {'aria-labelledby': 'failures'}, element('h2', {id: 'failures'}, 'Failed samples'),
		scrolled(cells, 'Failed samples'),
		others ? element('p', {class: 'soft'}, `${several(others, 'sample')} more, for other reasons.`) : null);
}

/* ---- study ---- */

function lines(list, text) {
	return list.length ? element('span', null, list.map(item => element('code', {style: 'display: block'}, text(item)))) : null;
}

function runFacts(run) {
	if (!run)
		return [['run', 'not finished']];
	const pinned = run.pinned === run.workers ? `pinned to CPU ${run.cpus}` : `${run.pinned} pinned`;
	return [
		['simulator', `ngspice ${run.ngspice_version}, ${run.library}`],
		['route', run.route + (run.route_reason ? ` (${run.route_reason})` : '')],
		['workers', run.workers ? `${run.workers} (${run.pin_reason}), ${pinned}${run.restarted ? `; ${run.restarted} started anew` : ''}` : null],
		['time', run.workers ? `${several(run.done, 'sample')} in ${quantity(run.elapsed_s, 's', 3)}, ${plain(run.rate_hz, 3)} a second` : null],
		['notes', run.notes],
	];
}

function study(data) {
	const {manifest} = data;
	const plan = manifest.study;
	const cells = plan.cells || {corners: [], steps: []};
	const settings = sets => Object.entries(sets).map(([name, value]) => `${name}=${plain(value, 15)}`).join(' ');
	const spec = ([name, limits]) => `${name} ${plain(limits.lower, 15)} ${plain(limits.upper, 15)}`.replaceAll(NONE, '-');
	return element('section', {'aria-labelledby': 'study'}, element('h2', {id: 'study'}, 'Study'), terms([
		['deck', manifest.title],
		['deck hash', element('code', null, manifest.deck_hash)],
		['samples', `${count(plan.samples)}${data.counted < data.samples ? `, of which ${count(data.counted)} count` : ''}; sampler ${data.sampler}, seed ${plan.seed}`],
		['vary', lines(plan.varies.filter(vary => vary.definition !== 'set'), vary => `${vary.name} ${vary.definition}`)],
		['corner', lines(cells.corners, corner => `${corner.name}: ${settings(corner.sets)}`)],
		['step', lines(cells.steps, step => `${step.targets} ${step.definition}`)],
		['correlate', lines(plan.correlates || [], text => text)],
		['measure', lines(plan.measures, measure => `${measure.name} ${measure.definition}`)],
		['importance', plan.importance ? `${plan.importance.measurement} ${plan.importance.side}` : null],
		['spec', lines(Object.entries(plan.specs), spec)],
		['keep', lines(plan.keeps || [], keep => `${keep.name}: ${keep.definition}`)],
		...runFacts(manifest.run),
		['versions', `carom ${manifest.carom} (study), ${data.version} (report)`],
	], 'study'));
}

/* ---- all of it ---- */

function eachCell(data) {
	const {cells, samples} = data.manifest.study;
	return cells ? `, ${count(cells.draws)} in each of ${count(samples / cells.draws)} corners and steps` : '';
}

function navigation(data) {
	const links = [...data.measurements.map((m, i) => [`#m${i}`, m.name]),
		...(data.waves.length ? [['#waveforms', 'waveforms']] : []),
		...(data.failures.reasons.length ? [['#failures', 'failed samples']] : []), ['#study', 'study']];
	return element('ul', null, links.map(([href, name]) => element('li', null, element('a', {href}, name))));
}

/* A link to a measurement opens it. */
function openTarget() {
	const target = document.getElementById(location.hash.slice(1));
	if (target && target.tagName === 'DETAILS')
		target.open = true;
}

function parsed(id) {
	return JSON.parse(document.getElementById(id).textContent);
}

function build() {
	const data = Object.assign(parsed('data'), {manifest: parsed('manifest')});
	const title = data.manifest.title || 'Monte Carlo study';
	document.title = `${title} – carom report`;
	document.getElementById('header').append(element('h1', null, title),
		element('p', {class: 'facts'}, `Monte Carlo study, ${several(data.tried, 'sample')}${eachCell(data)}`));
	document.getElementById('nav').append(navigation(data));
	followTheme();
	const main = document.getElementById('main');
	main.append(...[verdict(data), data.measurements.length ? overview(data) : null, cells(data), ...data.measurements.map((m, i) => measurementSection(m, i, data)),
		waveforms(data), failures(data), study(data)].filter(Boolean));
	main.querySelectorAll('.verdict figure, .waveforms > .charts > figure').forEach(chart => chart.draw());
	document.getElementById('footer').append(`carom ${data.version}. Intervals are two-sided, at ${percent(data.confidence)}; `
		+ 'docs/report.md tells what each chart shows, docs/statistics.md each figure.');
	addEventListener('hashchange', openTarget);
	openTarget();
}

build();
