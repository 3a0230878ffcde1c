// What streamlit_gaps.py does in the browser, once for each window. Each part says what Streamlit 1.67 lacks.

// ---- The history of the browser
//
// Streamlit adds an entry for each parameter that Python changes (a preset: nine), and takes the parameters of a page out
// of its address just before it adds the next page, so that Back leads to a page without its settings. Here an entry is
// added for another page only, and the page that is left keeps its address. Can go when Streamlit replaces the address
// within a page and filters the parameters of the next page only.

function oneEntryForEachPage() {
  const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)];
  const app = document.querySelector("[data-testid=stApp]");
  const isAtRest = () => app.dataset.testScriptState === "notRunning";
  let own = location.href; // the address as the page that is shown has made it
  let leaving = false;

  history.pushState = (state, title, url) => {
    if (new URL(url, location.href).pathname === location.pathname) {
      replace(state, title, url);
      return;
    }
    if (new URL(own).pathname === location.pathname) replace(history.state, "", own);
    push(state, title, url);
    [own, leaving] = [location.href, false];
  };
  history.replaceState = (state, title, url) => {
    replace(state, title, url);
    if (!leaving) own = location.href;
  };
  addEventListener("popstate", () => ([own, leaving] = [location.href, false]), true);
  const leave = (event) => {
    if (leaving || !event.target.closest?.("[data-testid=stTopNavLink]")) return;
    [own, leaving] = [location.href, true];
  };
  addEventListener("click", leave, true);
  new MutationObserver(() => {
    if (isAtRest() && !leaving) own = location.href;
  }).observe(app, { attributeFilter: ["data-test-script-state"] });
}

if (!window.streamlitGaps) {
  window.streamlitGaps = true;
  oneEntryForEachPage();
}

export default function () {}
