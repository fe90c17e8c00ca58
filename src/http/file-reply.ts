import type { FileAnswer } from './answers.ts';
import type { Reply } from './reply.ts';

/** Opened by itself, it is of no origin, and nothing in it runs or is fetched. */
const sandboxed = "default-src 'none'; sandbox; frame-ancestors 'none'";

export function fileReply(file: FileAnswer): Reply {
  return {
    status: 200,
    headers: {
      'content-type': file.contentType,
      'cache-control': 'no-store',
      ...(file.sizeBytes === undefined ? {} : { 'content-length': String(file.sizeBytes) }),
      ...(file.isFromPeople === true ? { 'content-security-policy': sandboxed } : {}),
      ...(file.fileName === null ? {} : { 'content-disposition': attachment(file.fileName) }),
    },
    cookies: [],
    body: file.body,
  };
}

/** RFC 6266: an ASCII name for all, and the exact one in UTF-8. */
function attachment(name: string): string {
  const ascii = name
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\/]/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
