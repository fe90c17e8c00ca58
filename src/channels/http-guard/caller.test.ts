import { createServer as plainServer, type RequestListener, type Server } from 'node:http';
import { createServer as tlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { HttpCaller } from './caller.ts';
import { networks } from './networks.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, host, done));
  return (server.address() as AddressInfo).port;
}

/** Of nobody, for nothing but this test: signed by itself for `localhost`. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIUSMlDoLMlStEprQkfijF0y4v+rNswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA4MTYwOFoYDzIxMjYxMDI5
MDgxNjA4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATIo5No+uhXJXcdQMtcZSk9fd8AoMdGZEhcRwmZzXp04ztN8EtimhOW
fSxLouYkNFiMu3aB3kxK1pWjv2WdXlJZo2kwZzAdBgNVHQ4EFgQU1b1gYXv3FdR4
QQAGaAoE/ROHQUYwHwYDVR0jBBgwFoAU1b1gYXv3FdR4QQAGaAoE/ROHQUYwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhANaBYXKyJ01Pb/mNETbStJB/jt0yzUmEVi1QuJ7JrIOlAiEA+sVi2x82
xKXeHv1nGBImTKNgbhGSbs75tfdCRu16VqA=
-----END CERTIFICATE-----`;
/** The same, of January 2020. */
const expired = `-----BEGIN CERTIFICATE-----
MIIBYDCCAQWgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjAwMjAxMDAwMDAwWjAUMRIwEAYDVQQDDAls
b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATIo5No+uhXJXcdQMtc
ZSk9fd8AoMdGZEhcRwmZzXp04ztN8EtimhOWfSxLouYkNFiMu3aB3kxK1pWjv2Wd
XlJZo0gwRjAPBgNVHRMBAf8EBTADAQH/MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAd
BgNVHQ4EFgQU1b1gYXv3FdR4QQAGaAoE/ROHQUYwCgYIKoZIzj0EAwIDSQAwRgIh
AI44omE05ciB2tRjR7+5wcA7+NXilQj2oInFthuezqQIAiEAsAA5a6i/GnoQa7QQ
VtgOhvu6/eTQdGa9oNtbYeIPTJY=
-----END CERTIFICATE-----`;
const keyBody = `MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLz5clXAyR3bTfiOq
k30sWS619mr9wYaJsnMNDiYjkvqhRANCAATIo5No+uhXJXcdQMtcZSk9fd8AoMdG
ZEhcRwmZzXp04ztN8EtimhOWfSxLouYkNFiMu3aB3kxK1pWjv2WdXlJZ`;
const key = ['-----BEGIN', ' PRIVATE KEY-----\n', keyBody, '\n-----END', ' PRIVATE KEY-----'].join('');

let calls = 0;
const ok: RequestListener = (_request, response) => {
  calls += 1;
  response.writeHead(200).end('taken');
};
const loopback = networks(['127.0.0.0/8', '::1/128']);
const call = { headers: {}, body: Buffer.from('{}'), timeoutMs: 2_000, limitBytes: 1_000 };
const plain = await listening(plainServer(ok));
const tls = await listening(tlsServer({ key, cert: certificate }, ok), 'localhost');

test('an internal network that was declared is called, in plain HTTP too', async () => {
  const answer = await new HttpCaller(loopback).post(`http://127.0.0.1:${plain}/`, call);
  expect(answer).toMatchObject({ status: 200, isCut: false });
  expect(answer.body.toString()).toBe('taken');
});

test.each([
  ['an address of this machine', `http://127.0.0.1:${plain}/`],
  ['a name that leads to this machine', `https://localhost:${tls}/`],
  ['the same written as one number', `http://2130706433:${plain}/`],
  ['mapped into IPv6', `http://[::ffff:127.0.0.1]:${plain}/`],
  ['cloud metadata', 'http://169.254.169.254/latest/meta-data/'],
])('%s is not called when nothing was declared', async (_name, url) => {
  const before = calls;
  const problem = new HttpCaller(networks([])).post(url, call);
  await expect(problem).rejects.toMatchObject({ code: 'http.forbidden_address' });
  expect(calls).toBe(before);
});

test('plain HTTP is refused outside of the declared networks', async () => {
  const problem = new HttpCaller(networks([])).post('http://93.184.216.34/', call);
  await expect(problem).rejects.toMatchObject({ code: 'http.not_https' });
});

test.each(['ftp://example.org/', 'https://user:password@example.org/', 'example.org/orders', '', 'file:///etc/passwd'])(
  '“%s” is no address to call',
  async (url) => {
    await expect(new HttpCaller(loopback).post(url, call)).rejects.toMatchObject({ code: 'http.wrong_address' });
  },
);

test('a certificate that nobody vouches for is refused, and nothing is sent', async () => {
  const before = calls;
  const problem = new HttpCaller(loopback).post(`https://localhost:${tls}/`, call);
  await expect(problem).rejects.toMatchObject({ code: 'http.certificate', status: 502 });
  expect(calls).toBe(before);
});

test('a certificate that has expired is refused, even one of a trusted authority', async () => {
  const port = await listening(tlsServer({ key, cert: expired }, ok), 'localhost');
  const before = calls;
  const problem = new HttpCaller(loopback, { trusted: [expired] }).post(`https://localhost:${port}/`, call);
  await expect(problem).rejects.toMatchObject({ code: 'http.certificate', status: 502 });
  expect(calls).toBe(before);
});

test('a certificate for another host is refused', async () => {
  const trusting = new HttpCaller(loopback, { trusted: [certificate] });
  expect((await trusting.post(`https://localhost:${tls}/`, call)).status).toBe(200);
  const elsewhere = await listening(tlsServer({ key, cert: certificate }, ok), '127.0.0.1');
  const before = calls;
  const problem = trusting.post(`https://127.0.0.1:${elsewhere}/`, call);
  await expect(problem).rejects.toMatchObject({ code: 'http.certificate' });
  expect(calls).toBe(before);
});

test('a server that never answers is given up in time, and so is one that never ends', async () => {
  const silent = await listening(plainServer(() => undefined));
  const endless = await listening(
    plainServer((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    }),
  );
  const caller = new HttpCaller(loopback);
  for (const port of [silent, endless]) {
    const begun = performance.now();
    const problem = caller.post(`http://127.0.0.1:${port}/`, { ...call, timeoutMs: 300 });
    await expect(problem).rejects.toMatchObject({ code: 'http.timeout', status: 503 });
    expect(performance.now() - begun).toBeLessThan(1_500);
  }
});

test('an answer is cut at its limit', async () => {
  const port = await listening(
    plainServer((_request, response) => void response.writeHead(200).end('x'.repeat(5_000))),
  );
  const answer = await new HttpCaller(loopback).post(`http://127.0.0.1:${port}/`, call);
  expect(answer).toMatchObject({ status: 200, isCut: true });
  expect(answer.body.length).toBeLessThanOrEqual(1_000);
});

test('nobody there, and a name that does not exist, are told apart', async () => {
  const caller = new HttpCaller(loopback);
  await expect(caller.post('http://127.0.0.1:1/', call)).rejects.toMatchObject({ code: 'http.unreachable' });
  const problem = caller.post('https://no-such-host.invalid/', call);
  await expect(problem).rejects.toMatchObject({ code: 'http.unknown_host', status: 503 });
});
