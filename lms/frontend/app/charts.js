// A chart is drawn from the table beside it: column heads and `data-value` cells. Nothing is in the chart that is not in the table.
function colours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    ["ground", "river", "river-line", "ink", "ink-soft", "line", "line-strong", "amber", "lotus", "leaf", "surface"].map((name) => [
      name,
      style.getPropertyValue(`--${name}`).trim(),
    ]),
  );
}

function read(table) {
  const rows = [...table.querySelectorAll("tbody tr")].filter((row) => row.querySelector("[data-value]"));
  const labels = rows.map((row) => (row.querySelector("[data-chart-label]") ?? row.cells[0]).textContent.trim());
  const count = Math.max(0, ...rows.map((row) => row.querySelectorAll("[data-value]").length));
  const heads = [...table.querySelectorAll("thead [data-series]")].map((head) => head.textContent.trim());
  const series = Array.from({ length: count }, (_, column) => ({
    label: heads[column] ?? "",
    cells: rows.map((row) => row.querySelectorAll("[data-value]")[column]),
  }));
  return { labels, series };
}

function numeric(cell) {
  return cell?.dataset.value ? Number(cell.dataset.value) : null;
}

export async function drawCharts(part) {
  const places = [...part.querySelectorAll("canvas[data-chart]:not([data-drawn])")];
  if (!places.length) return;
  const { draw } = await import("./drawing.js");
  for (const canvas of places) {
    canvas.dataset.drawn = "yes";
    const { labels, series } = read(document.getElementById(canvas.dataset.table));
    const sets = series.map(({ label, cells }) => ({
      label,
      data: cells.map(numeric),
      shown: cells.map((cell) => cell?.textContent.trim() ?? ""),
    }));
    draw(canvas, labels, sets, colours());
  }
}

// Day and night have colours of their own.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const canvas of document.querySelectorAll("canvas[data-drawn]")) delete canvas.dataset.drawn;
  drawCharts(document);
});
