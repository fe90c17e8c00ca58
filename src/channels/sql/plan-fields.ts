import { namesOperator, namesTypist } from './actors.ts';
import { isContent } from './bytes.ts';
import {
  type Column,
  columnKey,
  findColumn,
  type Reference,
  type Table,
  type TableName,
  tableKey,
} from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import { mayNumberDocument } from './document-names.ts';
import type { ErasureMap, MapField } from './map.ts';
import {
  identityKindOf,
  keyWords,
  namesCode,
  namesName,
  namesOutsideAccount,
  namesOwnText,
  namesRendering,
  namesSecret,
  wordList,
  wordsOf,
} from './names.ts';
import type { FieldPlan, Fill, KeepReason, PlanNotice, PlanProblem, PlanStep } from './plan.ts';
import { fillFor, neutralLabel } from './plan-fill.ts';
import type { ReferenceGraph } from './references.ts';

export interface FieldsQuestion {
  readonly table: Table;
  readonly scope: PlanStep['scope'];
  /** Columns that identify the person in this table. */
  readonly identityColumns: readonly string[];
  /** Texts that may name the person, in a row that isn't theirs. */
  readonly searchedColumns: readonly string[];
  /** Whether such a row is another person's, rather than nobody's. */
  readonly isOthers: boolean;
  /** A row of the table is a person. */
  readonly isPersons: boolean;
  /** Whether an identifier in the row is that of who acted, with where they acted from. */
  readonly isSigned: boolean;
  /** Whether the row was found by a reference: where it is somebody else's, by the reference to who acted. */
  readonly isActed: boolean;
  readonly categories: ReadonlyMap<string, Category>;
  readonly map: ErasureMap;
  readonly graph: ReferenceGraph;
  /** Types of the keys of tables that are one text. */
  readonly keyTypes: ReadonlySet<string>;
  readonly tableOf: (name: TableName) => Table | undefined;
  /** Tables whose keys are given new values: references to them follow. */
  readonly replacedKeys: ReadonlySet<string>;
}

export interface FieldsAnswer {
  readonly action: 'blank' | 'delete' | 'keep';
  readonly fields: readonly FieldPlan[];
  readonly notices: readonly PlanNotice[];
  readonly problems: readonly PlanProblem[];
}

/** How another application calls the person: no row of this one. */
const outsideWords: ReadonlySet<string> = new Set(
  'external externe remote foreign provider social identity sso outside device session client'.split(' '),
);

export function decideFields(question: FieldsQuestion): FieldsAnswer {
  return new Fields(question).decide();
}

class Fields {
  readonly #question: FieldsQuestion;
  readonly #notices: PlanNotice[] = [];
  readonly #problems: PlanProblem[] = [];
  #isDeleted = false;

  constructor(question: FieldsQuestion) {
    this.#question = question;
  }

