import { namesActing, namesAuthor, namesCorrespondent } from './actors.ts';
import { namesOf } from './any-references.ts';
import { type Catalogue, columnKey, type Reference, type Table, tableKey } from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import { isMentioning } from './identities.ts';
import type { ErasureMap } from './map.ts';
import { isShareable } from './matching.ts';
import { namesDocument, namesSpeech } from './names.ts';
import type { Guard, IdentityColumn, PlanNotice, PlanStep, StaffMark, User, Way } from './plan.ts';
import { alikeRows, bearingName, isPartOfWhole, leadsTo } from './plan-leads.ts';
import { isSearchedDocument, searchedColumns } from './plan-search.ts';
import { incomingPairs, isAuthors, isKeyOf, isLink, outgoingPairs } from './plan-ties.ts';
import type { ReferenceGraph } from './references.ts';
import type { Roles } from './roles.ts';
import { isManyTo } from './row-counts.ts';
import { attributeColumn } from './satellites.ts';
import { isOneToOne } from './serving.ts';
import { spokenName } from './spoken.ts';

/** A table of the walk before its fields are decided. Ways name their source by table key. */
export interface Node {
  readonly table: Table;
  readonly scope: PlanStep['scope'];
  readonly ways: NodeWay[];
}

export type NodeWay = {
  readonly way: Way;
  readonly from: Node | null;
  readonly guards: readonly NodeGuard[];
  readonly users: readonly NodeUser[];
};
export type NodeGuard = Omit<Guard, 'step'> & { readonly table: string };
export type NodeUser = Omit<User, 'step'>;

export interface WalkQuestion {
  readonly catalogue: Catalogue;
  readonly categories: ReadonlyMap<string, Category>;
  readonly graph: ReferenceGraph;
  readonly roles: Roles;
  readonly map: ErasureMap;
  readonly identities: readonly IdentityColumn[];
}

export interface Walk {
  /** Sources before what they lead to, as far as cycles allow. */
  readonly nodes: readonly Node[];
  readonly notices: readonly PlanNotice[];
}

/**
 * Finds the tables an erasure goes through: those that hold an identifier, those whose rows point to the person's rows
 * (transitively), then those the person's rows point to, when they hold data of one's own.
 */
export function walk(question: WalkQuestion): Walk {
  const walker = new Walker(question);
  walker.enter();
  walker.followIncoming();
  walker.followOutgoing();
  walker.searchContent();
  return { nodes: walker.ordered(), notices: walker.notices };
}

class Walker {
  readonly notices: PlanNotice[] = [];
  readonly #question: WalkQuestion;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #ignored: ReadonlySet<string>;
  readonly #rows = new Map<string, Node>();
  readonly #mentions = new Map<string, Node>();
  readonly #abouts = new Map<string, Node>();
  readonly #contents = new Map<string, Node>();

  constructor(question: WalkQuestion) {
    this.#question = question;
    this.#tables = new Map(question.catalogue.tables.map((table) => [tableKey(table), table]));
    this.#ignored = new Set(question.map.tables.filter((each) => each.action === 'ignore').map(tableKey));
  }

  /** Every table with a column of an identifier is a way in; a column that names who acted only counts as a mention. */
  enter(): void {
    const { roles } = this.#question;
    for (const identity of this.#question.identities) {
      const table = this.#table(identity);
      if (table === undefined || table.kind === 'foreign') continue;
      if (identity.source === 'deduced' && isShareable(identity.kind) && this.#isHolding(table)) continue;
      const way: Way = {
        kind: 'identity',
        identity: identity.kind,
        column: identity.column,
        matching: identity.matching,
      };
      const isMention = this.#isMention(table, identity);
      const guards = isMention ? [] : this.#identityGuards(table, identity);
      const node = isMention ? this.#mention(table, identity.column) : this.#node(this.#rows, table, 'row');
      // Many sign in with their e-mail.
      const isSignIn = identity.kind === 'login' && identity.family === 'text';
      const ways = isSignIn ? [way, { ...way, identity: 'email', matching: 'email' } as const] : [way];
      const keys = isMention && roles.isSignedNote(table) ? this.#keysOfAny(table) : [];
      for (const each of ways) {
        node.ways.push({ way: each, from: null, guards, users: [] });
        // A line of a log about nothing else is of who acted.
        if (keys.length > 0) {
          const own = { ...each, empty: keys };
          this.#node(this.#rows, table, 'row').ways.push({ way: own, from: null, guards: [], users: [] });
        }
        if (guards.length > 0)
          this.#mention(table, identity.column).ways.push({ way: each, from: null, guards: [], users: [] });
      }
    }
  }

  /** An address that persons point to: its telephone is a household's, and finds no one by itself. */
  #isHolding(table: Table): boolean {
    const { roles, graph, catalogue } = this.#question;
    if (roles.isPersons(table) || roles.owners(table).length > 0) return false;
    return graph.to(table).some((reference) => {
      const user = catalogue.tables.find((each) => tableKey(each) === tableKey(reference.from));
      return user !== undefined && roles.isPersons(user);
    });
  }

