/* The charts of a report: what each shows, from the data. */

/* How a measurement's values are written, on its axes and alone. */
function lookOf(measurement) {
	const {name, unit, mean, sd, min, max} = measurement;
	const digits = digitsFor(mean, sd);
	const scale = scaleOf(Math.max(Math.abs(min), Math.abs(max)), unit);
	return {
		factor: scale.factor,
		axis: scale.unit ? `${name} / ${scale.unit}` : name,
		text: value => quantity(value, unit, digits),
		span: interval => span(interval, unit, digits),
	};
}

function limitsOf(measurement) {
	const spec = measurement.spec || {lower: null, upper: null};
	return [{name: 'lower', value: spec.lower}, {name: 'upper', value: spec.upper}].filter(limit => limit.value !== null);
}

function passes(measurement, value) {
	const {lower, upper} = measurement.spec || {lower: null, upper: null};
	return (lower === null || value >= lower) && (upper === null || value <= upper);
}

/* The axis of a measurement: its values, and limits that are not so far off that nothing else would show. */
function reachOf(measurement) {
	const size = measurement.max - measurement.min;
	const near = limitsOf(measurement).map(limit => limit.value)
		.filter(value => value > measurement.min - size && value < measurement.max + size);
	const min = Math.min(measurement.min, ...near);
	const max = Math.max(measurement.max, ...near);
	return {min: min - 0.04 * (max - min), max: max + 0.04 * (max - min)};
}

function limitMarks(measurement, look, at) {
	return limitsOf(measurement).map(({name, value}) => ({axis: at, value: value * look.factor, label: look.text(value),
		paint: 'fail', isRight: name === 'lower' && at === 'y'}));
}

/* What the limits beyond the chart are. */
function farLimits(measurement, look) {
	const reach = reachOf(measurement);
	return limitsOf(measurement).filter(({value}) => value < reach.min || value > reach.max)
		.map(({value}) => `limit ${look.text(value)} far ${value < reach.min ? 'below' : 'above'}`);
}

function sentence(parts) {
	return parts.filter(Boolean).join('; ');
}

/* ---- histogram ---- */

function normalCurve(measurement, look, width) {
	const {mean, sd, n} = measurement;
	return Array.from({length: 97}, (_, i) => {
		const z = -4 + i / 12;
		return {x: (mean + z * sd) * look.factor, y: n * width / sd * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)};
	});
}

function histogram(measurement) {
	const look = lookOf(measurement);
	const {lower, width, counts} = measurement.histogram;
	const bins = counts.map((n, i) => ({n, from: lower + i * width, to: lower + (i + 1) * width}));
	const isOut = bin => !passes(measurement, (bin.from + bin.to) / 2);
	const reach = reachOf(measurement);
	return figure({
		title: 'Distribution',
		note: sentence([`line: normal of the same mean and deviation`, ...farLimits(measurement, look)]),
		says: `Histogram of ${measurement.name}, from ${look.text(measurement.min)} to ${look.text(measurement.max)}.`,
		datasets: [
			{type: 'line', isSilent: true, data: normalCurve(measurement, look, width), paint: {borderColor: 'fit'},
				borderWidth: 1.25, pointRadius: 0, pointHitRadius: 0},
			{type: 'bar', data: bins.map(bin => ({x: (bin.from + bin.to) / 2 * look.factor, y: bin.n})),
				paint: {backgroundColor: bins.map(bin => (isOut(bin) ? 'fail' : 'bar')), hoverBackgroundColor: 'accent'},
				binWidth: width * look.factor, barPercentage: 1, categoryPercentage: 1, inflateAmount: -0.4, grouped: false, minBarLength: 1},
		],
		scales: {
			x: axis(look.axis, {type: 'linear', offset: false, grid: {offset: false}, min: reach.min * look.factor, max: reach.max * look.factor}),
			y: axis('samples', {beginAtZero: true, ticks: {precision: 0, callback: tickText}}),
		},
		marks: limitMarks(measurement, look, 'x'),
		mode: 'index', nearest: 'x',
		tip: (_, i) => [look.span([bins[i].from, bins[i].to]), several(bins[i].n, 'sample')],
		table: () => table(`Histogram of ${measurement.name}`, [{name: 'from'}, {name: 'to'}, {name: 'samples'}],
			bins.map(bin => [look.text(bin.from), look.text(bin.to), count(bin.n)])),
	});
}