  decide(): FieldsAnswer {
    const { table, map } = this.#question;
    const fields = table.columns.map((column) => this.#field(column));
    if (map.tables.some((each) => each.action === 'delete' && tableKey(each) === tableKey(table)))
      this.#isDeleted = true;
    const isBlanked = fields.some((field) => field.do === 'blank');
    const action = this.#isDeleted ? 'delete' : isBlanked ? 'blank' : 'keep';
    if (action === 'delete') this.#tell('rows_deleted', null);
    return { action, fields, notices: this.#notices, problems: action === 'delete' ? [] : this.#problems };
  }

  #field(column: Column): FieldPlan {
    const { table, scope, identityColumns, searchedColumns } = this.#question;
    const mapped = this.#mapped(column);
    const category = mapped?.category ?? this.#question.categories.get(columnKey(table, column.name)) ?? null;
    if (scope === 'mention') {
      const { isSigned, isActed } = this.#question;
      const isActors = ((isSigned && identityColumns.length > 0) || isActed) && category === 'online';
      if (identityColumns.includes(column.name) || isActors) return this.#blank(column, category, 'identity');
      if (searchedColumns.includes(column.name)) return this.#redact(column, category);
      return keep(column, category, { code: 'no_personal_content' });
    }
    if (mapped?.action != null) return this.#asMapped(column, category, mapped.action);
    if (column.generated !== null) return keep(column, category, { code: 'generated' });
    if (column.identity !== null) return keep(column, category, { code: 'key' });
    const isActors = scope === 'about' && (namesOperator(column.name) || category === 'online');
    const isPlainOfNote =
      scope === 'about' && !this.#isDocument(column, category) && !isPersonal(category ?? undefined);
    const isActing =
      !isPersonal(category ?? undefined) &&
      column.family === 'text' &&
      namesTypist(column.name) &&
      identityKindOf(column.name) === 'login';
    if (isActors || isPlainOfNote || isActing) {
      return keep(column, category, { code: 'no_personal_content' });
    }
    if (this.#namesTable(column)) return keep(column, category, { code: 'reference' });
    return this.#asKey(column, category) ?? this.#asValue(column, category);
  }

  /** A column that says of which table a row is pointed to, or which row of it. */
  #namesTable(column: Column): boolean {
    const { table, graph } = this.#question;
    return graph.any
      .filter((any) => tableKey(any) === tableKey(table))
      .some((any) => any.key === column.name || any.naming.column === column.name);
  }

  #mapped(column: Column): MapField | undefined {
    const { table, map } = this.#question;
    return map.fields.find((field) => field.column === column.name && tableKey(field) === tableKey(table));
  }

