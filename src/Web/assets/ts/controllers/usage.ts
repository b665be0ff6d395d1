import { Controller } from "@hotwired/stimulus";
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip);

// One colour of the page for each series, the most important first.
const fills = [
  "var(--accent-line)", "var(--ink)", "color-mix(in srgb, var(--accent-line) 45%, var(--paper))", "var(--ink-3)",
  "color-mix(in srgb, var(--ink) 30%, var(--paper))", "var(--bad)", "var(--edge)",
];

/** Draws the numbers of the table below as bars. The server has the numbers and the words; without this, nothing is missing. */
export class UsageController extends Controller<HTMLElement> {
  static targets = ["canvas"];
  static values = { days: Array, series: Array };
  declare readonly canvasTarget: HTMLCanvasElement;
  declare readonly daysValue: string[];
  declare readonly seriesValue: { label: string; values: number[] }[];
  private chart?: Chart;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly redraw = () => this.draw();
  private readonly themes = new MutationObserver(this.redraw);

  connect() {
    this.element.hidden = false;
    this.draw();
    this.dark.addEventListener("change", this.redraw);
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  disconnect() {
    this.dark.removeEventListener("change", this.redraw);
    this.themes.disconnect();
    this.chart?.destroy();
    this.element.hidden = true;
  }

  private draw() {
    const [ink, line] = [this.colour("var(--ink-2)"), this.colour("var(--line)")];
    const grouped = this.seriesValue.length > 1 || !!this.seriesValue[0]?.label;
    this.chart?.destroy();
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    this.chart = new Chart(this.canvasTarget, {
      type: "bar",
      data: {
        labels: this.daysValue,
        datasets: this.seriesValue.map((series, i) => {
          const fill = this.colour(fills[i % fills.length]);
          return { label: series.label, data: series.values, backgroundColor: fill, hoverBackgroundColor: fill, borderRadius: 2, maxBarThickness: 36 };
        }),
      },
      options: {
        maintainAspectRatio: false,
        // Numbers are looked at, not watched.
        animation: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: { stacked: true, grid: { display: false }, border: { color: line }, ticks: { color: ink, maxRotation: 0, autoSkipPadding: 16 } },
          y: { stacked: true, beginAtZero: true, border: { display: false }, grid: { color: line }, ticks: { color: ink, precision: 0, maxTicksLimit: 5 } },
        },
        plugins: {
          legend: { display: grouped, position: "bottom", align: "start", labels: { color: ink, boxWidth: 10, boxHeight: 10 } },
          tooltip: { displayColors: grouped, filter: item => item.parsed.y !== 0 },
        },
      },
    });
  }

  /** As the browser has worked it out: light-dark() and mixtures mean nothing to a canvas. */
  private colour(css: string) {
    this.canvasTarget.style.color = css;
    const found = getComputedStyle(this.canvasTarget).color;
    this.canvasTarget.style.removeProperty("color");
    return found;
  }
}
