// Quiet charts: labels at the bars or lines, the threshold as a line with its name, no legend where a label can stand.
import {
  BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from "chart.js";

const ROW = 34;
const font = { family: '"Be Vietnam Pro", system-ui, sans-serif', size: 14 };

// Chart.js would write "1,234.5"; the table's own text is the label.
const directLabels = {
  id: "directLabels",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.font = `500 13px ${font.family}`;
    ctx.fillStyle = chart.options.ink;
    ctx.textBaseline = "middle";
    chart.data.datasets.forEach((set, index) => {
      if (chart.config.type === "line") labelLineEnd(ctx, chart, set, index);
      else chart.getDatasetMeta(index).data.forEach((bar, row) => ctx.fillText(set.shown[row], bar.x + 6, bar.y));
    });
    ctx.restore();
  },
};

function labelLineEnd(ctx, chart, set, index) {
  const last = set.data.findLastIndex((value) => value !== null);
  const point = chart.getDatasetMeta(index).data[last];
  if (point) ctx.fillText(`${set.label} ${set.shown[last]}`.trim(), point.x + 8, point.y);
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
    ctx.font = `500 13px ${font.family}`;
    ctx.textBaseline = "bottom";
    const right = lying && at > (area.left + area.right) / 2;
    ctx.textAlign = right ? "right" : "left";
    ctx.fillText(thresholdLabel, lying ? at + (right ? 4 : -4) : area.left, lying ? area.top - 6 : at - 4);
    ctx.restore();
  },
};

Chart.register(
  BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip,
  directLabels, thresholdLine,
);

function dataset(set, index, kind, tint) {
  const palette = [tint.river, tint.amber, tint.lotus, tint.leaf];
  const colour = palette[index % palette.length];
  return kind === "line"
    ? { ...set, borderColor: colour, backgroundColor: colour, borderWidth: 2, pointRadius: 3, tension: 0.2 }
    : { ...set, backgroundColor: index ? tint["river-line"] : tint.river, maxBarThickness: 18, borderRadius: 2 };
}

function shorten(label, width) {
  const most = Math.max(12, Math.floor((width * 0.42) / 8));
  return label.length > most ? `${label.slice(0, most - 1)}…` : label;
}

function scales(kind, labels, canvas, tint) {
  const width = canvas.parentElement.clientWidth;
  const names = {
    grid: { display: false },
    border: { color: tint.line },
    ticks: { color: tint.ink, font, autoSkip: kind === "line", callback: (_, row) => shorten(labels[row], width) },
  };
  const values = {
    beginAtZero: true,
    suggestedMax: canvas.dataset.suffix === "%" ? 100 : undefined,
    grid: { color: tint.line },
    border: { display: false },
    ticks: { color: tint["ink-soft"], font: { ...font, size: 13 }, maxTicksLimit: 6 },
  };
  return kind === "line" ? { x: names, y: values } : { x: values, y: names };
}

export function draw(canvas, labels, sets, tint) {
  const kind = canvas.dataset.chart === "line" ? "line" : "bar";
  const height = kind === "line" ? 320 : labels.length * sets.length * ROW + 72;
  canvas.parentElement.style.setProperty("min-height", `${height}px`);
  canvas.height = height;
  Chart.getChart(canvas)?.destroy();
  new Chart(canvas, {
    type: kind,
    data: { labels, datasets: sets.map((set, index) => dataset(set, index, kind, tint)) },
    options: {
      ink: tint.ink,
      threshold: canvas.dataset.threshold ? Number(canvas.dataset.threshold) : null,
      thresholdLabel: canvas.dataset.thresholdLabel ?? "",
      indexAxis: kind === "line" ? "x" : "y",
      locale: document.documentElement.lang,
      maintainAspectRatio: false,
      animation: false,
      layout: { padding: { top: 24, right: 72 } },
      plugins: { tooltip: { callbacks: { label: (item) => `${item.dataset.label} ${item.dataset.shown[item.dataIndex]}` } } },
      scales: scales(kind, labels, canvas, tint),
    },
  });
}
