// Holds the imports to the floors that ARCHITECTURE.md states: a room imports only from lower floors, through the other
// room's door (index.ts), and files go in no circle. The table of that page is the rule; there is no second copy.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** A parser that sees nothing finds nothing wrong: fewer modules or imports than this is a failure. */
const least = { modules: 200, imports: 800 };

/** `| 3 | `journal`, `access` |` → Map of room → floor. */
export function readFloors(page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')) {
  const floors = new Map();
  for (const [, floor, rooms] of page.matchAll(/^\|\s*(\d+)\s*\|([^|]+)\|/gm)) {
    for (const [, room] of rooms.matchAll(/`([\w.]+)`/g)) floors.set(room, Number(floor));
  }
  return floors;
}

/** Every source file with what it imports: [{ path, imports: [{ to, isType }] }], paths from the project's root. */
export function readModules(folders = ['src', 'packs', 'examples', 'sdk']) {
  return folders
    .flatMap((folder) => [...files(join(root, folder))])
    .map((path) => {
      const { module, errors } = parseSync(path, readFileSync(path, 'utf8'));
      if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
      const requests = [
        ...module.staticImports.map((found) => [
          found.moduleRequest.value,
          found.entries.length > 0 && found.entries.every((entry) => entry.isType),
        ]),
        ...module.staticExports.flatMap(({ entries }) =>
          entries.filter((entry) => entry.moduleRequest).map((entry) => [entry.moduleRequest.value, entry.isType]),
        ),
        ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => [
          readFileSync(path, 'utf8')
            .slice(start, end)
            .replace(/^['"`]|['"`]$/g, ''),
          false,
        ]),
      ];
      const imports = requests
        .filter(([request]) => request.startsWith('.'))
        .map(([request, isType]) => ({ to: relative(root, resolve(dirname(path), request)), isType }));
      return { path: relative(root, path), imports };
    });
}

function* files(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !['node_modules', 'test'].includes(entry.name)) yield* files(path);
    else if (/\.(tsx?|mjs)$/.test(entry.name) && !/\.(test|fixture)\.(tsx?|mjs)$/.test(entry.name)) yield path;
  }
}

/** The room a file stands in: `src/journal/x.ts` → `journal`; `src/main.ts` → `main.ts`; null outside src/. */
function roomOf(path) {
  const [folder, room] = path.split('/');
  return folder === 'src' ? room : null;
}

/** Everything that breaks a rule, a line each. */
export function violationsOf(modules, floors) {
  const paths = new Set(modules.map((module) => module.path));
  return modules
    .flatMap(({ path, imports }) => imports.flatMap(({ to }) => broken(path, to, floors, paths)))
    .concat(circles(modules));
}

function broken(path, to, floors, paths) {
  const line = (why) => [`${path} → ${to}: ${why}`];
  const [from, into] = [roomOf(path), roomOf(to)];
  if (!to.endsWith('.json') && !paths.has(to) && !existsSync(join(root, to))) return line('no such file');
  if (/^sdk\//.test(path)) return /^sdk\//.test(to) ? [] : line('sdk/ stands alone');
  if (/^packs\//.test(path) && into !== null && to !== 'src/pack-kit.ts')
    return line('packs/ import only src/pack-kit.ts');
  if (from !== null && into === null) {
    return from === 'main.ts' && /^examples\//.test(to) ? [] : line('src/ imports nothing outside itself');
  }
  if (from === null || from === into) return from === null && into !== null ? behindDoor(path, to, into) : [];
  if (!floors.has(from)) return line(`${from} has no floor in ARCHITECTURE.md`);
  if (!floors.has(into)) return line(`${into} has no floor in ARCHITECTURE.md`);
  if (floors.get(into) >= floors.get(from)) {
    return line(`${from} (floor ${floors.get(from)}) may not import ${into} (floor ${floors.get(into)})`);
  }
  return behindDoor(path, to, into);
}

function behindDoor(path, to, into) {
  const isDoor = to === `src/${into}` || to === `src/${into}/index.ts`;
  return isDoor || path.startsWith('test/') ? [] : [`${path} → ${to}: only src/${into}/index.ts is a door`];
}

/** Circles of files that import values of each other (types alone make none at run time). */
function circles(modules) {
  const next = new Map(
    modules.map(({ path, imports }) => [path, imports.filter(({ isType }) => !isType).map(({ to }) => to)]),
  );
  const state = new Map();
  const found = [];
  const visit = (path, trail) => {
    if (state.get(path) === 'done' || !next.has(path)) return;
    if (state.get(path) === 'open') {
      found.push(`circle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
      return;
    }
    state.set(path, 'open');
    for (const to of next.get(path)) visit(to, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of next.keys()) visit(path, []);
  return found;
}

export function checkFloors() {
  const modules = readModules();
  const imports = modules.reduce((sum, module) => sum + module.imports.length, 0);
  const violations = violationsOf(modules, readFloors());
  if (modules.length < least.modules || imports < least.imports) {
    violations.push(`only ${modules.length} modules and ${imports} imports were seen: the check itself is broken`);
  }
  return { modules: modules.length, imports, violations };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { modules, imports, violations } = checkFloors();
  for (const line of violations) process.stdout.write(`${line}\n`);
  process.stdout.write(`${modules} modules, ${imports} imports\n`);
  process.exit(violations.length === 0 ? 0 : 1);
}
