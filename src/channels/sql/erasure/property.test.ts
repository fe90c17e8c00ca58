import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EngineApplication, testEngines } from '../../../../test/support/engines.ts';
import { type Engine, execute } from '../index.ts';

/*
 * Random schemas and rows. Every text bears the mark of whose it is (`w3_…` for person 3), so that after an erasure of
 * some persons: their marks are nowhere, and every row without their marks is the same to the byte.
 */

interface ChildShape {
  readonly parent: number;
  readonly key: 'serial' | 'uuid' | 'composite' | 'none';
  readonly isDeclared: boolean;
  readonly isNullable: boolean;
  readonly columns: readonly (typeof columnKinds)[number][];
  readonly rowsPerParent: number;
  readonly pointsToAddress: boolean;
}

const columnKinds = [
  'note',
  'title',
  'holder_name',
  'payload',
  'tags',
  'amount',
  'happened',
  'flag',
  'digest',
] as const;

type Types = Readonly<Record<(typeof columnKinds)[number] | 'uuid' | 'email', string>>;

const standard: Types = {
  email: 'varchar(40)',
  uuid: 'char(36)',
  note: 'text',
  title: 'varchar(30) not null',
  holder_name: 'varchar(14) not null unique',
  payload: 'json not null',
  tags: 'text',
  amount: 'numeric(10,2) not null',
  happened: 'timestamp null',
  flag: 'boolean not null',
  digest: 'blob',
};

const types: Readonly<Record<Engine, Types>> = {
  postgres: {
    ...standard,
    email: 'text',
    uuid: 'uuid',
    payload: 'jsonb not null',
    tags: 'text[]',
    happened: 'timestamptz',
    digest: 'bytea',
  },
  mariadb: standard,
  sqlite: standard,
};

const child: fc.Arbitrary<ChildShape> = fc.record({
  parent: fc.nat(5),
  key: fc.constantFrom('serial', 'serial', 'uuid', 'composite', 'none'),
  isDeclared: fc.boolean(),
  isNullable: fc.boolean(),
  columns: fc.uniqueArray(fc.constantFrom(...columnKinds), { minLength: 1, maxLength: 5 }),
  rowsPerParent: fc.integer({ min: 0, max: 3 }),
  pointsToAddress: fc.boolean(),
});

const scenario = fc.record({
  emailType: fc.constantFrom('', 'varchar(40) not null', 'varchar(40) not null unique'),
  children: fc.array(child, { minLength: 1, maxLength: 5 }),
  persons: fc.integer({ min: 3, max: 6 }),
  erased: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 2 }),
  sharing: fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** A row to insert, and whose it is. */
interface OwnedRow {
  readonly id: string;
  readonly owner: number;
  readonly address: number | null;
}

