// Quiet charts: labels at the bars or lines, the threshold as a line with its name, no legend where a label can stand.
import {
  BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from "chart.js";

const ROW = 52; // a name, and a bar under it: long names of agencies need the whole width
const family = '"Be Vietnam Pro", system-ui, sans-serif';
const font = { family, size: 14 };

const directLabels = {
  id: "directLabels",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    Object.assign(ctx, { fillStyle: chart.options.ink, strokeStyle: chart.options.ground, lineWidth: 4, lineJoin: "round" });
    ctx.textBaseline = "middle";
    chart.data.datasets.forEach((set, index) => {
      if (chart.config.type === "line") labelLineEnd(ctx, chart, set, index);
      else chart.getDatasetMeta(index).data.forEach((bar, row) => labelBar(ctx, chart, set, bar, row, index));
    });
    ctx.restore();
  },
};

// A rim in the ground's colour keeps words readable where a line runs through them.
function write(ctx, text, x, y) {
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}

// The table's own text is the label: Chart.js would write numbers in another way.
function labelBar(ctx, chart, set, bar, row, index) {
  ctx.font = `500 13px ${family}`;
  write(ctx, set.shown[row], bar.x + 6, bar.y);
  if (index) return;
  ctx.font = `400 14px ${family}`;
  write(ctx, shorten(ctx, chart.data.labels[row], chart.width - 8), chart.chartArea.left, bar.y - bar.height / 2 - 12);
}

function shorten(ctx, label, width) {
  let text = label;
  while (ctx.measureText(text).width > width && text.length > 4) text = `${text.slice(0, -2).trimEnd()}…`;
  return text;
}

function labelLineEnd(ctx, chart, set, index) {
  const last = set.data.findLastIndex((value) => value !== null);
  const point = chart.getDatasetMeta(index).data[last];
  ctx.font = `500 13px ${family}`;
  if (point) write(ctx, `${set.label} ${set.shown[last]}`.trim(), point.x + 8, point.y);
}

const thresholdLine = {
  id: "thresholdLine",
  afterDatasetsDraw(chart) {
    const { threshold, thresholdLabel } = chart.options;
    if (threshold === null) return;
    const { ctx, chartArea: area } = chart;
    const lying = chart.options.indexAxis === "y";
    const at = chart.scales[lying ? "x" : "y"].getPixelForValue(threshold);
    ctx.save();
    ctx.strokeStyle = chart.options.ink;
    ctx.fillStyle = chart.options.ink;
    ctx.lineWidth = 1.5;
    ctx.setLineDash([5, 4]);
    ctx.beginPath();
    ctx.moveTo(lying ? at : area.left, lying ? area.top - 4 : at);
    ctx.lineTo(lying ? at : area.right, lying ? area.bottom : at);
    ctx.stroke();
    ctx.font = `500 13px ${family}`;
    ctx.textBaseline = "bottom";
    const right = lying && at > (area.left + area.right) / 2;
    ctx.textAlign = right ? "right" : "left";
    ctx.fillText(thresholdLabel, lying ? at + (right ? 4 : -4) : area.left, lying ? area.top - 6 : at - 4);
    ctx.restore();
  },
};

Chart.register(
  BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip,
  thresholdLine, directLabels,
);

function dataset(set, index, kind, tint) {
  const palette = [tint.river, tint.amber, tint.lotus, tint.leaf];
  const colour = palette[index % palette.length];
  return kind === "line"
    ? { ...set, borderColor: colour, backgroundColor: colour, borderWidth: 2, pointRadius: 3, tension: 0.2 }
    : { ...set, backgroundColor: index ? tint["river-line"] : tint.river, barThickness: 14, borderRadius: 2 };
}

function scales(kind, canvas, tint) {
  const names = {
    grid: { display: false },
    border: { color: tint["line-strong"] },
    ticks: { display: kind === "line", color: tint.ink, font },
  };
  const values = {
    beginAtZero: true,
    suggestedMax: canvas.dataset.suffix === "%" ? 100 : undefined,
    grid: { color: tint.line, drawTicks: false },
    border: { display: false },
    ticks: { color: tint["ink-soft"], font: { ...font, size: 13 }, maxTicksLimit: 6, padding: 8 },
  };
  return kind === "line" ? { x: names, y: values } : { x: values, y: names };
}

export function draw(canvas, labels, sets, tint) {
  const kind = canvas.dataset.chart === "line" ? "line" : "bar";
  const height = kind === "line" ? 320 : labels.length * (ROW + (sets.length - 1) * 20) + 72;
  canvas.parentElement.style.height = `${height}px`;
  Chart.getChart(canvas)?.destroy();
  new Chart(canvas, {
    type: kind,
    data: { labels, datasets: sets.map((set, index) => dataset(set, index, kind, tint)) },
    options: {
      ink: tint.ink,
      ground: tint.ground,
      threshold: canvas.dataset.threshold ? Number(canvas.dataset.threshold) : null,
      thresholdLabel: canvas.dataset.thresholdLabel ?? "",
      indexAxis: kind === "line" ? "x" : "y",
      locale: document.documentElement.lang,
      maintainAspectRatio: false,
      animation: false,
      layout: { padding: { top: 24, right: 72 } },
      plugins: { tooltip: { callbacks: { label: (item) => `${item.dataset.label} ${item.dataset.shown[item.dataIndex]}` } } },
      scales: scales(kind, canvas, tint),
    },
  });
}