  #asMapped(column: Column, category: Category | null, action: NonNullable<MapField['action']>): FieldPlan {
    switch (action.kind) {
      case 'keep':
        return keep(column, category, { code: 'map', reason: action.reason });
      case 'delete_row':
        this.#isDeleted = true;
        return keep(column, category, { code: 'key' });
      case 'blank':
        return this.#blank(column, category, 'map');
      case 'value':
        return blank(column, category, 'map', { kind: 'value', value: action.value });
    }
  }

  /** Primary keys, references, what others refer to, and the column that chooses a partition. Null: not a key. */
  #asKey(column: Column, category: Category | null): FieldPlan | null {
    const { table, graph, replacedKeys } = this.#question;
    const isPrimary = table.primaryKey.includes(column.name) || table.partitionKey.includes(column.name);
    const outgoing = graph
      .from(table)
      .filter((reference) => reference.from.columns.includes(column.name) && !this.#isDescribing(reference));
    const incoming = graph.to(table).filter((reference) => reference.to.columns.includes(column.name));
    const isBound = [...outgoing, ...incoming].some((reference) => reference.source === 'declared');
    if (!isPrimary && outgoing.length === 0 && incoming.length === 0) return null;
    if (isPrimary && outgoing.length + incoming.length === 0 && wordsOf(column.name).includes('ip')) {
      this.#isDeleted = true;
      return keep(column, category, { code: 'key' });
    }
    if (!this.#holdsIdentifier(column, category)) {
      if (column.family === 'text' && isPersonal(category ?? undefined)) this.#tell('natural_key_stays', column.name);
      return keep(column, category, { code: outgoing.length > 0 ? 'reference' : 'key' });
    }
    if (!isPrimary && !isBound) return null;
    const follows = outgoing.find((reference) => reference.source === 'declared');
    if (follows !== undefined) {
      if (replacedKeys.has(tableKey(follows.to))) return keep(column, category, { code: 'follows_reference' });
      if (column.nullable) return blank(column, category, 'identity', { kind: 'null' });
      this.#isDeleted = true;
      return keep(column, category, { code: 'key' });
    }
    const declared = incoming.filter((reference) => reference.source === 'declared');
    if (declared.length === 0 && this.#isOnlyCalledName(column)) return this.#asNamedKey(column, category, incoming);
    if (declared.length === 0) {
      this.#isDeleted = true;
      return keep(column, category, { code: 'key' });
    }
    return this.#replaceKey(column, category, declared);
  }

  /** A join by a name: what it is tied by describes the person, and goes as it does in the row pointed to. */
  #isDescribing({ source, to }: Reference): boolean {
    const target = source === 'declared' ? undefined : this.#question.tableOf(to);
    if (target === undefined) return false;
    const keys = [target.primaryKey, ...target.uniques.map(({ columns }) => columns)];
    const isKey = keys.some((key) => key.length > 0 && key.every((name) => to.columns.includes(name)));
    return (
      !isKey &&
      to.columns.every((name) => {
        const column = findColumn(target, name);
        const category = this.#question.categories.get(columnKey(target, name)) ?? null;
        return column !== undefined && this.#holdsIdentifier(column, category);
      })
    );
  }

  #isOnlyCalledName(column: Column): boolean {
    return identityKindOf(column.name) === null && namesName(column.name);
  }

  /**
   * A key called `name` may be a person's name or the number of an invoice. In a table of persons it is replaced, and what
   * refers to it by name with it; elsewhere it stays, and nothing goes for it.
   */
  #asNamedKey(column: Column, category: Category | null, references: readonly Reference[]): FieldPlan {
    if (this.#question.isPersons) return this.#replaceKey(column, category, references);
    this.#tell('natural_key_stays', column.name);
    return keep(column, category, { code: references.length > 0 ? 'reference' : 'key' });
  }

  /** A reference that neither follows nor is itself a key that others rigidly refer to is changed with the key. */
  #replaceKey(column: Column, category: Category | null, references: readonly Reference[]): FieldPlan {
    const { graph } = this.#question;
    const rigid = references.filter((reference) => !['cascade', 'set_null'].includes(reference.onUpdate));
    const isReferredTo = (reference: Reference): boolean =>
      graph.all.some(
        (other) =>
          other.source === 'declared' &&
          tableKey(other.to) === tableKey(reference.from) &&
          other.to.columns.some((name) => reference.from.columns.includes(name)),
      );
    const stuck = rigid.filter(isReferredTo);
    if (stuck.length > 0) {
      this.#problem(
        'key_cannot_change',
        column,
        stuck.map((reference) => tableKey(reference.from)),
      );
      return keep(column, category, { code: 'no_value' });
    }
    this.#tell('key_replaced', column.name);
    const field = blank(column, category, 'identity', fillFor(column, { isUnique: true, isNullAllowed: false }));
    const carried = rigid.map(({ from, to }) => ({
      schema: from.schema,
      table: from.table,
      pairs: from.columns.map((own, index) => ({ own, other: to.columns[index] ?? own })),
    }));
    return field.do === 'keep' || carried.length === 0 ? field : { ...field, carried };
  }

  /** An e-mail, a phone, a name in a key; not a customer number, which is a natural key that stays. */
  #holdsIdentifier(column: Column, category: Category | null): boolean {
    if (column.family !== 'text' && column.family !== 'number') return false;
    const kind = identityKindOf(column.name);
    if (
      column.family === 'text' &&
      (kind === 'email' || kind === 'phone' || kind === 'nir' || kind === 'iban' || kind === 'login')
    ) {
      return category !== 'technical';
    }
    if (category === 'bank' || category === 'contact') return true;
    return column.family === 'text' && category === 'identity' && namesName(column.name);
  }

  #asValue(column: Column, category: Category | null): FieldPlan {
    const isOfPerson = isPersonal(category ?? undefined);
    switch (column.family) {
      case 'text':
        return this.#asText(column, category);
      case 'enum':
        return this.#asCode(column, category, 'enumeration');
      case 'json':
      case 'xml':
      case 'search':
      case 'network':
        return this.#blank(column, category, isOfPerson ? 'category' : 'text');
      case 'array':
        if (isOfPerson || isTextual(column)) return this.#blank(column, category, isOfPerson ? 'category' : 'text');
        return keep(column, category, { code: 'other_type' });
      case 'other':
        if (isOfPerson || column.baseType.endsWith('hstore')) return this.#blank(column, category, 'category');
        return keep(column, category, { code: 'other_type' });
      case 'bytes':
        if (isOfPerson || isContent(column)) return this.#blank(column, category, isOfPerson ? 'category' : 'text');
        return keep(column, category, { code: 'other_type' });
      case 'number':
        // A salary, a bonus and days of leave are figures of accounts, like the total of an order.
        if (category === 'employment') return keep(column, category, { code: 'number' });
        return isOfPerson ? this.#blank(column, category, 'category') : keep(column, category, { code: 'number' });
      case 'uuid':
      case 'range':
      case 'interval':
        return isOfPerson ? this.#blank(column, category, 'category') : keep(column, category, { code: 'number' });
      case 'date':
        if (category === 'employment') return keep(column, category, { code: 'moment' });
        return isOfPerson ? this.#blank(column, category, 'category') : keep(column, category, { code: 'moment' });
      case 'boolean':
        return isOfPerson ? this.#blank(column, category, 'category') : keep(column, category, { code: 'boolean' });
    }
  }

  #asText(column: Column, category: Category | null): FieldPlan {
    const { table } = this.#question;
    const isOfPerson = isPersonal(category ?? undefined);
    if (isListed(table, column)) return this.#asCode(column, category, 'listed_code');
    const isRevealing =
      isOfPerson ||
      identityKindOf(column.name) !== null ||
      namesSecret(column.name) ||
      namesOwnText(column.name) ||
      namesOutsideAccount(table.table, column.name);
    if (!isRevealing && this.#isShapedAsKey(column)) return keep(column, category, { code: 'reference' });
    const isUnique = table.uniques.some(
      (unique) => !unique.isExpression && !unique.isPartial && unique.columns.includes(column.name),
    );
    if (isUnique && !isRevealing && mayNumberThing(table, column, category)) {
      this.#tell('natural_key_stays', column.name);
      return keep(column, category, { code: 'natural_key' });
    }
    // `source_id` may be an e-mail: what another system calls the row by.
    const isCalled = ['id', 'uid', 'identifier'].includes(wordsOf(column.name).at(-1) ?? '');
    const isNamedCode = namesCode(column.name) && !isCalled;
    const isCode = category === 'technical' && !isRevealing && (isNamedCode || (column.length ?? 99) <= 3);
    if (isCode) return keep(column, category, { code: 'technical' });
    // `task.number`: what a house calls a thing by.
    const isBareNumber = bareNumbers.has(wordsOf(column.name).join()) && !this.#question.isPersons;
    if (isBareNumber && !isRevealing) return keep(column, category, { code: 'natural_key' });
    return this.#blank(column, category, isOfPerson ? 'category' : 'text');
  }

  /** `bean_id char(36)`, of the very type of the keys of tables: it points to a row, whatever says to which. */
  #isShapedAsKey({ name, baseType, length }: Column): boolean {
    const words = wordsOf(name);
    const isOutside = words.some((word) => outsideWords.has(word));
    return words.at(-1) === 'id' && length !== null && !isOutside && this.#question.keyTypes.has(baseType);
  }

  /** A code from a list names nobody by itself; a personal one (a title, a sex) goes when it can. */
  #asCode(column: Column, category: Category | null, code: 'enumeration' | 'listed_code'): FieldPlan {
    if (!isPersonal(category ?? undefined)) return keep(column, category, { code });
    if (column.nullable) return blank(column, category, 'category', { kind: 'null' });
    const label = neutralLabel(column.enumLabels);
    if (label !== undefined) return blank(column, category, 'category', { kind: 'value', value: label });
    return keep(column, category, { code });
  }

  #blank(column: Column, category: Category | null, code: 'text' | 'category' | 'map' | 'identity'): FieldPlan {
    const { table } = this.#question;
    if (!column.canUpdate) this.#problem('cannot_write', column, []);
    const uniques = table.uniques.filter((unique) => unique.columns.includes(column.name));
    const isPrimary = table.primaryKey.includes(column.name);
    const isNullAllowed =
      column.nullable && !isPrimary && uniques.every((unique) => unique.nullsDistinct) && !isAskedFor(table, column);
    const isUnique = isPrimary || uniques.length > 0;
    return blank(column, category, code, fillFor(column, { isUnique, isNullAllowed }));
  }

  /** A document or a free text that names only the person goes with all others of its row; another text by itself. */
  #redact(column: Column, category: Category | null): FieldPlan {
    const isNumber = mayNumberDocument(this.#question.table.table, column.name);
    const isLong = column.family === 'text' && column.length === null && category !== 'technical' && !isNumber;
    const isDocument = !isNumber && (this.#isDocument(column, category) || isLong);
    const isUnique = this.#question.table.uniques.some((unique) => unique.columns.includes(column.name));
    const fill = fillFor(column, { isUnique, isNullAllowed: column.nullable });
    const alone = this.#question.isOthers ? null : ({ fill, in: isDocument ? 'row' : 'text' } as const);
    return blank(column, category, 'content', { kind: 'redact', alone });
  }

  #isDocument({ family, name }: Column, category: Category | null): boolean {
    return (
      family === 'json' || family === 'xml' || category === 'free_text' || (family === 'text' && namesRendering(name))
    );
  }

  #tell(code: PlanNotice['code'], column: string | null): void {
    const { schema, table } = this.#question.table;
    this.#notices.push({ code, schema, table, column, about: [] });
  }

  #problem(code: PlanProblem['code'], column: Column, about: readonly string[]): void {
    const { schema, table } = this.#question.table;
    this.#problems.push({ code, schema, table, column: column.name, about, isBlocking: code === 'cannot_write' });
  }
}

