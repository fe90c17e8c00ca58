import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from '../../kernel/index.ts';
import type { Client } from '../client.ts';
import { type Command, WrongUsage } from '../command.ts';

const added = z.looseObject({ id: z.string(), name: z.string() });

export const appAdd: Command = {
  words: ['app', 'add'],
  usage:
    '--name N --channel sql|webhook|pull|email|file [--url URL] [--contact EMAIL …] [--folder PATH [--format csv|ndjson]] [--identity KIND=table.column …] [--map FILE]',
  summary: {
    fr: 'Déclare une application ; FICHIER (YAML) dit les jointures, les colonnes d’identité et les actions par champ que le schéma ne dit pas.',
    en: 'Registers an application; FILE (YAML) declares joins, identity columns and per-field actions that the schema doesn’t say.',
  },
  options: {
    name: { type: 'string' },
    channel: { type: 'string' },
    url: { type: 'string' },
    contact: { type: 'string', multiple: true },
    folder: { type: 'string' },
    format: { type: 'string' },
    identity: { type: 'string', multiple: true },
    map: { type: 'string' },
  },
  positionals: [0, 0],
  needs: 'server',
  run: async ({ values, client, output, language }) => {
    const mapPath = values.text('map');
    const body = {
      name: values.required('name'),
      channel: values.required('channel'),
      ...addressOf(values.required('channel'), {
        url: values.text('url'),
        contacts: values.list('contact'),
        folder: values.text('folder'),
        format: values.text('format'),
      }),
      identities: values.list('identity').map(readIdentityColumn),
      ...(mapPath === null ? {} : { map: await readMap(mapPath), mapName: mapPath }),
    };
    const application = await client.post('/api/v1/applications', body, added);
    const credentials = await issueAll(client, application.id, body.channel);
    const trial = body.channel === 'file' ? await tryFolder(client, application.id) : null;
    const lines = Object.entries(credentials).map(([kind, shown]) => `${shownAs[kind] ?? kind} ${shown}`);
    const more = { ...(lines.length === 0 ? {} : { credentials }), ...(trial === null ? {} : { trial }) };
    output.result({ ...application, ...more }, [
      `${application.name} ${application.id}`,
      ...lines,
      ...(trial === null ? [] : [`${trial.title[language]}. ${trial.detail[language]}`]),
    ]);
  },
};

const issued = z.looseObject({ secret: z.string() });

/** What an application needs to recognise Socle and to be recognised, by channel. */
const needed: Readonly<Record<string, readonly string[]>> = {
  webhook: ['key', 'hmac', 'ed25519'],
  pull: ['key'],
  file: ['hmac', 'ed25519'],
};
const shownAs: Readonly<Record<string, string>> = { hmac: 'secret', ed25519: 'public key' };

/** Makes the application's credentials: shown this once, for its team to keep. */
async function issueAll(client: Client, id: string, channel: string): Promise<Readonly<Record<string, string>>> {
  const made: Record<string, string> = {};
  for (const kind of needed[channel] ?? []) {
    made[kind] = (await client.post(`/api/v1/applications/${id}/credentials`, { kind }, issued)).secret;
  }
  return made;
}

const text = z.object({ fr: z.string(), en: z.string() });
const tried = z.looseObject({ isGood: z.boolean(), title: text, detail: text });

/** A folder is somewhere on Socle's own server, so that it is known at once whether files can be exchanged there. */
function tryFolder(client: Client, id: string) {
  return client.post(`/api/v1/applications/${id}/try`, {}, tried);
}

interface Typed {
  readonly url: string | null;
  readonly contacts: readonly string[];
  readonly folder: string | null;
  readonly format: string | null;
}

/** Where each option belongs: one given for another channel would be lost without a word. */
const optionsOf: Readonly<Record<keyof Typed, readonly string[]>> = {
  url: ['sql', 'webhook'],
  contacts: ['email'],
  folder: ['file'],
  format: ['file'],
};
const written: Readonly<Record<keyof Typed, string>> = {
  url: '--url',
  contacts: '--contact',
  folder: '--folder',
  format: '--format',
};

/** Whoever pulls its orders is not called; every other channel leads somewhere. */
function addressOf(channel: string, typed: Typed): { url?: string } {
  const { url, contacts, folder, format } = typed;
  for (const option of ['url', 'contacts', 'folder', 'format'] as const) {
    const isGiven = option === 'contacts' ? contacts.length > 0 : typed[option] !== null;
    if (isGiven && !optionsOf[option].includes(channel)) {
      throw new WrongUsage(`${written[option]} is for --channel ${optionsOf[option].join(' or ')}, not ${channel}`);
    }
  }
  if (channel === 'file') {
    if (folder === null) throw new WrongUsage('--channel file needs --folder');
    if (format !== null && format !== 'csv' && format !== 'ndjson') throw new WrongUsage('--format is csv or ndjson');
    return { url: format === null ? folder : `${format}:${folder}` };
  }
  if (channel === 'email') {
    if (contacts.length === 0) throw new WrongUsage('--channel email needs --contact');
    return { url: contacts.join(', ') };
  }
  if (url === null && channel !== 'pull') throw new WrongUsage(`--channel ${channel} needs --url`);
  return url === null ? {} : { url };
}

/** `email=customer.email` or `email=public.customer.email`. */
function readIdentityColumn(text: string): { kind: string; column: string } {
  const [kind, column] = splitOnce(text);
  if (!/^[a-z_]+$/.test(kind) || !column.includes('.')) {
    throw new WrongUsage(`--identity takes KIND=table.column, such as email=customer.email; got ${text}`);
  }
  return { kind, column };
}

export function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

export async function readMap(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => {
    throw new Refusal('map.unreadable', 422, {
      fr: `Le fichier ${path} ne peut pas être lu : vérifiez son chemin et ses droits.`,
      en: `The file ${path} can’t be read: check its path and rights.`,
    });
  });
}
