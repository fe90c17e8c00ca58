import { Refusal, type Text } from '../../../kernel/index.ts';

/** What the driver says of an error, without its message: drivers quote the offending values in theirs. */
export interface EngineError {
  readonly code: string;
  readonly schema: string | null;
  readonly table: string | null;
  readonly column: string | null;
  readonly constraint: string | null;
}

export function engineError(error: unknown): EngineError | null {
  if (!(error instanceof Error)) return null;
  const read = (name: string): string | null => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const code = read('code') ?? (isLostConnection(error) ? 'ECONNRESET' : null);
  if (code === null) return null;
  return {
    code,
    schema: read('schema'),
    table: read('table'),
    column: read('column'),
    constraint: read('constraint'),
  };
}

/** The driver gives no code when the server goes away in the middle. */
function isLostConnection(error: Error): boolean {
  return /connection (terminated|ended|error|timeout)|timeout expired|not queryable|socket/i.test(error.message);
}

const busy = new Set(['40001', '40P01', '55P03', '57014', '55006']);
const gone = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '58000',
]);

export function isGone(code: string): boolean {
  return gone.has(code) || code.startsWith('08');
}

export const unreachableServer: Text = {
  fr: 'La base de l’application ne répond pas. Vérifiez l’hôte, le port et le pare-feu, puis réessayez.',
  en: 'The application’s database does not answer. Check the host, the port and the firewall, then try again.',
};

/** Errors that pass by themselves become a `Refusal` of status 503: the same order can be tried again as it is. */
export function asRetryable(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error.status === 503 ? error : null;
  const known = engineError(error);
  if (known === null) return null;
  if (isGone(known.code)) return new Refusal('sql.unreachable', 503, unreachableServer);
  if (!busy.has(known.code)) return null;
  return new Refusal('sql.busy', 503, {
    fr: 'Des lignes de l’application sont tenues par un autre traitement. Rien n’a été modifié ; l’ordre sera rejoué.',
    en: 'Rows of the application are held by other work. Nothing was changed; the order will be tried again.',
  });
}

/** A refusal by the application's own database, in words, with nothing of its values. */
export function asRefusal(error: unknown, step: string, triggers: readonly string[]): Refusal {
  if (error instanceof Refusal) return error;
  const known = engineError(error);
  if (known === null) throw error;
  const table = known.table === null ? step : `${known.schema ?? 'public'}.${known.table}`;
  const constraint = known.constraint ?? '';
  switch (known.code) {
    case '42501':
      return refused('sql.not_allowed', {
        fr: `Le compte de Socle n’a pas le droit d’écrire dans ${table}. Accordez-lui SELECT, UPDATE et DELETE.`,
        en: `Socle’s account may not write to ${table}. Grant it SELECT, UPDATE and DELETE.`,
      });
    case '42P01':
    case '42703':
      return refused('sql.schema_changed', {
        fr: `Le schéma a changé : ${table} n’est plus tel que le plan l’a lu. Moissonnez l’application et refaites le plan.`,
        en: `The schema changed: ${table} is no longer as the plan read it. Harvest the application and plan again.`,
      });
    case '23502':
    case '23503':
    case '23505':
    case '23514':
    case '23P01':
    case '23001': {
      const about = [known.column, constraint].filter((name) => name !== null && name !== '').join(', ');
      return refused('sql.constraint_refuses', {
        fr: `Une contrainte de ${table} refuse l’effacement (${about}). Déclarez dans le fichier --map ce qu’il faut faire de ce champ : value, keep ou delete_row.`,
        en: `A constraint of ${table} refuses the erasure (${about}). Say in the --map file what to do with this field: value, keep or delete_row.`,
      });
    }
    default:
      break;
  }
  if (triggers.length > 0 && !known.code.startsWith('42')) {
    const names = triggers.join(', ');
    return refused('sql.trigger_refuses', {
      fr: `Un déclencheur de ${table} refuse la modification (${names}). Rien n’a été modifié. Voyez avec l’équipe de l’application, ou déclarez ces champs dans le fichier --map.`,
      en: `A trigger of ${table} refuses the change (${names}). Nothing was changed. See the application’s team, or declare these fields in the --map file.`,
    });
  }
  return refused('sql.refused', {
    fr: `La base de l’application a refusé l’effacement dans ${table} (code ${known.code}). Rien n’a été modifié.`,
    en: `The application’s database refused the erasure in ${table} (code ${known.code}). Nothing was changed.`,
  });
}

function refused(code: string, text: Text): Refusal {
  return new Refusal(code, 422, text);
}
