import { describe, expect, it } from 'vitest';
import { currentEntry, groupMenu, type MenuEntry } from './menu.tsx';

const desk = { id: 'desk', text: { fr: 'Bureau', en: 'Desk' }, order: 1 };
const rest = { id: 'rest', text: { fr: 'Reste', en: 'Rest' }, order: 2 };
const entry = (section: MenuEntry['section'], href: string, order?: number): MenuEntry => ({
  section,
  href,
  order,
  text: { fr: href, en: href },
});

describe('The menu', () => {
  it('gathers entries under their sections, each in its order', () => {
    const groups = groupMenu([entry(rest, '/z'), entry(desk, '/last'), entry(desk, '/b', 2), entry(desk, '/a', 1)]);
    expect(groups.map((group) => [group.section.id, group.entries.map((one) => one.href)])).toEqual([
      ['desk', ['/a', '/b', '/last']],
      ['rest', ['/z']],
    ]);
  });

  it('shows where one stands: the entry whose address is nearest above', () => {
    const entries = [entry(desk, '/'), entry(desk, '/requests'), entry(desk, '/requests/late')];
    expect(currentEntry(entries, '/requests/late/1')?.href).toBe('/requests/late');
    expect(currentEntry(entries, '/requests/9')?.href).toBe('/requests');
    expect(currentEntry(entries, '/requestsomething')).toBeUndefined();
    expect(currentEntry(entries, '/')?.href).toBe('/');
  });
});
