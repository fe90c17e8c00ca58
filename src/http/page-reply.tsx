import type { Language } from '../kernel/index.ts';
import { LinkButton } from '../ui/index.ts';
import type { PageResult, RedirectAnswer } from './answers.ts';
import { page } from './answers.ts';
import { fileReply } from './file-reply.ts';
import { flashCookie } from './flash.ts';
import type { Incoming } from './incoming.ts';
import { paths } from './paths.ts';
import type { Failure } from './problem.ts';
import { htmlReply, type Reply } from './reply.ts';
import { pagePart, wholePage } from './shell.tsx';
import type { Who } from './who.ts';
import { statusTitles, unknownStatus, words } from './words.ts';

/** Writes down what a page handler returned. */
export async function pageReply(
  incoming: Incoming,
  who: Who | null,
  language: Language,
  result: PageResult,
): Promise<Reply> {
  switch (result.kind) {
    case 'redirect':
      return redirectReply(incoming, result);
    case 'file':
      return fileReply(result);
    case 'fragment':
      return htmlReply(result.status, pagePart(incoming, who, result.content, language), language, []);
    case 'page': {
      const cookies = [...incoming.csrfToken(who).cookies, ...result.cookies];
      if (incoming.isPartial) {
        const part = (
          <>
            <title>{result.title[language]}</title>
            {result.content}
          </>
        );
        return htmlReply(result.status, pagePart(incoming, who, part, language), language, cookies);
      }
      const whole = await wholePage(incoming, who, result, language);
      return htmlReply(result.status, whole.html, language, [...cookies, ...whole.cookies]);
    }
  }
}

function redirectReply(incoming: Incoming, result: RedirectAnswer): Reply {
  const { key } = incoming.context.options;
  return {
    status: 303,
    headers: { location: result.to, 'cache-control': 'no-store' },
    cookies: [...result.cookies, ...(result.flash === null ? [] : [flashCookie(key, result.flash)])],
    body: null,
  };
}

/** An error, for somebody who reads pages. Nobody in particular is sent to sign in, and comes back afterwards. */
export async function errorPageReply(incoming: Incoming, failure: Failure): Promise<Reply> {
  const who = await incoming.who().catch(() => null);
  const language = await incoming.language();
  if (failure.status === 401 && who === null) return signInReply(incoming);
  const title = statusTitles[failure.status] ?? unknownStatus;
  const content = (
    <>
      {failure.problems.length === 0 ? null : (
        <ul>
          {failure.problems.map((problem) => (
            <li>{problem.text[language]}</li>
          ))}
        </ul>
      )}
      <LinkButton href="/" text={words.home} />
    </>
  );
  const answer = page({
    title,
    lead: failure.text,
    content,
    status: failure.status,
    shell: who === null ? 'bare' : 'full',
  });
  const reply = await pageReply(incoming, who, language, answer);
  return { ...reply, headers: { ...reply.headers, ...failure.headers } };
}

function signInReply(incoming: Incoming): Reply {
  const isRead = incoming.request.method === 'GET';
  const wanted = incoming.isPartial
    ? currentPath(incoming)
    : isRead
      ? incoming.url.pathname + incoming.url.search
      : '/';
  const to = wanted === '/' ? paths.signIn : `${paths.signIn}?next=${encodeURIComponent(wanted)}`;
  const headers = { 'cache-control': 'no-store', ...(incoming.isPartial ? { 'hx-redirect': to } : { location: to }) };
  return { status: incoming.isPartial ? 401 : 303, headers, cookies: [], body: null };
}

/** The page that holds the part asked for. */
function currentPath(incoming: Incoming): string {
  const shown = incoming.request.headers.get('hx-current-url') ?? '';
  if (!URL.canParse(shown)) return '/';
  const url = new URL(shown);
  return url.pathname + url.search;
}
