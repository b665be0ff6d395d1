// Signed events as Stripe's own client makes them for tests, sent to a server; and the server's own signature rules against it.
import Stripe from "stripe";

const [address, secret, seconds] = process.argv.slice(2);
const stripe = new Stripe("sk_test_none");
const event = { id: "evt_judge", object: "event", api_version: "2026-10-28.endive", type: "invoice.paid", created: Number(seconds), livemode: false, data: { object: { id: "in_nobody", object: "invoice", customer: "cus_nobody" } } };
const payload = JSON.stringify(event);
const header = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Number(seconds) });

async function send(body, signature) {
  const answer = await fetch(address, { method: "POST", headers: { "Stripe-Signature": signature, "Content-Type": "application/json" }, body });
  return answer.status;
}

console.log(JSON.stringify({
  accepted: await send(payload, header),
  altered: await send(payload.replace("in_nobody", "in_others"), header),
  otherSecret: await send(payload, stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_other", timestamp: Number(seconds) })),
  old: await send(payload, stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Number(seconds) - 301 })),
}));