/* ---- normal quantile plot ---- */

function normalPlot(measurement, confidence) {
	const look = lookOf(measurement);
	const {z, value, lower, upper} = measurement.quantile_plot;
	const straight = score => (measurement.mean + score * measurement.sd) * look.factor;
	const points = z.map((score, i) => ({x: score, y: value[i] * look.factor}));
	const reach = reachOf(measurement);
	const band = scores => z.map((score, i) => ({x: score, y: straight(scores[i])}));
	return figure({
		title: 'Normal quantiles',
		note: `line and ${percent(confidence)} band: a normal distribution`,
		says: `${several(z.length, 'quantile')} of ${measurement.name} against those of a normal distribution.`,
		datasets: [
			{data: points, pointRadius: 2.25, pointHoverRadius: 5,
				paint: {backgroundColor: value.map(v => (passes(measurement, v) ? 'accent' : 'fail')),
					borderColor: value.map(v => (passes(measurement, v) ? 'accent' : 'fail'))}},
			{type: 'line', isSilent: true, data: band(lower), borderWidth: 0, pointRadius: 0, pointHitRadius: 0},
			{type: 'line', isSilent: true, data: band(upper), borderWidth: 0, pointRadius: 0, pointHitRadius: 0,
				fill: '-1', paint: {backgroundColor: 'band'}},
			{type: 'line', isSilent: true, data: [z[0], z[z.length - 1]].map(score => ({x: score, y: straight(score)})),
				paint: {borderColor: 'fit'}, borderWidth: 1.25, pointRadius: 0, pointHitRadius: 0},
		],
		scales: {
			x: axis('standard deviations', {type: 'linear'}),
			y: axis(look.axis, {type: 'linear', min: reach.min * look.factor, max: reach.max * look.factor}),
		},
		marks: limitMarks(measurement, look, 'y'),
		tip: (_, i) => [look.text(value[i]), `${plain(z[i], 3)} σ of a normal distribution`],
		table: () => table(`Normal quantiles of ${measurement.name}`, [{name: 'deviations'}, {name: 'value'}],
			z.map((score, i) => [plain(score, 4), look.text(value[i])])),
	});
}

/* ---- tornado ---- */

