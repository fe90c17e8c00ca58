import { writeFile } from 'node:fs/promises';
import type { Command } from '../command.ts';

export const evidenceExport: Command = {
  words: ['evidence', 'export'],
  usage: 'ID --out FILE.zip',
  summary: { fr: 'Écrit le dossier de preuve d’une demande.', en: 'Writes the evidence file of a request.' },
  options: { out: { type: 'string' } },
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, values, client, output }) => {
    const path = values.required('out');
    const bytes = await client.bytes(`/api/v1/requests/${encodeURIComponent(positionals[0] ?? '')}/evidence`);
    await writeFile(path, bytes, { mode: 0o600 });
    output.result({ file: path, sizeBytes: bytes.length }, [`${path} (${bytes.length} bytes)`]);
  },
};
