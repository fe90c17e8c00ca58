import type { FieldShape, TableShape } from './shape.ts';

/** Reads `create table` statements, well enough for the files that tests detect on without a database. */
export function tablesOfDdl(sql: string): readonly TableShape[] {
  const tables = [...sql.matchAll(/create table (?:if not exists )?(?:(\w+)\.)?"?(\w+)"?\s*\(([\s\S]*?)\n\s*\)\s*;/gi)];
  const foreign = [
    ...sql.matchAll(
      /alter table (?:only )?"?(\w+)"?\s+add constraint \S+\s+foreign key \("?(\w+)"?\) references "?(\w+)"? \("?(\w+)"?\)/gi,
    ),
  ];
  return tables.map(([, , name = '', body = '']) => {
    const keys =
      /primary key\s*\(([^)]*)\)/i
        .exec(body)?.[1]
        ?.split(',')
        .map((key) => key.trim()) ?? [];
    const fields = body
      .split('\n')
      .map((row) => row.trim().replace(/,$/, ''))
      .filter((row) => row !== '' && !/^(constraint|primary key|foreign key|unique|check)/i.test(row))
      .map((row): FieldShape => {
        const [, field = '', type = ''] =
          /^"?(\w+)"?\s+(.+?)(?:\s+(?:not null|primary key|default|unique).*)?$/i.exec(row) ?? [];
        const link = foreign.find(([, from, column]) => from === name && column === field);
        return {
          name: field,
          type,
          nullable: !/not null/i.test(row),
          comment: null,
          isPrimaryKey: /primary key/i.test(row) || keys.includes(field),
          isUnique: false,
          references: link === undefined ? null : { schema: 'public', table: link[3] ?? '', column: link[4] ?? '' },
        };
      });
    return { schema: 'public', name, comment: null, fields };
  });
}