function build(engine: Engine, { emailType, children, persons, erased, sharing }: Scenario): string {
  const typed = types[engine];
  let serial = 0;
  const mark = (owner: number): string => {
    serial += 1;
    return `w${owner}_${serial}`;
  };
  const users = new Map<number, Set<number>>();
  const addressOf = (owner: number, index: number): number => {
    const address = 1 + ((owner + (sharing[index % sharing.length] ?? 0)) % 8);
    users.set(address, (users.get(address) ?? new Set()).add(owner));
    return address;
  };
  const ddl = [
    'create table address (id int primary key, street text not null, zip_code text)',
    `create table customer (id int primary key, email ${emailType === '' ? typed.email : emailType}, last_name text not null, address_id int references address (id))`,
  ];
  const inserts: string[] = [];
  const owned: OwnedRow[][] = [
    Array.from({ length: persons }, (_, owner) => ({ id: String(owner), owner, address: addressOf(owner, owner) })),
  ];
  const names = ['customer'];
  const keys: ChildShape['key'][] = ['serial'];
  children.forEach((shape, index) => {
    const referable = keys.flatMap((key, place) => (key === 'serial' || key === 'uuid' ? [place] : []));
    const parent = referable[shape.parent % referable.length] ?? 0;
    const name = `thing_${'abcde'.charAt(index)}`;
    const [ownKey, type] = [keyDdl(typed, shape.key), keys[parent] === 'uuid' ? typed.uuid : 'int'];
    const reference = shape.isDeclared ? ` references ${names[parent]} (id)` : '';
    const columns = [
      ...ownKey,
      `${names[parent]}_id ${type}${shape.isNullable ? '' : ' not null'}${reference}`,
      ...(shape.pointsToAddress ? ['address_id int references address (id)'] : []),
      ...shape.columns.map((column) => `${column} ${typed[column]}`),
      ...(shape.key === 'composite' ? ['primary key (place, seat)'] : []),
    ];
    ddl.push(`create table ${name} (${columns.join(', ')})`);
    const rows: OwnedRow[] = [];
    for (const row of owned[parent] ?? []) {
      for (let time = 0; time < shape.rowsPerParent; time += 1) {
        serial += 1;
        const id =
          shape.key === 'uuid' ? `00000000-0000-0000-0000-${String(serial).padStart(12, '0')}` : String(serial);
        const address = shape.pointsToAddress ? addressOf(row.owner, serial) : null;
        rows.push({ id, owner: row.owner, address });
        const values = [
          ...keyValues(shape.key, id),
          `'${row.id}'`,
          ...(shape.pointsToAddress ? [String(address)] : []),
          ...shape.columns.map((column) => textOf(engine, column, mark(row.owner), serial)),
        ];
        inserts.push(`insert into ${name} values (${values.join(', ')})`);
      }
    }
    owned.push(rows);
    names.push(name);
    keys.push(shape.key);
  });
  const addresses = Array.from({ length: 8 }, (_, index) => {
    // An address shared by erased persons only is theirs; one shared with anyone else stays.
    const [first, ...more] = users.get(index + 1) ?? [];
    const isTheirs = first !== undefined && [first, ...more].every((owner) => erased.includes(owner));
    const whose = first === undefined || (more.length > 0 && !isTheirs) ? `shared_${index}` : mark(first);
    return `insert into address values (${index + 1}, '${whose}', '${whose}')`;
  });
  const customers = (owned[0] ?? []).map(
    ({ id, owner, address }) =>
      `insert into customer values (${id}, '${owner % 2 === 0 ? 'W' : 'w'}${owner}_@example.fr', '${mark(owner)}', ${address})`,
  );
  return [...ddl, ...addresses, ...customers, ...inserts].join(';\n');
}

function keyDdl(typed: Types, key: ChildShape['key']): readonly string[] {
  switch (key) {
    case 'serial':
      return ['id int primary key'];
    case 'uuid':
      return [`id ${typed.uuid} primary key`];
    case 'composite':
      return ['place int not null', 'seat int not null'];
    case 'none':
      return [];
  }
}

function keyValues(key: ChildShape['key'], id: string): readonly string[] {
  if (key === 'none') return [];
  return key === 'composite' ? [id, '1'] : [`'${id}'`];
}

function textOf(engine: Engine, column: (typeof columnKinds)[number], mark: string, serial: number): string {
  switch (column) {
    case 'payload':
      return `'{"of": "${mark}"}'`;
    case 'tags':
      return engine === 'postgres' ? `array['${mark}', 'x']` : `'${mark}, x'`;
    case 'amount':
      return String(serial);
    case 'happened':
      return "'2024-01-01'";
    case 'flag':
      return 'true';
    case 'digest':
      return engine === 'postgres' ? "'\\x00ff'" : "x'00ff'";
    default:
      return `'${mark}'`;
  }
}

async function everything(application: EngineApplication): Promise<readonly string[]> {
  const { tables } = await application.catalogue();
  const all: string[] = [];
  for (const { table } of tables) {
    const rows = await application.rows(`select * from ${table}`);
    all.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`));
  }
  return all.toSorted();
}

test.each(testEngines)(
  'on $name, whatever the schema, erased persons are nowhere and nobody else’s row changes',
  async ({ application: open }) => {
    const application = await open('select 1');
    const { engine } = application.connection;
    const property = fc.asyncProperty(scenario, async (drawn) => {
      await application.empty();
      await application.run(build(engine, drawn));
      const plan = await application.plan();
      const before = await everything(application);
      const batch = drawn.erased.map((owner) => ({
        ref: `p_${owner}`,
        identities: [{ kind: 'email', value: `w${owner}_@EXAMPLE.fr` }],
      }));
      const { persons } = await execute(application.connection, plan, batch, { persist: async () => undefined });
      expect(persons.map(({ outcome, detail, seen }) => ({ outcome, detail, seen }))).toEqual(
        batch.map(() => ({ outcome: 'executed', detail: null, seen: [] })),
      );
      const after = await everything(application);
      const theirs = new RegExp(`\\bw(${drawn.erased.join('|')})_`, 'i');
      expect(after.filter((row) => theirs.test(row))).toEqual([]);
      const left = new Set(after);
      expect(before.filter((row) => !theirs.test(row) && !left.has(row))).toEqual([]);
      expect(after).toHaveLength(before.length);
    });
    await fc.assert(property, { numRuns: 25 });
  },
);
