/* A chart in the page: colours of the theme, marks at limits, keys, and the data as a table. */

const charts = [];

function colour(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/* Colours are names of the style sheet until they are needed: {colour: 'bar'} in a data set. */
function paint(chart) {
	for (const dataset of chart.data.datasets) {
		for (const [key, name] of Object.entries(dataset.paint || {}))
			dataset[key] = Array.isArray(name) ? name.map(colour) : colour(name);
	}
	for (const axis of Object.values(chart.options.scales)) {
		axis.ticks.color = axis.title.color = colour('soft');
		axis.grid.color = axis.grid.borderColor = axis.grid.tickColor = colour('grid');
	}
	Object.assign(chart.options.plugins.tooltip, {
		backgroundColor: colour('ink'), titleColor: colour('paper'), bodyColor: colour('paper'),
	});
}

function repaint() {
	for (const chart of charts) {
		paint(chart);
		chart.update('none');
	}
}

/* ---- marks: lines across the chart at limits ---- */

function drawMark(chart, mark) {
	const {ctx, chartArea: area, scales} = chart;
	const isX = mark.axis === 'x';
	const at = scales[mark.axis].getPixelForValue(mark.value);
	if (isX ? at < area.left - 1 || at > area.right + 1 : at < area.top - 1 || at > area.bottom + 1)
		return;
	ctx.save();
	ctx.strokeStyle = ctx.fillStyle = colour(mark.paint);
	ctx.lineWidth = 1.25;
	ctx.setLineDash([5, 3]);
	ctx.beginPath();
	ctx.moveTo(isX ? at : area.left, isX ? area.top : at);
	ctx.lineTo(isX ? at : area.right, isX ? area.bottom : at);
	ctx.stroke();
	if (mark.label) {
		ctx.font = `11px ${Chart.defaults.font.family}`;
		const width = ctx.measureText(mark.label).width;
		const beside = at + 4 + width > area.right ? at - 4 - width : at + 4;
		const inside = mark.isRight ? area.right - 4 - width : area.left + 4;
		ctx.fillText(mark.label, isX ? beside : inside, isX ? area.top + 9 : at - 4);
	}
	ctx.restore();
}

const marksPlugin = {
	id: 'marks',
	/* Chart.js makes bars no wider than ticks are apart; those of a histogram are as wide as its bins */
	afterLayout(chart) {
		for (const dataset of chart.data.datasets)
			if (dataset.binWidth)
				dataset.barThickness = chart.scales.x.getPixelForValue(dataset.binWidth) - chart.scales.x.getPixelForValue(0);
	},
	afterDatasetsDraw(chart, _, options) {
		for (const mark of options.list || [])
			drawMark(chart, mark);
	},
};

/* ---- keys: arrows go from point to point, as a pointer would ---- */

function pointsOf(chart) {
	const list = [];
	chart.data.datasets.forEach((dataset, datasetIndex) => {
		if (dataset.isSilent)
			return;
		dataset.data.forEach((point, index) => list.push({datasetIndex, index, x: point.x ?? index}));
	});
	const isLying = chart.options.indexAxis === 'y';
	return isLying ? list : list.sort((a, b) => a.x - b.x);
}

function show(chart, point) {
	const active = point ? [{datasetIndex: point.datasetIndex, index: point.index}] : [];
	chart.setActiveElements(active);
	chart.tooltip.setActiveElements(active, {x: 0, y: 0});
	chart.update('none');
	document.getElementById('live').textContent = point
		? [].concat(chart.tooltip.title || [], ...(chart.tooltip.body || []).map(item => item.lines)).join(', ') : '';
}

function takeKeys(canvas, chart) {
	const steps = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10};
	let points = null;
	let at = -1;
	canvas.addEventListener('keydown', event => {
		points = points || pointsOf(chart);
		const last = points.length - 1;
		if (event.key in steps)
			at = at < 0 ? (steps[event.key] > 0 ? 0 : last) : Math.min(Math.max(at + steps[event.key], 0), last);
		else if (event.key === 'Home' || event.key === 'End')
			at = event.key === 'Home' ? 0 : last;
		else if (event.key === 'Escape')
			at = -1;
		else
			return;
		event.preventDefault();
		show(chart, points[at]);
	});
	canvas.addEventListener('blur', () => {
		if (at >= 0)
			show(chart, null);
		at = -1;
	});
}

/* ---- the figure ---- */

/* Equal decimals for all ticks, as Chart.js does it, and a real minus sign. */
function tickText(value, index, ticks) {
	return Chart.Ticks.formatters.numeric.call(this, value, index, ticks).replace('-', '−');
}

function axis(title, more) {
	return Object.assign({
		title: {display: title !== '', text: title},
		ticks: {maxTicksLimit: 7, maxRotation: 0, includeBounds: false, callback: tickText},
		grid: {},
	}, more);
}

/* The table is made when it is opened: with many points it is long. */
function dataTable(makeTable) {
	const details = element('details', {class: 'data'}, element('summary', null, 'Table'));
	details.addEventListener('toggle', () => {
		if (details.open && details.childElementCount === 1)
			details.append(element('div', {tabindex: 0, role: 'region', 'aria-label': 'Table'}, makeTable()));
	});
	return details;
}

/*
 * plot: {title, note, says, datasets, scales, tip(datasetIndex, index), table(), marks?, lying?, mode?, nearest?}: title
 * and note above the chart, what it says to who cannot see it, lines of text for a point, its data as a table.
 */
function figure(plot) {
	const canvas = element('canvas', {tabindex: 0, role: 'application', 'aria-roledescription': 'chart',
		'aria-label': `${plot.title}. ${plot.says} Arrow keys go from point to point.`});
	const made = element('figure', null,
		element('figcaption', null, element('h3', null, plot.title), element('p', {class: 'note'}, plot.note)),
		element('div', {class: 'plot'}, canvas), dataTable(plot.table));
	made.draw = () => {
		const chart = new Chart(canvas, {
			type: 'scatter',
			data: {datasets: plot.datasets},
			options: {
				animation: false, responsive: true, maintainAspectRatio: false, normalized: true,
				indexAxis: plot.lying ? 'y' : 'x',
				interaction: {mode: plot.mode || 'nearest', intersect: false, axis: plot.nearest || 'xy'},
				scales: plot.scales,
				plugins: {
					legend: {display: false},
					marks: {list: plot.marks},
					tooltip: {
						displayColors: false, caretSize: 4, padding: 7,
						filter: item => !item.dataset.isSilent,
						callbacks: {title: () => '', label: item => plot.tip(item.datasetIndex, item.dataIndex)},
					},
				},
			},
			plugins: [marksPlugin],
		});
		charts.push(chart);
		paint(chart);
		chart.update('none');
		takeKeys(canvas, chart);
	};
	return made;
}

/* ---- theme and paper ---- */

/* A browser lays the page out anew for paper, where canvases keep the size they were drawn at. */
function followTheme() {
	Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
	Chart.defaults.font.size = 11;
	Chart.defaults.locale = 'en-US';
	matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
	addEventListener('beforeprint', () => {
		document.documentElement.classList.add('printing');
		repaint();
	});
	addEventListener('afterprint', () => {
		document.documentElement.classList.remove('printing');
		repaint();
	});
}
