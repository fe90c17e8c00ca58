import { createHash } from 'node:crypto';
import { readArchive } from './archive.mjs';
import { base64, canonical, readCanonical, sha256 } from './canonical.mjs';
import { Fault, fault } from './fault.mjs';
import { fingerprint, isSignedBy, keyChangeOf, leafHash, openCheckpoint, parseKey, verifyInclusion } from './log.mjs';
import { demand, isEntry, isEvidence, isManifest, isProof, isReceipt } from './shape.mjs';

/**
 * Verifies an evidence file. Never throws: whatever goes wrong is the fault of the file.
 * `key`: the journal's public key from outside (`name+id+base64`, or its `SHA256:…` fingerprint); null when there is none.
 * `receipt`: the bytes of the person's receipt, or null.
 */
export function verifyEvidence(bytes, { key = null, receipt = null } = {}) {
  const state = { checked: [], key: null, isKeyConfirmed: false, orders: [], omitted: [], summary: null };
  try {
    verifyAll(bytes, key, receipt, state);
    return { isProven: true, failure: null, ...state };
  } catch (error) {
    const unreadable = { fr: 'Le fichier ne peut pas être lu.', en: 'The file can’t be read.' };
    return { isProven: false, failure: error instanceof Fault ? error.text : unreadable, ...state };
  }
}

function verifyAll(bytes, key, receipt, state) {
  const held = (fr, en) => state.checked.push({ fr, en });
  const files = readArchive(bytes);
  held('archive telle qu’écrite, sans rien de caché', 'archive as written, with nothing hidden');
  checkManifest(files);
  held('taille et empreinte de chaque fichier', 'size and digest of every file');

  const proof = read(isProof, files.get('journal.json'), 'journal.json');
  const signer = parseKey(proof.key) ?? fault('La clé du journal est illisible.', 'The journal’s key can’t be read.');
  state.key = { text: proof.key, name: signer.name, fingerprint: fingerprint(signer.publicKey) };
  const checkpoint = openCheckpoint(proof.checkpoint, signer);
  held(
    `signature du point de contrôle (${checkpoint.size} écritures, époque ${checkpoint.epoch})`,
    `signature of the checkpoint (${checkpoint.size} entries, epoch ${checkpoint.epoch})`,
  );
  const chain = checkKeys(proof, checkpoint, held);
  confirmKey(key, chain, state);
  const entries = checkEntries(proof.entries, checkpoint);
  held(
    `inclusion de ${entries.length} écritures dans le journal`,
    `inclusion of ${entries.length} entries in the journal`,
  );

  const evidence = read(isEvidence, files.get('evidence.json'), 'evidence.json');
  checkSeal(evidence, entries, files.get('manifest.json'), signer);
  held(
    'sceau : le journal contient l’empreinte de tous les fichiers',
    'seal: the journal holds the digest of all files',
  );
  checkOrders(evidence.orders, entries, state);
  held(
    `${evidence.orders.length} ordres et leurs réponses, liés au journal`,
    `${evidence.orders.length} orders and their answers, bound to the journal`,
  );
  state.omitted = omittedFrom(evidence.orders, entries);
  state.summary = {
    subject: evidence.subject,
    kind: evidence.kind,
    madeAt: evidence.madeAt,
    sealedAt: entries.at(-1).at,
  };
  if (receipt !== null) {
    checkReceipt(receipt, evidence, entries);
    held(
      'récépissé : les valeurs engagées sont celles de la personne',
      'receipt: the committed values are the person’s',
    );
  }
}

function read(check, bytes, fr, en = fr) {
  return demand(check, readCanonical(bytes, { fr, en }), { fr, en });
}

