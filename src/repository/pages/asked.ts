import { type Problem, Refusal } from '../../kernel/index.ts';
import { type ConnectionInput, type IdentityDeclaration, readDeclaration } from '../connection/input.ts';

/** The fields of the forms that say how an application is reached. */
export interface ConnectionTyped {
  readonly url?: string | undefined;
  readonly contact?: string | undefined;
  readonly folder?: string | undefined;
  readonly identities?: string | undefined;
  readonly map?: string | undefined;
  readonly sample?: string | undefined;
}

/** Reads the lines `KIND=table.column` of the form's text; refuses with every line that isn't one. */
export function readIdentities(text: string): readonly IdentityDeclaration[] {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const read = lines.map((line) => ({ line, declaration: readDeclaration(line) }));
  const problems = read.flatMap(({ line, declaration }): readonly Problem[] =>
    declaration === null ? [{ pointer: '/identities', code: 'identity_unreadable', text: unreadable(line) }] : [],
  );
  if (problems.length > 0) {
    throw new Refusal(
      'repository.identities_unreadable',
      422,
      {
        fr: 'Certaines colonnes d’identité ne se lisent pas. Rien n’a été enregistré.',
        en: 'Some identity columns can’t be read. Nothing was saved.',
      },
      problems,
    );
  }
  return read.flatMap(({ declaration }) => declaration ?? []);
}

function unreadable(line: string) {
  const short = line.trim().slice(0, 60);
  return {
    fr: `« ${short} » : écrivez GENRE=table.colonne, par exemple email=client.courriel.`,
    en: `“${short}”: write KIND=table.column, for example email=customer.email.`,
  };
}

/** What a form typed, as a connection. An empty address is none. */
export function connectionOfForm(channel: ConnectionInput['channel'], typed: ConnectionTyped): ConnectionInput {
  const filled = (text: string | undefined): string | null =>
    text === undefined || text.trim() === '' ? null : text.trim();
  return {
    channel,
    url: filled(channel === 'email' ? typed.contact : channel === 'file' ? typed.folder : typed.url),
    identities: readIdentities(typed.identities ?? ''),
    mayBeSampled: typed.sample === 'yes',
    map: typed.map === undefined || typed.map.trim() === '' ? null : typed.map.replaceAll('\r\n', '\n'),
  };
}
