// Runs before the first paint. The choice is read here and never on the server: cached pages are the same for everybody.
const chosen = localStorage.getItem("theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
