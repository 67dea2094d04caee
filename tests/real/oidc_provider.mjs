// An OpenID Connect provider for the tests: oidc-provider with two people and a sign-in page of the plainest kind.
//
//   scripts/node tests/real/oidc_provider.mjs '{"port": 4000, "clients": {"moot": "http://localhost:3000"}}'
//
// Whoever types a name with the password "secret" is that person. `PUT /people/NAME` changes what is told of somebody.
// The client "moot" shows its secret as HTTP Basic, others in the form.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { port, clients } = JSON.parse(process.argv[2]);
// Not localhost, where Moot is: browsers count them as two sites.
const issuer = `http://127.0.0.1:${port}`;

const people = new Map(
  ['alice', 'bob'].map((name, index) => [
    name,
    {
      sub: `2440032${index}`,
      preferred_username: name,
      name: name === 'alice' ? 'Alice Adams' : 'Bob Brown',
      email: `${name}@club.example`,
      email_verified: true,
      groups: name === 'alice' ? ['members', 'moderation'] : ['members'],
    },
  ]),
);
const byId = (id) => [...people.values()].find((person) => person.sub === id);

const key = (kind, options, alg) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }),
  kid: `for ${alg}`,
  alg,
  use: 'sig',
});

const client = ([id, moot]) => ({
  client_id: id,
  client_secret: 'a secret / with: signs+',
  token_endpoint_auth_method: id === 'moot' ? 'client_secret_basic' : 'client_secret_post',
  id_token_signed_response_alg: id === 'moot' ? 'RS256' : 'ES256',
  redirect_uris: [`${moot}/auth/auth/openid_connect/callback`],
  post_logout_redirect_uris: [`${moot}/about`],
  backchannel_logout_uri: `${moot}/auth/auth/openid_connect/backchannel_logout`,
  backchannel_logout_session_required: true,
  response_types: ['code'],
  grant_types: ['authorization_code'],
});

const provider = new Provider(issuer, {
  clients: Object.entries(clients).map(client),
  jwks: {
    keys: [key('rsa', { modulusLength: 2048 }, 'RS256'), key('ec', { namedCurve: 'P-256' }, 'ES256')],
  },
  cookies: { keys: ['of the tests'] },
  claims: {
    openid: ['sub'],
    profile: ['preferred_username', 'name'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  scopes: ['openid', 'profile', 'email', 'groups'],
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
  },
  pkce: { required: () => true },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => byId(id) && { accountId: id, claims: () => ({ ...byId(id) }) },
  // Its own way of asking refuses this machine, where its clients are.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  // Nobody is asked for consent.
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email groups');
    await grant.save();
    return grant;
  },
});
provider.on('backchannel.error', (_, error) => console.error(error));
const answer = provider.callback();

const read = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return text;
};

const page = (uid, problem = '') => `<!doctype html><title>The organisation</title><main><p>${problem}</p>
<form method="post" action="/interaction/${uid}"><input name="login"><input name="password" type="password">
<button>Sign in</button></form>
<form method="post" action="/interaction/${uid}/abort"><button>Go back</button></form></main>`;

createServer(async (request, response) => {
  const html = (status, text) => response.writeHead(status, { 'content-type': 'text/html' }).end(text);
  try {
    const { pathname } = new URL(request.url, issuer);
    const [, first, second, third] = pathname.split('/');
    if (first === 'people' && request.method === 'PUT') {
      people.set(second, { ...people.get(second), ...JSON.parse(await read(request)) });
      return response.writeHead(204).end();
    }
    if (first !== 'interaction') return await answer(request, response);
    if (request.method === 'GET') return html(200, page(second));
    if (third === 'abort') {
      return await provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    const filled = new URLSearchParams(await read(request));
    const person = people.get(filled.get('login'));
    if (!person || filled.get('password') !== 'secret') return html(200, page(second, 'No.'));
    return await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
  } catch (error) {
    console.error(error);
    return html(500, 'The provider failed.');
  }
}).listen(port, '127.0.0.1', () => console.log('ready'));
