import { sql } from 'kysely';
import type { Id } from '../../kernel/index.ts';
import type { Model } from '../../model/index.ts';
import {
  type Acting,
  createObject,
  listObjects,
  readObject,
  type StoredObject,
  systemAsker,
  transitionObject,
  updateObject,
} from '../../objects/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import type { ComplianceTypes } from '../pack.generated.ts';
import type { RequestRegister } from './register.ts';

type Controller = ComplianceTypes['controller'];

const requestType = 'request';
const controllerType = 'controller';
const room = 'compliance';

/** The register of requests kept as objects of the model. This room has decided by then who may do what. */
export function modelRegister(model: () => Model): RequestRegister {
  const acting = (): Acting => ({ model: model(), asker: systemAsker });
  const controller = (source: Scope | Writing, id: string) =>
    readObject<Controller>(source, acting(), controllerType, id);
  return {
    async create(writing, values) {
      const object = await createObject(writing, acting(), requestType, { ...values }, { journal: null });
      // An object of the type request is named by that kind of id from here on.
      const id: string = object.id;
      return { id, number: object.number };
    },
    async move(writing, id, transition, change) {
      const asked = { transition, room, values: { ...change }, journal: null };
      await transitionObject(writing, acting(), requestType, objectId(id), asked);
    },
    async change(writing, id, change) {
      const asked = { values: { ...change }, version: null, journal: null };
      await updateObject(writing, acting(), requestType, objectId(id), asked);
    },
    async defaultController(writing) {
      const first = async () => {
        const known = await listObjects(writing, acting(), controllerType, { sort: byNumber, limit: 1 });
        return known.items[0]?.id;
      };
      const known = await first();
      if (known !== undefined) return known;
      // Of the first two requests at the same time, one makes it and the other finds it.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`controller ${writing.scope.org}`}, 0))`.execute(
        writing.tx,
      );
      return (await first()) ?? (await makeController(writing, acting())).id;
    },
    async controllerName(source, id) {
      return (await controller(source, id)).values.name;
    },
    async sender(scope, id) {
      return senderOf(await controller(scope, id));
    },
    async controllers(scope) {
      const found = await listObjects<Controller>(scope, acting(), controllerType, { sort: byName, limit: 200 });
      return found.items.map(({ id, values }) => ({ id, name: values.name, brand: values.brand ?? values.name }));
    },
  };
}

const byNumber = [{ field: 'number', descending: false }];
const byName = [{ field: 'name', descending: false }];

function objectId(id: Id<'request'>): string {
  return id;
}

/** An organisation that never named a controller is its own: a request can't wait for a form to be filled. */
async function makeController(writing: Writing, acting: Acting): Promise<StoredObject> {
  const organisation = await writing.tx
    .selectFrom('access.organisation')
    .select('name')
    .where('id', '=', writing.scope.org)
    .executeTakeFirstOrThrow();
  return createObject(writing, acting, controllerType, { name: organisation.name });
}

function senderOf({ values }: StoredObject<Controller>) {
  return {
    name: values.name,
    brand: values.brand,
    address: (values.address ?? '').split('\n').filter((line) => line.trim() !== ''),
    siren: values.siren,
    officer: { name: values.dpo_name, email: values.dpo_email, phone: values.dpo_phone },
  };
}
