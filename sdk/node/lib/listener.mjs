/** A batch of ten thousand persons is a few megabytes. */
const limitBytes = 16_000_000;

/**
 * `(request, response)` for bare `http`, and for Express. The signature is over the bytes as they came: where something
 * read them before, it must have left them as they were (`express.raw`), in `body` or `rawBody`.
 */
export function listenerOf(receive, log) {
  return async (request, response) => {
    const body = await bodyOf(request).catch(() => 400);
    if (body === parsedBefore)
      log('error', 'order.body_parsed', { why: 'mount express.raw({ type: () => true }) here' });
    const reply = typeof body === 'number' ? empty(body) : await receive({ headers: request.headers, body });
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
  };
}

const parsedBefore = 500;

function empty(status) {
  return { status, headers: {}, body: '' };
}

/** The bytes, or the status to refuse with. */
async function bodyOf(request) {
  for (const given of [request.rawBody, request.body]) {
    if (Buffer.isBuffer(given) || typeof given === 'string') return given;
  }
  if (request.method !== 'POST') return 405;
  if (request.readableEnded) return parsedBefore;
  const chunks = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) return 413;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
