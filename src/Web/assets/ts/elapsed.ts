// Counts the seconds since something began, wherever an element says when that was.
export function startElapsed() {
  const draw = () => {
    for (const element of document.querySelectorAll<HTMLElement>("[data-since]")) {
      const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(element.dataset.since!)) / 1000));
      const text = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (element.textContent !== text) element.textContent = text;
    }
  };
  draw();
  return setInterval(draw, 1000);
}
