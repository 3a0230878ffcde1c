"""The charts of a page as SVG, each a file of its own."""

import streamlit as st

from pages.ui.live.copy_link import CSS
from pages.ui.presenter import VECTOR

HTML = """<label>Chart<select aria-label="Chart to save"></select></label>
<button type="button"><span>Save as SVG</span></button>"""
STYLE = (
    CSS
    + """
label { display: grid; gap: .25rem; font-family: var(--st-font); font-size: .875rem; color: var(--st-text-color); }
select { width: 100%; min-height: 2.5rem; margin-bottom: .5rem; padding: .25rem .5rem; font: inherit;
  color: inherit; background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); }
"""
)
JS = """
const CHARTS = "[data-testid=stVegaLiteChart]"

// the text alternative of a chart begins with what it shows
const named = (chart) => chart.getAttribute("aria-label").split(/[.;,]/)[0]

function save(chart) {
  const drawing = chart.querySelector("svg").cloneNode(true)
  drawing.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  const file = new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" })
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = named(chart).toLowerCase().replace(/[^a-z0-9]+/g, "-") + ".svg"
  link.click()
  URL.revokeObjectURL(link.href)
}

export default function ({ parentElement }) {
  const select = parentElement.querySelector("select")
  const charts = () => [...document.querySelectorAll(CHARTS)].filter((chart) => chart.querySelector("svg"))
  // charts come and go: what there is is looked up whenever it is asked for
  const list = () => {
    const chosen = Math.max(select.selectedIndex, 0)
    select.replaceChildren(...charts().map((chart, place) => new Option(named(chart), place)))
    select.selectedIndex = Math.min(chosen, select.length - 1)
  }
  select.onfocus = list
  select.onpointerdown = list
  parentElement.querySelector("button").onclick = () => {
    const chart = charts()[Math.max(select.selectedIndex, 0)]
    if (chart) save(chart)
  }
  const first = setInterval(() => { if (charts().length) { list(); clearInterval(first) } }, 200)
  return () => clearInterval(first)
}
"""

_saver = st.components.v2.component("charts_as_svg", html=HTML, css=STYLE, js=JS)


def vector() -> None:
    """A switch that draws the charts as SVG, and with it a button that saves one of them."""
    if st.toggle(
        "Charts as SVG",
        key=VECTOR,
        persist_state="session",
        help="Draws the charts as SVG, sharp at any size, and saves them. The menu above each chart saves it as PNG.",
    ):
        _saver(key="charts_as_svg")
