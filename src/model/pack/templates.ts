import type { Notice } from '../model.ts';
import type { NotifySource, TemplateSource } from './pack-schema.ts';

/** What a pack tells people, by name. */
export type Templates = Readonly<Record<string, TemplateSource>>;

/** Whom to tell and what, of a source that was checked. */
export function noticeOf(
  source: Omit<NotifySource, 'template'> & { readonly template: string },
  templates: Templates,
): Notice {
  const template = templates[source.template];
  if (template === undefined) throw new Error(`the template ${source.template} was not checked`);
  return {
    roles: listOf(source.role),
    users: listOf(source.user),
    title: template.title,
    body: template.body ?? null,
  };
}

function listOf<Name extends string>(names: Name | readonly Name[] | undefined): readonly Name[] {
  if (names === undefined) return [];
  return typeof names === 'string' ? [names] : names;
}
