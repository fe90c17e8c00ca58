import { encode } from './compress.ts';
import { cookieHeader } from './cookies.ts';
import { securityHeaders } from './headers.ts';
import type { Reply } from './reply.ts';

/** The outermost layer: the only place that writes a response. */
export async function writeReply(reply: Reply, request: Request, isSecure: boolean): Promise<Response> {
  const headers = new Headers(reply.headers);
  for (const [name, value] of Object.entries(securityHeaders(isSecure))) {
    // Only a stricter policy is ever given by an answer: that of files that people wrote.
    if (!headers.has(name)) headers.set(name, value);
  }
  for (const cookie of reply.cookies) headers.append('set-cookie', cookieHeader(cookie, isSecure));
  return new Response(await bodyOf(reply, request, headers), { status: reply.status, headers });
}

async function bodyOf(
  reply: Reply,
  request: Request,
  headers: Headers,
): Promise<ConstructorParameters<typeof Response>[0]> {
  const { body } = reply;
  if (body === null) return null;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return streamed(body);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const encoded = await encode(bytes, headers.get('content-type') ?? '', request.headers.get('accept-encoding'));
  if (encoded.encoding !== null) headers.set('content-encoding', encoded.encoding);
  if (!headers.has('vary')) headers.set('vary', 'accept-encoding');
  headers.set('content-length', String(encoded.body.byteLength));
  return new Uint8Array(encoded.body);
}

/** A stream that asks for the next piece when the caller has taken the last, and tells the source when they leave. */
function streamed(body: AsyncIterable<Uint8Array>): ReadableStream {
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const step = await iterator.next();
      if (step.done === true) controller.close();
      else controller.enqueue(step.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
