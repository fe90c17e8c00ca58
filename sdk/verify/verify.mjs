#!/usr/bin/env node
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyEvidence } from './lib/evidence.mjs';
import { parseKey } from './lib/log.mjs';

const usage = `node verify.mjs FILE.zip [--key PUBLIC-KEY] [--receipt FILE] [--language fr|en] [--json]

Verifies an evidence file of Socle, offline.
  --key       the journal's public key (name+id+base64) or its fingerprint (SHA256:…), obtained elsewhere than
              from the file: from the organisation's site, a letter, an earlier file
  --receipt   the person's receipt: checks that the request was about them
  --language  fr or en (default: from LANG)
  --json      the result as JSON

Exits 0 only if everything holds, 1 when something doesn't, 2 on wrong usage.`;

const words = {
  holds: { fr: 'tient', en: 'holds' },
  order: { fr: 'ordre', en: 'order' },
  noAnswer: { fr: 'aucune réponse', en: 'no answer' },
  ed25519: { fr: 'signée par l’application', en: 'signed by the application' },
  hmac: {
    fr: 'authentifiée par un secret partagé : ne prouve rien à un tiers',
    en: 'authenticated by a shared secret: proves nothing to a third party',
  },
  socle: { fr: 'constat de Socle lui-même', en: 'Socle’s own account' },
  none: { fr: 'non signée : ne prouve rien à un tiers', en: 'not signed: proves nothing to a third party' },
  withheld: { fr: 'contenu non joint, empreinte seule', en: 'content not joined, digest only' },
  omitted: {
    fr: 'le journal répond aussi de documents qui ne sont pas joints :',
    en: 'the journal also vouches for documents that are not joined:',
  },
  key: { fr: 'Clé du journal', en: 'Key of the journal' },
  confirmed: { fr: 'confirmée par --key', en: 'confirmed by --key' },
  unconfirmed: {
    fr: 'NON CONFIRMÉE : comparez cette empreinte avec celle que l’organisme publie, ou donnez --key',
    en: 'UNCONFIRMED: compare this fingerprint with the one that the organisation publishes, or give --key',
  },
  proven: { fr: 'PROUVÉ : tout tient.', en: 'PROVEN: everything holds.' },
  provenIfKey: {
    fr: 'Tout tient, à condition que la clé soit bien celle de l’organisme.',
    en: 'Everything holds, provided that the key is the organisation’s.',
  },
  refused: { fr: 'NON PROUVÉ :', en: 'NOT PROVEN:' },
};

function wrongUsage(message) {
  process.stderr.write(`${message}\n\n${usage}\n`);
  process.exit(2);
}

function readArguments() {
  const options = {
    key: { type: 'string' },
    receipt: { type: 'string' },
    language: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  };
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return wrongUsage(error.message);
  }
}

function readInput(path) {
  try {
    if (statSync(path).size > 1024 * 1024 * 1024) return wrongUsage(`${path} is too large`);
    return readFileSync(path);
  } catch (error) {
    return wrongUsage(`${path} can't be read (${error.code})`);
  }
}

/** Texts of the file are printed without control or invisible characters: a terminal obeys them. */
function plain(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '\u25a1');
}

function print(result, language) {
  const lines = result.checked.map((text) => `  ${words.holds[language]}  ${plain(text[language])}`);
  for (const order of result.orders) {
    lines.push(
      `  ${words.order[language]} ${plain(`${order.id} · ${order.application} · ${order.action}/${order.generation}`)}`,
    );
    if (order.answers.length === 0) lines.push(`    ${words.noAnswer[language]}`);
    for (const { name, outcome, heldBy } of order.answers) {
      lines.push(plain(`    ${name.slice(order.id.length + 1)} ${outcome ?? ''} (${words[heldBy][language]})`));
    }
  }
  if (result.omitted.length > 0) lines.push(plain(`  ${words.omitted[language]} ${result.omitted.join(', ')}`));
  if (result.key !== null) {
    const state = result.isKeyConfirmed ? words.confirmed[language] : words.unconfirmed[language];
    lines.push(`${words.key[language]} ${plain(result.key.name)} ${result.key.fingerprint}`, `  ${state}`);
  }
  if (!result.isProven) lines.push(`${words.refused[language]} ${plain(result.failure[language])}`);
  else lines.push(result.isKeyConfirmed ? words.proven[language] : words.provenIfKey[language]);
  process.stdout.write(`${lines.join('\n')}\n`);
}

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const language = values.language ?? (/^fr/i.test(process.env.LC_ALL ?? process.env.LANG ?? '') ? 'fr' : 'en');
if (language !== 'fr' && language !== 'en') wrongUsage('--language is fr or en');
if (positionals.length !== 1) wrongUsage('one file is expected');
const key = values.key?.trim() ?? null;
if (key !== null && parseKey(key) === null && !/^SHA256:[A-Za-z0-9+/]{43}$/.test(key)) {
  wrongUsage('--key is neither a public key (name+id+base64) nor a fingerprint (SHA256:…)');
}
const receipt = values.receipt === undefined ? null : readInput(values.receipt);
const result = verifyEvidence(readInput(positionals[0]), { key, receipt });
if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else print(result, language);
process.exitCode = result.isProven ? 0 : 1;