function keep(column: Column, category: Category | null, why: KeepReason): FieldPlan {
  return { column: column.name, category, do: 'keep', why };
}

function blank(
  column: Column,
  category: Category | null,
  code: 'text' | 'category' | 'map' | 'identity' | 'content',
  fill: Fill,
): FieldPlan {
  return { column: column.name, category, do: 'blank', why: { code }, fill, type: column.type };
}

const bareNumbers = wordList('number numero num no nr');
const numberWords = wordList('matricule sku ean isbn barcode serial');

/**
 * A unique text that may be a number or a code of the application's. What is unique among a person's things only (the
 * name of a file, of a search) is theirs, and so is a text that names no number.
 */
function mayNumberThing(table: Table, column: Column, category: Category | null): boolean {
  const words = wordsOf(column.name);
  const isNumber = words.some((word) => keyWords.has(word) || numberWords.has(word));
  return isNumber || namesCode(column.name) || mayNumberDocument(table.table, column.name) || category === 'technical';
}

function isTextual(column: Column): boolean {
  return ['text', 'json', 'xml', 'network', 'other'].includes(column.elementFamily ?? '');
}

/** A CHECK that lists the values allowed: `status in ('open', 'paid')`, as the engine prints it. */
export function isListed(table: Table, column: Column): boolean {
  const expressions = table.checks
    .filter((check) => check.columns.length === 1 && check.columns[0] === column.name)
    .map((check) => check.expression);
  return [...expressions, ...(column.domain?.checks ?? [])].some(
    (expression) =>
      /= ANY \(/.test(expression) ||
      / in \('[^)]*\)$/i.test(expression) ||
      /^\(?(\(.* = '[^']*'(::[a-z ]+)?\)( OR )?)+\)?$/.test(expression),
  );
}

/** A CHECK that may want a value, by what other columns of the row hold: `type <> 'contact' or name is not null`. */
function isAskedFor(table: Table, { name }: Column): boolean {
  return table.checks
    .filter((check) => check.columns.length > 1 && check.columns.includes(name))
    .some(({ expression }) =>
      new RegExp(`\\b${escapedForRegExp(name)}["\`)]*(::[a-z ]+)?[)]* is not null`, 'i').test(expression),
    );
}

/** Whether any column to blank makes a generated one: told, because its source must go for it to go. */
export function generatedFromKept(table: Table, fields: readonly FieldPlan[]): readonly string[] {
  const blanked = new Set(fields.filter((field) => field.do === 'blank').map((field) => field.column));
  return table.columns
    .filter((column) => column.generated !== null && ['text', 'json', 'search', 'array', 'xml'].includes(column.family))
    .filter((column) => {
      const sources = (column.generated?.from ?? []).map((name) => findColumn(table, name));
      return sources.some((source) => source?.family === 'text' && !blanked.has(source.name));
    })
    .map((column) => column.name);
}

function escapedForRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