function checkManifest(files) {
  for (const name of ['manifest.json', 'evidence.json', 'journal.json', 'report.pdf']) {
    if (!files.has(name)) fault(`Il manque ${name}.`, `${name} is missing.`);
  }
  const manifest = read(isManifest, files.get('manifest.json'), 'manifest.json');
  const sealed = new Set(manifest.files.map((file) => file.name));
  for (const name of files.keys()) {
    const isExpected = sealed.has(name) || name === 'manifest.json' || name === 'journal.json';
    if (!isExpected) fault(`Le manifeste ne nomme pas ${name}.`, `The manifest does not name ${name}.`);
  }
  if (sealed.size !== manifest.files.length || sealed.size !== files.size - 2) {
    fault(
      'Le manifeste ne nomme pas les fichiers de l’archive.',
      'The manifest does not name the files of the archive.',
    );
  }
  for (const { name, sizeBytes, sha256: digest } of manifest.files) {
    const body = files.get(name);
    if (body === undefined || body.length !== sizeBytes || sha256(body) !== digest) {
      fault(`${name} n’est pas celui que le manifeste nomme.`, `${name} is not the one that the manifest names.`);
    }
  }
}

/** The keys that signed this journal, the one in force last: each named its successor in an entry that both signed. */
function checkKeys(proof, checkpoint, held) {
  const changes = checkEntries(proof.keyChanges ?? [], checkpoint).map((entry) => {
    const change = keyChangeOf(entry);
    if (change === null) {
      fault(
        `L’écriture ${entry.number} change la clé sans la signature des deux.`,
        `Entry ${entry.number} changes the key without the signature of both.`,
      );
    }
    return change;
  });
  for (const [at, { key }] of changes.entries()) {
    if (key !== (changes[at + 1]?.replaces ?? proof.key)) {
      fault('Les clés du journal ne se suivent pas.', 'The keys of the journal do not follow one another.');
    }
  }
  if (changes.length > 0) {
    held(
      `${changes.length} changement(s) de clé, chacun signé par l’ancienne et la nouvelle`,
      `${changes.length} change(s) of key, each signed by the old one and the new one`,
    );
  }
  return [...changes.map(({ replaces }) => replaces), proof.key];
}

/** Any key of the chain will do: what it signed leads to the one in force. */
function confirmKey(given, chain, state) {
  if (given === null) return;
  if (!chain.some((text) => given === text || given === fingerprint(parseKey(text).publicKey))) {
    fault(
      `Le journal est signé par une autre clé (${state.key.fingerprint}) que celle donnée.`,
      `The journal is signed by another key (${state.key.fingerprint}) than the one given.`,
    );
  }
  state.isKeyConfirmed = true;
}

function checkEntries(proofs, checkpoint) {
  let previous = 0;
  return proofs.map(({ body, proof }) => {
    const bytes = Buffer.from(body);
    const entry = read(isEntry, bytes, 'Une écriture', 'An entry');
    const name = { fr: `L’écriture ${entry.number}`, en: `Entry ${entry.number}` };
    if (entry.number <= previous) fault(`${name.fr} n’est pas à sa place.`, `${name.en} is out of place.`);
    previous = entry.number;
    if (!verifyInclusion(entry.number - 1, checkpoint.size, leafHash(bytes), proof.map(base64), checkpoint.root)) {
      fault(`${name.fr} n’est pas dans le journal signé.`, `${name.en} is not in the signed journal.`);
    }
    return entry;
  });
}

function checkSeal(evidence, entries, manifest, signer) {
  const seal = entries.at(-1);
  const isSealed =
    seal?.kind === 'evidence.sealed' &&
    seal.subject === evidence.subject &&
    seal.digests['manifest.json'] === sha256(manifest);
  if (!isSealed)
    fault('Le journal ne contient pas le sceau de ce dossier.', 'The journal does not hold the seal of this file.');
  if (evidence.origin !== signer.name)
    fault('Le dossier vient d’un autre journal.', 'The file comes from another journal.');
  const subjects = new Set([evidence.subject, ...evidence.orders.map((order) => order.id)]);
  const others = entries.slice(0, -1);
  const isSame = others.length === evidence.entries.length && others.every(({ id }, at) => id === evidence.entries[at]);
  if (!isSame || entries.some(({ subject }) => !subjects.has(subject))) {
    fault('Les écritures jointes ne sont pas celles du dossier.', 'The entries joined are not those of the file.');
  }
}

