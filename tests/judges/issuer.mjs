// A real OpenID provider on a port of its own. It prints its address, then does what a line on its input asks: "rotate <alg>" signs with new keys from then on.
// Tokens come from a grant that names its user, as a browser's dance of redirects would end with.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

// Its notices are not for our output: that is read line by line.
console.info = console.error;

const audience = 'urn:rpd:test';
const client = { client_id: 'app', client_secret: 'app-secret', redirect_uris: ['https://app.example.org/cb'], grant_types: ['authorization_code', 'urn:test:user'] };
const server = createServer((request, response) => answer(request, response));
let answer;

async function begin(alg) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: crypto.randomUUID() };
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    jwks: { keys: [key] },
    clients: [{ ...client, id_token_signed_response_alg: alg }],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: 'ada@example.org', email_verified: true }) }),
    extraTokenClaims: () => ({ azp: 'https://app.example.org' }),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: () => ({ scope: 'openid', audience, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg } } }),
      },
    },
  });
  provider.registerGrantType('urn:test:user', async (ctx) => {
    const { AccessToken, IdToken } = provider;
    const grant = new provider.Grant({ accountId: ctx.oidc.params.user, clientId: 'app' });
    grant.addOIDCScope('openid');
    const info = { scope: 'openid', audience, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg } } };
    const access = new AccessToken({ accountId: ctx.oidc.params.user, client: ctx.oidc.client, grantId: await grant.save(), gty: 'user', scope: 'openid', aud: audience });
    access.resourceServer = new provider.ResourceServer(audience, info);
    const id = new IdToken({ sub: ctx.oidc.params.user }, { ctx });
    id.scope = 'openid';
    ctx.body = { access_token: await access.save(), id_token: await id.issue({ use: 'idtoken' }), token_type: 'Bearer' };
  }, ['user']);
  provider.on('server_error', (_, fault) => console.error(fault));
  answer = provider.callback();
}

server.listen(0, '127.0.0.1', async () => {
  await begin('RS256');
  console.log(`http://127.0.0.1:${server.address().port}`);
});
createInterface({ input: process.stdin }).on('line', async (line) => {
  await begin(line.split(' ')[1]);
  console.log('done');
}).on('close', () => process.exit(0));
