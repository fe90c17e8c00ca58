import { Refusal, type Text } from '../../kernel/index.ts';

/** What went wrong in an application's database, without the driver's message: drivers quote the offending values. */
export interface Trouble {
  readonly kind: /** The server can't be reached any more. */
    | 'gone'
    /** Someone else holds the rows, or time ran out: it passes by itself. */
    | 'busy'
    | 'not_allowed'
    /** A table or a column isn't there. */
    | 'schema_changed'
    | 'constraint'
    /** The statement itself: a type, a function. */
    | 'statement'
    /** A setting of the server forbids it; `about` names the setting. */
    | 'setting'
    | 'other';
  /** The engine's own code. */
  readonly code: string;
  /** `schema.table`, when the engine names one. */
  readonly table: string | null;
  /** Names of columns and constraints. */
  readonly about: readonly string[];
}

/** What turns a driver's error into words. */
interface Troubled {
  trouble(error: unknown): Trouble | null;
}

export const unreachableServer: Text = {
  fr: 'La base de l’application ne répond pas. Vérifiez l’hôte, le port et le pare-feu, puis réessayez.',
  en: 'The application’s database does not answer. Check the host, the port and the firewall, then try again.',
};

/** Errors that pass by themselves become a `Refusal` of status 503: the same order can be tried again as it is. */
export function asRetryable(connection: Troubled, error: unknown): Refusal | null {
  if (error instanceof Refusal) return error.status === 503 ? error : null;
  const known = connection.trouble(error);
  if (known?.kind === 'gone') return new Refusal('sql.unreachable', 503, unreachableServer);
  return known?.kind === 'busy' ? busyRows() : null;
}

export function busyRows(): Refusal {
  return new Refusal('sql.busy', 503, {
    fr: 'Des lignes de l’application sont tenues par un autre traitement. Rien n’a été modifié ; l’ordre sera rejoué.',
    en: 'Rows of the application are held by other work. Nothing was changed; the order will be tried again.',
  });
}

/** A refusal by the application's own database, in words, with nothing of its values. */
export function asRefusal(connection: Troubled, error: unknown, step: string, triggers: readonly string[]): Refusal {
  if (error instanceof Refusal) return error;
  const known = connection.trouble(error);
  if (known === null) throw error;
  const table = known.table ?? step;
  switch (known.kind) {
    case 'not_allowed':
      return refused('sql.not_allowed', {
        fr: `Le compte de Socle n’a pas le droit d’écrire dans ${table}. Accordez-lui SELECT, UPDATE et DELETE.`,
        en: `Socle’s account may not write to ${table}. Grant it SELECT, UPDATE and DELETE.`,
      });
    case 'schema_changed':
      return refused('sql.schema_changed', {
        fr: `Le schéma a changé : ${table} n’est plus tel que le plan l’a lu. Moissonnez l’application et refaites le plan.`,
        en: `The schema changed: ${table} is no longer as the plan read it. Harvest the application and plan again.`,
      });
    case 'constraint': {
      const about = known.about.join(', ');
      return refused('sql.constraint_refuses', {
        fr: `Une contrainte de ${table} refuse l’effacement (${about}). Déclarez dans le fichier --map ce qu’il faut faire de ce champ : value, keep ou delete_row.`,
        en: `A constraint of ${table} refuses the erasure (${about}). Say in the --map file what to do with this field: value, keep or delete_row.`,
      });
    }
    case 'setting':
      return refused('sql.setting_forbids', {
        fr: `Un réglage du serveur de la base empêche l’effacement (${known.about.join(', ')}) : voyez docs/operate.md, « MySQL ».`,
        en: `A setting of the database server prevents the erasure (${known.about.join(', ')}): see docs/operate.md, “MySQL”.`,
      });
    default:
      break;
  }
  if (triggers.length > 0 && known.kind === 'other') {
    const names = triggers.join(', ');
    return refused('sql.trigger_refuses', {
      fr: `Un déclencheur de ${table} refuse la modification (${names}). Voyez avec l’équipe de l’application, ou déclarez ces champs dans le fichier --map.`,
      en: `A trigger of ${table} refuses the change (${names}). See the application’s team, or declare these fields in the --map file.`,
    });
  }
  return refused('sql.refused', {
    fr: `La base de l’application a refusé l’effacement dans ${table === '' ? 'une de ses tables' : table} (code ${known.code}).`,
    en: `The application’s database refused the erasure in ${table === '' ? 'one of its tables' : table} (code ${known.code}).`,
  });
}

function refused(code: string, text: Text): Refusal {
  return new Refusal(code, 422, text);
}
