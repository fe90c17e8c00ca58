import type { Attribute, Model, TypeModel } from './model.ts';

/** TypeScript of a system pack's types, for the room that owns it: values, states and transitions as the pack says. */
export function typescriptOf(model: Model, pack: string): string {
  const types = [...model.types.values()].filter((type) => type.pack === pack);
  const body = types.flatMap(typeLines).join('\n');
  const used = (['Id', 'Json'] as const).filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const members = types.map(
    (type) =>
      `  readonly ${type.name}: { readonly values: ${pascal(type.name)}Values; readonly state: ${stateOf(type)}; readonly transition: ${transitionOf(type)} };`,
  );
  return [
    '// Made from pack.yaml by `npx tsx src/model/generate-types.ts`; a test compares. Don’t edit.',
    ...(used.length === 0 ? [] : [`import type { ${used.join(', ')} } from '../kernel/index.ts';`, '']),
    body,
    `/** Every type of the pack \`${pack}\`: \`readObject<${pascal(pack)}Types['${types[0]?.name ?? ''}']>(…)\`. */`,
    `export interface ${pascal(pack)}Types {`,
    ...members,
    '}',
    '',
  ].join('\n');
}

function typeLines(type: TypeModel): readonly string[] {
  const name = pascal(type.name);
  const states = type.lifecycle === null ? [] : [...type.lifecycle.states.keys()];
  const transitions = type.lifecycle === null ? [] : [...type.lifecycle.transitions.keys()];
  return [
    `/** ${type.definition?.en ?? type.label.en} */`,
    `export interface ${name}Values {`,
    ...[...type.attributes.values()].map(attributeLine),
    '}',
    ...(states.length === 0 ? [] : ['', `export type ${name}State = ${union(states)};`]),
    ...(transitions.length === 0 ? [] : ['', `export type ${name}Transition = ${union(transitions)};`]),
    '',
  ];
}

function attributeLine(attribute: Attribute): string {
  return `  readonly ${attribute.name}: ${attribute.type.typescript}${attribute.required ? '' : ' | null'};`;
}

function stateOf(type: TypeModel): string {
  return type.lifecycle === null ? 'null' : `${pascal(type.name)}State`;
}

function transitionOf(type: TypeModel): string {
  return type.lifecycle === null || type.lifecycle.transitions.size === 0 ? 'never' : `${pascal(type.name)}Transition`;
}

function union(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(' | ');
}

function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