function checkOrders(orders, entries, state) {
  const vouches = (name, digest) =>
    entries.some((entry) => Object.hasOwn(entry.digests, name) && entry.digests[name] === digest);
  const ids = new Set();
  for (const order of orders) {
    if (ids.has(order.id)) fault(`L’ordre ${order.id} figure deux fois.`, `The order ${order.id} appears twice.`);
    ids.add(order.id);
    if (!vouches(order.id, order.digest)) {
      fault(`Aucune écriture ne répond de l’ordre ${order.id}.`, `No entry vouches for the order ${order.id}.`);
    }
    const answers = order.answers.map((answer) => checkAnswer(order, answer, vouches));
    const { id, action, generation, application } = order;
    state.orders.push({ id, action, generation, application: application.name, answers });
  }
}

/** Orders and answers that the entries vouch for and that the file leaves out: no fault, but a reader is told. */
function omittedFrom(orders, entries) {
  const joined = new Set(orders.flatMap((order) => [order.digest, ...order.answers.map((answer) => answer.digest)]));
  const vouched = entries.flatMap((entry) => Object.entries(entry.digests));
  return vouched.filter(([name, digest]) => name.startsWith('ord_') && !joined.has(digest)).map(([name]) => name);
}

/** Returns who can be held to the answer: `ed25519`, `hmac`, `socle`, `none` or `withheld`. */
function checkAnswer(order, answer, vouches) {
  const { name, document, digest, signature } = answer;
  const said = { name, outcome: null, heldBy: 'withheld' };
  if (!name.startsWith(`${order.id}/`) || !vouches(name, digest)) {
    fault(`Aucune écriture ne répond de la réponse ${name}.`, `No entry vouches for the answer ${name}.`);
  }
  if (document === null) {
    if (signature.scheme !== 'none') fault(`La réponse ${name} manque.`, `The answer ${name} is missing.`);
    return said;
  }
  const bytes = Buffer.from(canonical(document));
  if (sha256(bytes) !== digest) fault(`La réponse ${name} a été modifiée.`, `The answer ${name} was changed.`);
  if (document.order !== order.id || document.digest !== `sha256:${order.digest}`) {
    fault(`La réponse ${name} ne répond pas à cet ordre.`, `The answer ${name} is not to this order.`);
  }
  if (signature.scheme === 'ed25519' && !isSignedBy(base64(signature.publicKey), bytes, base64(signature.signature))) {
    fault(`La signature de la réponse ${name} est fausse.`, `The signature of the answer ${name} is false.`);
  }
  return { ...said, outcome: typeof document.outcome === 'string' ? document.outcome : null, heldBy: signature.scheme };
}

function checkReceipt(bytes, evidence, entries) {
  const receipt = read(isReceipt, bytes, 'Le récépissé', 'The receipt');
  const entry = entries.find(({ id }) => id === receipt.entry);
  if (receipt.subject !== evidence.subject || entry === undefined) {
    fault('Le récépissé n’est pas de ce dossier.', 'The receipt is not of this file.');
  }
  for (const { name, nonce, value } of receipt.openings) {
    const opened = createHash('sha256').update(Buffer.from(nonce, 'hex')).update(value).digest('hex');
    if (!Object.hasOwn(entry.commitments, name) || entry.commitments[name] !== opened) {
      fault(
        `Le récépissé n’ouvre pas l’engagement « ${name} » : cette valeur n’est pas celle de la demande.`,
        `The receipt does not open the commitment “${name}”: this value is not that of the request.`,
      );
    }
  }
}
