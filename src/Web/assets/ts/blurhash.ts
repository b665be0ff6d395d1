// BlurHash (the format is public: a base-83 string of cosine components) on a tiny canvas that CSS scales up.
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
const size = 20;

/** The cosine of each component, at each point of the canvas. */
const waves = Array.from({ length: 9 }, (_, component) => Float64Array.from({ length: size }, (_, at) => Math.cos((Math.PI * at * component) / size)));

type Colour = [number, number, number];

export function paintBlurHash(hash: string): HTMLCanvasElement | null {
  const number = (from: number, to: number) => [...hash.slice(from, to)].reduce((sum, c) => sum * 83 + digits.indexOf(c), 0);
  const columns = (number(0, 1) % 9) + 1, rows = Math.floor(number(0, 1) / 9) + 1;
  if (hash.length !== 4 + 2 * columns * rows) return null;

  const peak = (number(1, 2) + 1) / 166;
  const parts: Colour[] = [average(number(2, 6))];
  for (let i = 1; i < columns * rows; i++) parts.push(detail(number(4 + i * 2, 6 + i * 2), peak));

  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  if (!context) return null;
  const image = context.createImageData(size, size);
  for (let y = 0, at = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let red = 0, green = 0, blue = 0;
      for (let row = 0, i = 0; row < rows; row++)
        for (let column = 0; column < columns; column++, i++) {
          const weight = waves[column]![x]! * waves[row]![y]!, part = parts[i]!;
          red += part[0] * weight;
          green += part[1] * weight;
          blue += part[2] * weight;
        }
      image.data[at++] = toByte(red);
      image.data[at++] = toByte(green);
      image.data[at++] = toByte(blue);
      image.data[at++] = 255;
    }
  context.putImageData(image, 0, 0);
  return canvas;
}

const average = (v: number): Colour => [toLinear(v >> 16), toLinear((v >> 8) & 255), toLinear(v & 255)];
const detail = (v: number, peak: number): Colour =>
  [Math.floor(v / 361), Math.floor(v / 19) % 19, v % 19].map(q => Math.sign(q - 9) * ((q - 9) / 9) ** 2 * peak) as Colour;
const toLinear = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);

/** From linear light in 2,048 steps: fifty pictures ask for sixty thousand powers otherwise. */
const bytes = Uint8Array.from({ length: 2049 }, (_, step) => {
  const v = step / 2048;
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055));
});
const toByte = (linear: number) => bytes[Math.round(2048 * Math.min(1, Math.max(0, linear)))]!;
