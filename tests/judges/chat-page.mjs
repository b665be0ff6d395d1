// The sample of the page that documents the service which the chat speaks for, as it is printed there. Only the address and the key are this server's.
const [address, key] = process.argv.slice(2);
const printed = `
const response = await fetch('https://api.rapshee.com/v1/chat/completions', {
method: 'POST',
headers: {
'Content-Type': 'application/json',
'Authorization': 'Bearer YOUR_API_KEY'
},
body: JSON.stringify({
model: 'rapshee-1',
messages: [
{ role: 'system', content: 'You are a helpful assistant.' },
{ role: 'user', content: 'What is artificial intelligence?' }
],
temperature: 0.7,
max_tokens: 1000
})
});
const data = await response.json();
console.log(data.choices[0].message.content);`;
const Run = (async () => {}).constructor;
await new Run(printed.replace('https://api.rapshee.com', address).replace('YOUR_API_KEY', key))();