  /**
   * `updated_by_email` of an order that has its own owner: the row is not the updater's. What somebody declared, and the
   * key of the table itself (`employee_id`), is whose row it is.
   */
  #isMention(table: Table, identity: IdentityColumn): boolean {
    if (table.primaryKey.join() === identity.column) return false;
    if (!isMentioning(identity)) return this.#isActorsLogin(table, identity);
    const { roles } = this.#question;
    if (identity.kind === 'login' || roles.isSignedNote(table)) return true;
    const hasOther = this.#question.identities.some(
      (other) => tableKey(other) === tableKey(table) && !isMentioning(other),
    );
    return hasOther || roles.owners(table).length > 0;
  }

  /** A message that says by a reference that it is a customer's isn't its sender's: an address in it is only an address. */
  #identityGuards(table: Table, { source, kind, column }: IdentityColumn): readonly NodeGuard[] {
    const { roles } = this.#question;
    if (source !== 'deduced' || kind !== 'email' || !namesCorrespondent(column) || roles.isPersons(table)) return [];
    return roles
      .owners(table)
      .filter((owner) => roles.isPlain(owner))
      .map((owner) => ({ table: tableKey(owner.to), pairs: incomingPairs(owner) }));
  }

  #keysOfAny(table: Table): readonly string[] {
    return this.#question.graph.any.filter((any) => tableKey(any) === tableKey(table)).map(({ key }) => key);
  }

  /** One step for each column: an address in one says nothing of that in another. */
  #mention(table: Table, column: string): Node {
    return this.#node(this.#mentions, table, 'mention', column);
  }

  /** `HIS_LOGIN` of the history of a customer: a sign-in name in rows that are somebody's is that of who acted. */
  #isActorsLogin(table: Table, { kind, source }: IdentityColumn): boolean {
    const { roles } = this.#question;
    if (kind !== 'login' || source !== 'deduced' || roles.isPersons(table) || roles.isContactPoint(table)) return false;
    return roles.owners(table).length > 0 || roles.isLog(table);
  }

  followIncoming(): void {
    const { roles } = this.#question;
    const queue = [...this.#rows.values()];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      queue.push(...this.#owners(node), ...this.#throughLinks(node), ...this.#followAny(node));
      for (const reference of this.#question.graph.to(node.table)) {
        const child = this.#table(reference.from);
        if (child === undefined || child.kind === 'foreign') continue;
        const alike = alikeRows(this.#question, reference, child);
        if (alike !== undefined) {
          node.ways.push({
            way: {
              kind: 'incoming',
              from: -1,
              pairs: incomingPairs(reference),
              source: reference.source,
              guards: [],
              alike,
            },
            from: node,
            guards: [],
            users: [],
          });
          continue;
        }
        if (!leadsTo(this.#question, reference, node.table, child)) {
          this.#tellOthers(child, node.table, reference);
          continue;
        }
        if (roles.isPersons(node.table) && roles.isSubject(child, reference)) {
          this.#about(child, node, reference);
          continue;
        }
        if (this.#rows.get(tableKey(child)) === undefined) queue.push(this.#node(this.#rows, child, 'row'));
        const mark = this.#unlessStaff(child, node.table, reference);
        const way: Way = {
          kind: 'incoming',
          from: -1,
          pairs: incomingPairs(reference),
          source: reference.source,
          guards: [],
          ...(mark === null ? {} : { unlessStaff: mark }),
          ...(reference.source === 'map' && !isKeyOf(node.table, reference.to.columns) ? { unlessOthers: true } : {}),
        };
        const guards = this.#guards(child, node.table, reference);
        this.#node(this.#rows, child, 'row').ways.push({ way, from: node, guards, users: [] });
        if (roles.subjectsBeside(child, reference).length > 0)
          this.#node(this.#mentions, child, 'mention').ways.push({ way, from: node, guards: [], users: [] });
      }
    }
  }

  /** A line of a log about the person: what it says goes, who acted and from where stays. */
  #about(child: Table, from: Node, reference: Reference): void {
    this.#node(this.#abouts, child, 'about').ways.push({
      way: { kind: 'incoming', from: -1, pairs: incomingPairs(reference), source: reference.source, guards: [] },
      ...{ from, guards: [], users: [] },
    });
  }

  /** Messages, files and notes that point to a row of any table, and name the table. */
  #followAny(parent: Node): readonly Node[] {
    const { graph, roles, catalogue } = this.#question;
    const [key] = parent.table.primaryKey;
    if (key === undefined || parent.table.primaryKey.length > 1 || roles.isShared(parent.table)) return [];
    return graph.any.flatMap((any) => {
      const child = this.#table(any);
      if (child === undefined || child === parent.table || child.kind === 'foreign' || roles.isPersons(child))
        return [];
      const isAbout = roles.isSignedNote(child);
      // What staff sent in a file of whom they serve is the file's.
      const isWritten = roles.isPersons(parent.table) && (namesAuthor(any.key) || namesActing(any.key));
      if (isWritten && roles.isStaff(parent.table) && roles.isOfServed(child)) return [];
      const mark = isWritten ? roles.staffMark(parent.table) : null;
      const isNew = !isAbout && this.#rows.get(tableKey(child)) === undefined;
      const node = isAbout ? this.#node(this.#abouts, child, 'about') : this.#node(this.#rows, child, 'row');
      node.ways.push({
        way: {
          kind: 'incoming',
          from: -1,
          pairs: [{ own: any.key, other: key }],
          source: 'deduced',
          guards: [],
          named: { naming: any.naming, names: namesOf(catalogue, parent.table) },
          ...(mark === null ? {} : { unlessStaff: mark }),
        },
        from: parent,
        guards: isAbout ? [] : this.#guards(child, parent.table, null),
        users: [],
      });
      return isNew ? [node] : [];
    });
  }

  /**
   * From a row found by an identifier up to the person it is of: `client_email` → `client`, `customer` → `user`. Only
   * e-mails and telephones may be several of one person; otherwise a target that other rows share is who serves them.
   */
  #owners(node: Node): readonly Node[] {
    const isFound = node.ways.some(({ way }) => way.kind === 'identity');
    const isClimbed = node.ways.some(({ way }) => way.kind === 'owner');
    const attribute = attributeColumn(node.table);
    return this.#question.graph.from(node.table).flatMap((reference) => {
      const target = this.#table(reference.to);
      if (target === undefined || target.kind === 'foreign' || target === node.table) return [];
      const named = bearingName(this.#question, reference, node.table, target);
      const isWhole = isPartOfWhole(this.#question, reference, node.table, target);
      // What somebody wrote for a house stands in many tables too, and isn't theirs as what they said is.
      const isLeading = isFound || (isWhole && namesSpeech(spokenName(target)));
      if (!isLeading && !(isClimbed && isOneToOne(node.table, reference))) return [];
      if (!isWhole && named === null && !this.#question.roles.isSamePerson(node.table, reference)) return [];
      const isNew = this.#rows.get(tableKey(target)) === undefined;
      const found = this.#node(this.#rows, target, 'row');
      const pairs = outgoingPairs(reference);
      const own = { schema: node.table.schema, table: node.table.table, pairs };
      const isContactPoint = this.#question.roles.isContactPoint(node.table);
      found.ways.push({
        way: {
          ...{ kind: 'owner', from: -1, pairs, source: reference.source, users: [] },
          ...(attribute === undefined ? {} : { sole: [attribute] }),
          ...(named === null ? {} : { bears: named }),
          ...(isWhole ? { isWhole: true as const } : {}),
        },
        from: node,
        guards: [],
        users: isContactPoint || attribute !== undefined || named !== null ? [] : [own],
      });
      return isNew ? [found] : [];
    });
  }

  /**
   * From an e-mail kept apart, through the link that ties it to whatever it is of, up to the person: `email_addresses` ←
   * `email_link(address_id, bean_id, bean_module)` → `contacts`. An e-mail that is tied to two is nobody's alone.
   */
  #throughLinks(node: Node): readonly Node[] {
    const { graph, roles, catalogue } = this.#question;
    const isFound = node.ways.some(({ way }) => way.kind === 'identity') && !roles.isPersons(node.table);
    if (!isFound || !roles.isContactPoint(node.table)) return [];
    return graph.to(node.table).flatMap((tying) => {
      const link = this.#table(tying.from);
      if (link === undefined || link === node.table || roles.isPersons(link) || !this.#isLink(link)) return [];
      const isNewLink = this.#rows.get(tableKey(link)) === undefined;
      const from = this.#node(this.#rows, link, 'row');
      const climbs = [
        ...graph.from(link).flatMap((reference) => {
          const target = reference === tying ? undefined : this.#table(reference.to);
          if (target === undefined || !roles.isPersons(target) || !roles.isPlain(reference)) return [];
          return [{ target, pairs: outgoingPairs(reference), source: reference.source }];
        }),
        ...graph.any
          .filter((any) => tableKey(any) === tableKey(link))
          .flatMap((any) =>
            catalogue.tables.flatMap((target) => {
              const [key, more] = target.primaryKey;
              if (key === undefined || more !== undefined || !roles.isPersons(target)) return [];
              const named = { naming: any.naming, names: namesOf(catalogue, target) };
              return [{ target, pairs: [{ own: key, other: any.key }], source: 'deduced' as const, named }];
            }),
          ),
      ];
      const reached = climbs.flatMap(({ target, ...climb }) => {
        const isNew = this.#rows.get(tableKey(target)) === undefined;
        const found = this.#node(this.#rows, target, 'row');
        const way: Way = { kind: 'owner', from: -1, users: [], sole: tying.from.columns, ...climb };
        found.ways.push({ way, from, guards: [], users: [] });
        return isNew ? [found] : [];
      });
      return isNewLink && climbs.length > 0 ? [from, ...reached] : reached;
    });
  }

  /** Whether all that a table says of persons is to whom it points. */
  #isLink(table: Table): boolean {
    const { graph, categories } = this.#question;
    const pointing = new Set(graph.from(table).flatMap(({ from }) => from.columns));
    const any = graph.any
      .filter((each) => tableKey(each) === tableKey(table))
      .flatMap(({ key, naming }) => [key, naming.column]);
    return table.columns.every(
      ({ name }) => pointing.has(name) || any.includes(name) || !isPersonal(categories.get(columnKey(table, name))),
    );
  }

  /**
   * A row found through another that isn't a person (a payment of an order) may name its own owner: it is left alone
   * when that is someone else, but for what staff wrote in a document of the person. A line of a log that is about
   * somebody isn't who acted's. Only owners that the walk can reach are asked.
   */
  #guards(child: Table, parent: Table, reference: Reference | null): readonly NodeGuard[] {
    const { roles } = this.#question;
    const toGuard = (owner: Reference): NodeGuard => ({ table: tableKey(owner.to), pairs: incomingPairs(owner) });
    if (roles.isPersons(parent)) {
      return reference === null ? [] : roles.subjectsBeside(child, reference).map(toGuard);
    }
    const owners = roles.owners(child);
    return [...owners, ...owners.flatMap((owner) => roles.insteadOf(child, owner))]
      .filter((owner) => tableKey(owner.to) !== tableKey(parent))
      .map((owner) => {
        const target = namesDocument(spokenName(parent)) ? this.#table(owner.to) : undefined;
        const mark = target === undefined ? null : roles.staffMark(target);
        return mark === null ? toGuard(owner) : { ...toGuard(owner), orStaff: mark };
      });
  }

  /** What staff wrote or entered in a file isn't theirs, where one table holds them and those they serve. */
  #unlessStaff(child: Table, parent: Table, reference: Reference): StaffMark | null {
    const { roles } = this.#question;
    const isActing =
      isAuthors(reference) || reference.from.columns.some((name) => namesActing(name)) || roles.hangsOnDocument(child);
    return roles.isPersons(parent) && !roles.isPersons(child) && isActing ? roles.staffMark(parent) : null;
  }

  followOutgoing(): void {
    const queue = [...this.#rows.values()];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const reference of this.#question.graph.from(node.table)) {
        const target = this.#table(reference.to);
        if (target === undefined || target === node.table || this.#cameFrom(node, target, reference)) continue;
        if (!this.#mayTouch(target) && !(isLink(node.table) && namesDocument(spokenName(target)))) continue;
        const isNew = this.#rows.get(tableKey(target)) === undefined;
        const found = this.#node(this.#rows, target, 'row');
        found.ways.push({
          way: { kind: 'outgoing', from: -1, pairs: outgoingPairs(reference), source: reference.source, users: [] },
          from: node,
          guards: [],
          users: this.#users(target),
        });
        if (isNew) queue.push(found);
      }
    }
  }

  /** An order line was found through its order: the way back leads nowhere new. */
  #cameFrom(node: Node, target: Table, reference: Reference): boolean {
    const back = incomingPairs(reference)
      .map((pair) => `${pair.own}=${pair.other}`)
      .join();
    return node.ways.some(
      ({ way, from }) =>
        way.kind === 'incoming' &&
        from?.table === target &&
        way.pairs.map((pair) => `${pair.own}=${pair.other}`).join() === back,
    );
  }

  #mayTouch(target: Table): boolean {
    const { roles } = this.#question;
    if (target.kind === 'foreign' || roles.isPersons(target)) return false;
    if (roles.holdsOwnData(target) && !this.#isOfMany(target)) return true;
    if (roles.hasPersonalData(target) && !this.#rows.has(tableKey(target))) {
      this.#tell('shared_reference_data', target, []);
    }
    return false;
  }

  /** Far fewer rows than persons: a site, a room, whatever street it shows, is nobody's own. */
  #isOfMany(target: Table): boolean {
    const { roles, catalogue } = this.#question;
    return catalogue.tables.some((table) => roles.isPersons(table) && isManyTo(table, target));
  }

  /** Every reference to the table, known or suspected: any row of anyone that uses the row keeps it. */
  #users(target: Table): readonly NodeUser[] {
    const { graph } = this.#question;
    const suspected = graph.suspected.filter((reference) => tableKey(reference.to) === tableKey(target));
    return [...graph.to(target), ...suspected].map((reference) => ({
      schema: reference.from.schema,
      table: reference.from.table,
      pairs: outgoingPairs(reference),
    }));
  }

  /**
   * Texts that may name the person in rows that aren't theirs: audit copies and logs that nothing links to a person, and
   * the messages, payloads and lists of recipients of others.
   */
  searchContent(): void {
    for (const table of this.#question.catalogue.tables) {
      if (this.#table(table) === undefined || table.kind === 'foreign' || !table.canSelect) continue;
      const columns = searchedColumns(this.#question, table, this.#rows.has(tableKey(table)));
      if (columns.length === 0) continue;
      const way: Way = { kind: 'content', columns };
      this.#node(this.#contents, table, 'mention').ways.push({ way, from: null, guards: [], users: [] });
      const documents = columns.filter((name) => isSearchedDocument(this.#question, table, name));
      if (documents.length > 0 && !this.#rows.has(tableKey(table))) this.#tell('mentions_only', table, documents);
    }
  }

  #tellOthers(child: Table, parent: Table, reference: Reference): void {
    if (!this.#question.roles.hasPersonalData(child) || this.#rows.has(tableKey(child))) return;
    this.#tell('other_persons', child, [tableKey(parent), ...reference.from.columns]);
  }

  #tell(code: PlanNotice['code'], table: Table, about: readonly string[]): void {
    const isTold = this.notices.some((notice) => notice.code === code && tableKey(notice) === tableKey(table));
    if (!isTold) this.notices.push({ code, schema: table.schema, table: table.table, column: null, about });
  }

  #table(name: { readonly schema: string; readonly table: string }): Table | undefined {
    return this.#ignored.has(tableKey(name)) ? undefined : this.#tables.get(tableKey(name));
  }

  #node(nodes: Map<string, Node>, table: Table, scope: Node['scope'], column = ''): Node {
    const key = `${tableKey(table)} ${column}`.trim();
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node: Node = { table, scope, ways: [] };
    nodes.set(key, node);
    return node;
  }

  /** Kahn's order; a cycle is broken at the table that was met first. */
  ordered(): readonly Node[] {
    const waiting = [
      ...this.#rows.values(),
      ...this.#abouts.values(),
      ...this.#mentions.values(),
      ...this.#contents.values(),
    ];
    const done = new Set<Node>();
    const order: Node[] = [];
    while (waiting.length > 0) {
      const ready = waiting.findIndex((node) =>
        node.ways.every(({ from }) => from === null || from === node || done.has(from)),
      );
      const [node] = waiting.splice(Math.max(ready, 0), 1);
      if (node === undefined) break;
      done.add(node);
      order.push(node);
    }
    return order;
  }
}
