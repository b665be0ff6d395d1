// Paints a picture's blurhash behind it while it loads. The decoder comes only when a picture is still missing.
export function startPlaceholders() {
  const paint = async () => {
    const waiting = [...document.querySelectorAll<HTMLImageElement>("img[data-blur]")].filter(img => !img.complete);
    if (waiting.length === 0) return;
    const { paintBlurHash } = await import("./blurhash");
    let since = performance.now();
    for (const img of waiting) {
      // Fifty at once would hold up a phone's first tap.
      if (performance.now() - since > 8) {
        await new Promise(resume => setTimeout(resume));
        since = performance.now();
      }
      // Another of these may have been here while the decoder came.
      const hash = img.dataset.blur;
      delete img.dataset.blur;
      if (!hash || img.complete) continue;
      const canvas = paintBlurHash(hash);
      if (!canvas) continue;
      img.before(canvas);
      for (const end of ["load", "error"]) img.addEventListener(end, () => canvas.remove(), { once: true });
    }
  };
  document.addEventListener("turbo:load", paint);
  document.addEventListener("turbo:frame-render", paint);
}
