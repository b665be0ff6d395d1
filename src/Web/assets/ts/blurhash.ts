// BlurHash (the format is public: a base-83 string of cosine components) on a tiny canvas that CSS scales up.
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
const size = 20;

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
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const sum: Colour = [0, 0, 0];
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const weight = Math.cos((Math.PI * x * column) / size) * Math.cos((Math.PI * y * row) / size);
          parts[column + row * columns].forEach((value, i) => (sum[i] += value * weight));
        }
      image.data.set([...sum.map(toByte), 255], 4 * (x + y * size));
    }
  context.putImageData(image, 0, 0);
  return canvas;
}

const average = (v: number): Colour => [toLinear(v >> 16), toLinear((v >> 8) & 255), toLinear(v & 255)];
const detail = (v: number, peak: number): Colour =>
  [Math.floor(v / 361), Math.floor(v / 19) % 19, v % 19].map(q => Math.sign(q - 9) * ((q - 9) / 9) ** 2 * peak) as Colour;
const toLinear = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);

function toByte(linear: number) {
  const v = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055));
}
