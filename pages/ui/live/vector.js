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
  let frame = 0
  const first = () => { if (charts().length) list(); else frame = requestAnimationFrame(first) }
  first()
  return () => cancelAnimationFrame(frame)
}
