import pg from 'pg';
import { derive, hmacSha256, Refusal } from '../kernel/index.ts';

/** The two roles of one database: the owner migrates; the application role is neither owner nor superuser. */
export interface DatabaseRoles {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly appRole: string;
}

/** A password for a role, derived from the installation's secret: nothing more to keep. */
export function rolePassword(secret: Uint8Array, role: string): string {
  return hmacSha256(derive(secret, 'database roles'), role).toString('base64url');
}

function withLogin(url: string, user: string, password: string, database?: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  if (database !== undefined) changed.pathname = `/${database}`;
  return changed.toString();
}

async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'socle roles',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const identifier = (name: string): string => pg.escapeIdentifier(name);
const literal = (value: string): string => pg.escapeLiteral(value);

async function ensureRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${identifier(name)} login password ${literal(password)}`);
}

/** Makes the owner, the application role and the database inside the embedded cluster, where they are missing. */
export async function prepareEmbedded(
  adminUrl: string,
  secret: Uint8Array,
  database = 'socle',
): Promise<DatabaseRoles> {
  const owner = 'socle_owner';
  const appRole = 'socle_app';
  const passwords = { owner: rolePassword(secret, owner), app: rolePassword(secret, appRole) };
  await connected(adminUrl, async (client) => {
    await ensureRole(client, owner, passwords.owner);
    await ensureRole(client, appRole, passwords.app);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${identifier(database)} owner ${identifier(owner)}`);
  });
  return {
    ownerUrl: withLogin(adminUrl, owner, passwords.owner, database),
    appUrl: withLogin(adminUrl, appRole, passwords.app, database),
    appRole,
  };
}

/**
 * The roles of a given PostgreSQL. `DATABASE_URL` is the owner's; the application role is made from it, named after the
 * database, with a derived password. Where the owner may not create roles, the password is handed over (to a file of
 * the data folder) and the refusal gives the statement that an administrator runs once.
 */
export async function prepareGiven(
  databaseUrl: string,
  secret: Uint8Array,
  handOver: (password: string) => Promise<void> = async () => undefined,
): Promise<DatabaseRoles> {
  return connected(databaseUrl, async (client) => {
    const { rows } = await client.query<{ database: string; version: number }>(
      "select current_database() as database, current_setting('server_version_num')::int as version",
    );
    const { database = '', version = 0 } = rows[0] ?? {};
    if (version < 150_000) {
      throw new Refusal('store.old_postgres', 503, {
        fr: `PostgreSQL 15 ou plus récent est nécessaire (trouvé : ${Math.floor(version / 10_000)}).`,
        en: `PostgreSQL 15 or later is needed (found: ${Math.floor(version / 10_000)}).`,
      });
    }
    const appRole = `socle_app_${database}`.slice(0, 63);
    const password = rolePassword(secret, appRole);
    const appUrl = withLogin(databaseUrl, appRole, password);
    const isThere = await connected(appUrl, async () => true).catch(() => false);
    if (!isThere) {
      await ensureRole(client, appRole, password).catch(async () => {
        await handOver(password);
        throw new Refusal('store.app_role', 503, {
          fr: `Le compte de DATABASE_URL ne peut pas créer le rôle applicatif. Un administrateur exécute une fois : CREATE ROLE "${appRole}" LOGIN PASSWORD '…' avec le mot de passe écrit dans le dossier de données (app-role-password), puis relance.`,
          en: `The account of DATABASE_URL can’t create the application role. An administrator runs once: CREATE ROLE "${appRole}" LOGIN PASSWORD '…' with the password written in the data folder (app-role-password), then starts again.`,
        });
      });
      await client
        .query(`grant connect on database ${identifier(database)} to ${identifier(appRole)}`)
        .catch(() => undefined);
    }
    return { ownerUrl: databaseUrl, appUrl, appRole };
  });
}

/** Refuses to run as an owner or superuser, to whom row-level security would not apply. */
export async function checkAppRole(roles: DatabaseRoles): Promise<void> {
  await connected(roles.appUrl, async (client) => {
    const { rows } = await client.query<{ is_unbound: boolean }>(
      `select r.rolsuper or r.rolbypassrls or r.oid = d.datdba or pg_has_role(r.oid, d.datdba, 'member') as is_unbound
         from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`,
    );
    if (rows[0]?.is_unbound !== false) {
      throw new Refusal('store.privileged_role', 503, {
        fr: `Le rôle applicatif « ${roles.appRole} » est propriétaire de la base, superutilisateur ou exempté de la sécurité par ligne : Socle ne démarre pas avec lui.`,
        en: `The application role “${roles.appRole}” owns the database, is a superuser or bypasses row-level security: Socle doesn’t start with it.`,
      });
    }
  });
}
