import { isChildren, type PackSource, type TypeSource } from '../pack/pack-schema.ts';
import type { Version } from '../schema-change/versions.ts';

/**
 * The packs of a former version, knowing what its attributes are called today: an attribute renamed since is renamed back, with
 * its data, rather than taken away and added anew. Pure.
 */
export function renamedBack(former: Version, present: Version): readonly PackSource[] {
  const [then, now] = [former.names?.columns ?? {}, present.names?.columns ?? {}];
  const tables = present.names?.tables ?? {};
  const today = new Map(
    Object.entries(now).map(([place, column]) => [`${tables[typeOf(place)] ?? ''}.${column}`, place]),
  );
  const nameToday = (type: string, attribute: string): string | null => {
    const column = then[`${type}.${attribute}`];
    const place = today.get(`${former.names?.tables[type] ?? ''}.${column ?? ''}`) ?? null;
    return place === null ? null : place.slice(place.indexOf('.') + 1);
  };
  return former.packs.map((pack) => ({
    ...pack,
    types: Object.fromEntries(
      Object.entries(pack.types).map(([name, type]) => [
        name,
        typeBack(type, (attribute) => nameToday(name, attribute)),
      ]),
    ),
  }));
}

function typeOf(place: string): string {
  return place.slice(0, place.indexOf('.'));
}

function typeBack(type: TypeSource, nameToday: (attribute: string) => string | null): TypeSource {
  const attributes = Object.entries(type.attributes).map(([name, source]) => {
    const today = nameToday(name);
    if (isChildren(source) || today === null || today === name || type.attributes[today] !== undefined) {
      return [name, source] as const;
    }
    return [name, { ...source, was: today }] as const;
  });
  return { ...type, attributes: Object.fromEntries(attributes) };
}
