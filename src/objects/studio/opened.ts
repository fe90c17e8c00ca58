import { Refusal } from '../../kernel/index.ts';
import { PackEdit, type Preview, type TypeModel } from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';
import { type Draft, readDraft } from './drafts.ts';
import type { ModelChangeOptions } from './shared-model.ts';

/** A draft as it is looked at: what its file says, and what it would give. */
export interface Opened {
  readonly draft: Draft;
  readonly edit: PackEdit;
  readonly preview: Preview;
  /** Labels of the pack as its draft gives them. */
  readonly title: { readonly fr: string; readonly en: string };
}

export async function openDraft({ live }: ModelChangeOptions, scope: Scope, id: string): Promise<Opened> {
  const draft = await readDraft(scope, id);
  return { draft, edit: new PackEdit(draft.body), preview: await previewOf(live, draft), title: titleOf(draft) };
}

export function previewOf(live: ModelChangeOptions['live'], draft: Pick<Draft, 'pack' | 'body'>): Promise<Preview> {
  return live.preview({ files: [{ file: fileOf(draft), text: draft.body }], without: [], version: null });
}

export function fileOf({ pack }: Pick<Draft, 'pack'>): string {
  return `${pack}/pack.yaml`;
}

function titleOf({ body, pack }: Draft): Opened['title'] {
  const label = textAt(new PackEdit(body), ['label']);
  return label ?? { fr: pack, en: pack };
}

/** A text in both languages, where the file has one. */
export function textAt(edit: PackEdit, place: readonly string[]): { fr: string; en: string } | null {
  const found = edit.read(place);
  if (typeof found !== 'object' || found === null) return null;
  const [fr, en]: unknown[] = [Reflect.get(found, 'fr'), Reflect.get(found, 'en')];
  return typeof fr === 'string' && typeof en === 'string' ? { fr, en } : null;
}

/** Names of what stands in a map of the file, in its order. */
export function namesAt(edit: PackEdit, place: readonly string[]): readonly string[] {
  const found = edit.read(place);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.keys(found) : [];
}

export function stringAt(edit: PackEdit, place: readonly string[]): string {
  const found = edit.read(place);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

/** One name or a list of them. */
export function listAt(edit: PackEdit, place: readonly string[]): readonly string[] {
  const found = edit.read(place);
  if (typeof found === 'string') return [found];
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

/** Refuses (404) a type that the draft hasn't. */
export function expectDraftType({ edit }: Opened, type: string): readonly string[] {
  const place = ['types', type];
  if (edit.has(place)) return place;
  throw new Refusal('model.no_type', 404, {
    fr: `Ce brouillon n’a pas de type « ${type} ».`,
    en: `This draft has no type “${type}”.`,
  });
}

/** The type as it will be; null while the draft has problems. */
export function typeToBe({ preview }: Opened, type: string): TypeModel | null {
  return preview.model?.types.get(type) ?? null;
}
