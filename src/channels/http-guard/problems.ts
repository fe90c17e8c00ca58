import { Refusal, type Text } from '../../kernel/index.ts';

/* What goes wrong when an address is called, in words that say what to do. Hosts are named; addresses and paths are not. */

export function wrongAddress(): Refusal {
  return new Refusal('http.wrong_address', 422, {
    fr: 'L’adresse à appeler s’écrit https://hôte/chemin, sans compte ni mot de passe.',
    en: 'The address to call is written https://host/path, without account or password.',
  });
}

export function forbiddenAddress(): Refusal {
  return new Refusal('http.forbidden_address', 422, {
    fr: 'Cette adresse mène à un réseau interne ou réservé, que Socle n’appelle pas. Si une application s’y trouve, déclarez ce réseau dans SOCLE_INTERNAL_NETWORKS.',
    en: 'This address leads to an internal or reserved network, which Socle does not call. If an application lives there, declare that network in SOCLE_INTERNAL_NETWORKS.',
  });
}

export function notHttps(): Refusal {
  return new Refusal('http.not_https', 422, {
    fr: 'Hors des réseaux internes déclarés, Socle n’appelle qu’en https : un ordre nomme des personnes.',
    en: 'Outside of the declared internal networks Socle only calls by https: an order names persons.',
  });
}

export function unknownHost(host: string): Refusal {
  return new Refusal('http.unknown_host', 503, {
    fr: `Le nom ${host} est inconnu du réseau. Vérifiez l’adresse, ou le serveur de noms.`,
    en: `The name ${host} is unknown to the network. Check the address, or the name server.`,
  });
}

export function unreachableHost(host: string, code: string): Refusal {
  const isTimeout = code === 'TimeoutError' || code === 'ABORT_ERR' || code === 'ETIMEDOUT';
  if (isTimeout) {
    return new Refusal('http.timeout', 503, {
      fr: `${host} n’a pas répondu à temps. L’application doit répondre 2xx dès qu’elle a l’ordre, et l’exécuter ensuite.`,
      en: `${host} did not answer in time. The application must answer 2xx as soon as it has the order, and execute it afterwards.`,
    });
  }
  return new Refusal('http.unreachable', 503, {
    fr: `${host} ne répond pas (${code}). Vérifiez que l’application est démarrée et joignable d’ici.`,
    en: `${host} does not answer (${code}). Check that the application runs and can be reached from here.`,
  });
}

const certificateReasons: Readonly<Record<string, Text>> = {
  CERT_HAS_EXPIRED: { fr: 'il a expiré', en: 'it has expired' },
  CERT_NOT_YET_VALID: { fr: 'il n’est pas encore valable', en: 'it is not valid yet' },
  ERR_TLS_CERT_ALTNAME_INVALID: { fr: 'il est au nom d’un autre hôte', en: 'it is for another host' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { fr: 'il est auto-signé', en: 'it is self-signed' },
};

export function certificateProblem(host: string, code: string): Refusal {
  const why = certificateReasons[code] ?? {
    fr: 'son autorité est inconnue d’ici',
    en: 'its authority is not known here',
  };
  return new Refusal('http.certificate', 502, {
    fr: `Le certificat de ${host} est refusé : ${why.fr} (${code}). Rien n’a été envoyé. Une autorité interne se déclare par NODE_EXTRA_CA_CERTS.`,
    en: `The certificate of ${host} is refused: ${why.en} (${code}). Nothing was sent. An internal authority is declared with NODE_EXTRA_CA_CERTS.`,
  });
}
