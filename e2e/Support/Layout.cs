using Microsoft.Playwright;

namespace Rpd.E2E.Support;

/// <summary>What a designer sees at once: a page wider than its window, and a header or a row of tabs of which something is cut off or covered.</summary>
public static class Layout
{
    public static async Task<IReadOnlyList<string>> Faults(IPage page) => await page.EvaluateAsync<string[]>("""
        () => {
          const faults = [], root = document.documentElement, width = root.clientWidth, name = e => `${e.localName}.${[...e.classList].join(".")} “${(e.ariaLabel ?? e.textContent).trim().slice(0, 40)}”`;
          if (root.scrollWidth > width) {
            const wide = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 1);
            faults.push(`is ${root.scrollWidth} px wide: ${wide.slice(0, 3).map(name).join(", ")}`);
          }
          // Where words are drawn: a bell's number hangs over its edge on purpose, and what is for screen readers alone is a pixel wide.
          const words = part => {
            const rects = [], walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), range = document.createRange();
            for (let text = walk.nextNode(); text; text = walk.nextNode()) {
              if (!text.data.trim() || getComputedStyle(text.parentElement).position === "absolute") continue;
              range.selectNodeContents(text);
              rects.push(range.getBoundingClientRect());
            }
            return rects;
          };
          const covered = document.querySelector("dialog:modal") !== null;
          for (const part of document.querySelectorAll(":is(.top, .tabs-bottom) :is(a, button, summary)")) {
            if (!part.checkVisibility()) continue;
            const box = part.getBoundingClientRect();
            if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > innerHeight) faults.push(`cuts off ${name(part)}`);
            else if (words(part).some(rect => rect.left < box.left - 1 || rect.right > box.right + 1)) faults.push(`has no room for the words of ${name(part)}`);
            else if (!covered && !part.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))) faults.push(`covers ${name(part)}`);
          }
          return faults;
        }
        """);
}
