// Reads one JSON object a line, {secret, headers, body}, and answers each with the payload or the error of the public verifier.
import { Webhook } from "standardwebhooks";
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ ok: true, payload: new Webhook(secret).verify(body, headers) }));
  } catch (error) {
    console.log(JSON.stringify({ ok: false, error: error.message }));
  }
}
