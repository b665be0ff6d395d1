// OpenAI's own client for JavaScript makes a picture, edits it and speaks, at the address, with the key and with the picture that it is given.
import { createReadStream } from 'node:fs';
import OpenAI, { toFile } from 'openai';

const [baseURL, apiKey, picture] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const file = () => toFile(createReadStream(picture), 'picture.png', { type: 'image/png' });

const models = await client.models.list();
const made = await client.images.generate({ model: 'gpt-image-2', prompt: 'A lighthouse', n: 2, size: '1536x1024', quality: 'medium', output_format: 'webp', background: 'opaque' });
const edited = await client.images.edit({ model: 'gpt-image-2', prompt: 'At night', image: [await file(), await file()], mask: await file(), n: 1, size: '1024x1024' });
const spoken = await client.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'coral', input: 'Hello', instructions: 'Whisper.', response_format: 'flac', speed: 1.25 });
const refused = await client.images.generate({ model: 'gpt-image-2', prompt: 'forbidden things' }).catch((error) => error);

console.log(JSON.stringify({
  models: models.data.length,
  made: made.data.map((one) => Buffer.from(one.b64_json, 'base64').subarray(8, 12).toString()),
  edited: edited.data.map((one) => Buffer.from(one.b64_json, 'base64').subarray(1, 4).toString()),
  spoken: Buffer.from(await spoken.arrayBuffer()).subarray(0, 4).toString(),
  refused: [refused.status, refused.code, refused.type],
}));