function shorten(text, most) {
	return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function tornado(measurement) {
	const {drivers, r2, few_samples: isUncertain, n_drivers: n} = measurement.fit;
	const isFit = r2 !== null;
	const weights = drivers.map(driver => (isFit ? driver.coefficient : driver.pearson));
	return figure({
		title: 'What drives it',
		note: sentence([isFit ? `a linear fit explains ${plain(100 * r2, 4)} % of the variance` : 'correlations: too few samples for a fit',
			isUncertain ? 'uncertain: below 10 samples for each parameter' : '',
			n > drivers.length ? `the first ${drivers.length} of ${count(n)}` : '']),
		says: `${isFit ? 'Standardised coefficients' : 'Correlations'} of ${several(drivers.length, 'parameter')}.`,
		lying: true,
		datasets: [{type: 'bar', data: weights, barPercentage: 0.86, categoryPercentage: 0.92, maxBarThickness: 18,
			paint: {backgroundColor: weights.map(weight => (weight < 0 ? 'bar' : 'accent')), hoverBackgroundColor: 'fit'}}],
		scales: {
			x: axis(isFit ? `σ of ${shorten(measurement.name, 16)} per σ of the parameter` : 'correlation', {type: 'linear', suggestedMin: -0.1, suggestedMax: 0.1}),
			y: axis('', {type: 'category', labels: drivers.map(driver => shorten(driver.name, 18)),
				ticks: {autoSkip: false}, grid: {display: false}}),
		},
		mode: 'index', nearest: 'y',
		tip: (_, i) => [drivers[i].name, `coefficient ${plain(drivers[i].coefficient, 3)}`,
			`Pearson ${plain(drivers[i].pearson, 3)}, Spearman ${plain(drivers[i].spearman, 3)}`],
		table: () => table(`What drives ${measurement.name}`,
			[{name: 'parameter'}, {name: 'coefficient'}, {name: 'Pearson'}, {name: 'Spearman'}],
			drivers.map(driver => [driver.name, plain(driver.coefficient, 3), plain(driver.pearson, 3), plain(driver.spearman, 3)])),
	});
}

/* ---- scatter plots ---- */

function scatter(measurement, index) {
	const look = lookOf(measurement);
	const parameter = measurement.shown[index];
	const {sample, value, drivers} = measurement.points;
	const x = drivers[index];
	const scale = scaleOf(Math.max(...x.map(Math.abs)), parameter.unit);
	const spread = Math.max(...x) - Math.min(...x);
	const parameterText = at => quantity(at, parameter.unit, digitsFor(at, spread / 6));
	const reach = reachOf(measurement);
	const states = value.map(v => (passes(measurement, v) ? 'accent' : 'fail'));
	return figure({
		title: `Against ${parameter.name}`,
		note: sentence([value.length < measurement.n ? `the first ${count(value.length)} of ${several(measurement.n, 'sample')}`
			: several(value.length, 'sample'), states.includes('fail') ? 'triangles fail the spec' : '']),
		says: `${several(value.length, 'sample')} of ${measurement.name} against ${parameter.name}.`,
		datasets: [{data: x.map((at, i) => ({x: at * scale.factor, y: value[i] * look.factor})),
			pointRadius: states.map(state => (state === 'fail' ? 3 : 1.75)), pointHoverRadius: 5, borderWidth: 0,
			pointStyle: states.map(state => (state === 'fail' ? 'triangle' : 'circle')),
			paint: {backgroundColor: states}}],
		scales: {
			x: axis(scale.unit ? `${parameter.name} / ${scale.unit}` : parameter.name, {type: 'linear'}),
			y: axis(look.axis, {type: 'linear', min: reach.min * look.factor, max: reach.max * look.factor}),
		},
		marks: limitMarks(measurement, look, 'y'),
		tip: (_, i) => [`sample ${sample[i]}`, `${measurement.name} ${look.text(value[i])}`,
			`${parameter.name} ${parameterText(x[i])}`],
		table: () => table(`${measurement.name} against ${parameter.name}`,
			[{name: 'sample'}, {name: parameter.name}, {name: measurement.name}],
			sample.map((number, i) => [String(number), parameterText(x[i]), look.text(value[i])])),
	});
}

/* ---- running yield ---- */

function runningYield(running, confidence, isOfCells) {
	/* the first few say nothing and would take the half of the chart */
	const first = running.n[running.n.length - 1] > 100 ? running.n.findIndex(at => at >= 10) : 0;
	const [n, value, lower, upper] = ['n', 'yield', 'lower', 'upper'].map(key => running[key].slice(first));
	const line = values => values.map((v, i) => ({x: n[i], y: 100 * v}));
	return figure({
		title: 'Running yield',
		note: `of the first samples${isOfCells ? ' of each corner and step' : ''}, with its ${percent(confidence)} interval`,
		says: `After ${several(n[n.length - 1], 'sample')} it is ${percent(value[value.length - 1])}.`,
		datasets: [
			{type: 'line', data: line(value), paint: {borderColor: 'accent', backgroundColor: 'accent'}, borderWidth: 1.75,
				pointRadius: n.length === 1 ? 3 : 0, pointHoverRadius: 4, pointHitRadius: 4},
			{type: 'line', isSilent: true, data: line(lower), borderWidth: 0, pointRadius: 0, pointHitRadius: 0},
			{type: 'line', isSilent: true, data: line(upper), borderWidth: 0, pointRadius: 0, pointHitRadius: 0,
				fill: '-1', paint: {backgroundColor: 'band'}},
		],
		scales: {
			x: axis('samples', {type: 'logarithmic', min: n[0], max: n[n.length - 1],
				ticks: {maxRotation: 0, callback: at => (/^[125]e/.test(at.toExponential()) && Number.isInteger(at) ? count(at) : null)}}),
			y: axis('yield / %', {type: 'linear', max: 100, suggestedMin: 90}),
		},
		nearest: 'x',
		tip: (_, i) => [`first ${several(n[i], 'sample')}`, percent(value[i]), percentSpan([lower[i], upper[i]])],
		table: () => table('Running yield', [{name: 'samples'}, {name: 'yield'}, {name: 'interval'}],
			n.map((at, i) => [count(at), percent(value[i]), percentSpan([lower[i], upper[i]])])),
	});
}
