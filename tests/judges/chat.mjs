// OpenAI's own client for JavaScript talks to the models: a list, an answer, a stream, a tool, and every error that it has a class for.
import OpenAI from 'openai';

const [baseURL, apiKey, poorKey, limitedKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: 'system', content: 'You are a helpful assistant.' }, { role: 'user', content: 'What is artificial intelligence?' }];
const failure = async (call) => {
  try {
    await call();
    return 'none';
  } catch (error) {
    return [error.constructor.name, error.status, error.code, error.type, error.param ?? null, error.requestID?.startsWith('req_') ?? false];
  }
};

const models = [];
for await (const model of client.models.list()) models.push(model.id);
const model = await client.models.retrieve('rapshee-1');
const whole = await client.chat.completions.create({ model: 'rapshee-1', messages, temperature: 0.7, max_tokens: 1000 });
const streamed = { text: '', usage: null, finish: null };
for await (const chunk of await client.chat.completions.create({ model: 'rapshee-1', messages, stream: true, stream_options: { include_usage: true } })) {
  streamed.text += chunk.choices[0]?.delta?.content ?? '';
  streamed.finish ??= chunk.choices[0]?.finish_reason ?? null;
  streamed.usage ??= chunk.usage ?? null;
}
const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }];
const called = await client.chat.completions.create({ model: 'with-tools', messages, tools, tool_choice: 'auto' });
const helper = await client.chat.completions.stream({ model: 'rapshee-1', messages }).finalContent();
const ask = (key, body) => () => new OpenAI({ baseURL, apiKey: key, maxRetries: 0 }).chat.completions.create({ model: 'rapshee-1', messages, ...body });

console.log(JSON.stringify({
  models: models.filter((id) => id.startsWith('rapshee')),
  model: [model.id, model.object, model.owned_by],
  whole: [whole.object, whole.model, whole.choices[0].message.content, whole.usage.total_tokens],
  streamed,
  helper,
  called: called.choices[0].message.tool_calls?.[0]?.function?.name,
  errors: {
    invalid: await failure(ask(apiKey, { temperature: 3 })),
    key: await failure(ask('rpd_sk_wrong', {})),
    quota: await failure(ask(poorKey, {})),
    model: await failure(ask(apiKey, { model: 'nobody' })),
    limit: await failure(ask(limitedKey, { messages: [{ role: 'user', content: 'many words '.repeat(40000) }] })),
    upstream: await failure(ask(apiKey, { model: 'down' })),
    stranger: await failure(() => client.models.retrieve('nobody')),
  },
}));
