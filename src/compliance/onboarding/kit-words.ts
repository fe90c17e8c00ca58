import type { Text } from '../../kernel/index.ts';
import { linkDays } from '../task/link.ts';
import { mostProofs } from '../task/proof.ts';

/** What is handed to the people of an application, in their words. */
export const words = {
  forColleague: { fr: 'À envoyer à vos collègues', en: 'To send to your colleagues' },
  colleagueLead: {
    fr: 'Prévenez-les avant le premier ordre : un lien inattendu ressemble à un hameçonnage. Puis essayez, et demandez si le message est arrivé.',
    en: 'Tell them before the first order: a link that nobody expects looks like phishing. Then try, and ask whether the message arrived.',
  },
  forTeam: { fr: 'À envoyer à l’équipe informatique', en: 'To send to the IT team' },
  teamLead: {
    fr: 'Avec le secret de signature, remis à part. Les fichiers d’exemple sont écrits comme les vrais, au sujet d’une personne inventée.',
    en: 'With the signing secret, handed over apart. The sample files are written as the real ones are, about a made-up person.',
  },
  tryIt: { fr: 'Essayer la connexion', en: 'Try the connection' },
  letter: { fr: 'Message à copier', en: 'Message to copy' },
  ourFolder: { fr: 'le dossier convenu', en: 'the agreed folder' },
  order: (name: string): Text => ({ fr: `Un ordre : ${name}`, en: `An order: ${name}` }),
  answer: (name: string): Text => ({ fr: `Sa réponse : ${name}`, en: `Its answer: ${name}` }),
  colleague: (name: string): Text => ({
    fr: `Bonjour,

Vous savez retrouver et effacer une personne dans ${name}. Quand quelqu’un demande l’effacement de ses données, vous recevrez un message intitulé « Données à effacer dans ${name} ».

1. Ouvrez le lien du message. Il est à vous : ne le transférez pas. Il s’ouvre pendant ${linkDays} jours, puis vous en propose un nouveau. Vous n’avez besoin d’aucun compte.
2. La page dit qui chercher et ce qui est à effacer. Faites-le dans ${name}.
3. Répondez sur la page : fait, en partie, refusé (avec le motif), ou introuvable. Ne répondez « fait » que si c’est fait : votre réponse est gardée comme preuve.
4. Vous pouvez joindre jusqu’à ${mostProofs} captures (PDF, PNG ou JPEG, 2 Mo chacune). N’écrivez ni nom ni adresse dans le commentaire : il reste, la personne non.

En cas de doute entre deux personnes, n’effacez pas : répondez « refusé », motif « identité ambiguë ».
Un rappel vous parvient à mi-délai et la veille. Sans réponse, le responsable de l’application puis le délégué à la protection des données sont prévenus.

Un message d’essai va vous parvenir ; dites-moi s’il arrive, et regardez dans les indésirables.`,
    en: `Hello,

You know how to find and erase a person in ${name}. When somebody asks for their data to be erased, you will get a message called “Data to erase in ${name}”.

1. Open the link in the message. It is yours: do not forward it. It opens for ${linkDays} days, then offers you a new one. You need no account.
2. The page says whom to look for and what to erase. Do it in ${name}.
3. Answer on the page: done, partly, refused (with the reason), or not found. Only answer “done” when it is: your answer is kept as proof.
4. You may attach up to ${mostProofs} captures (PDF, PNG or JPEG, 2 MB each). Write no name or address in the comment: it stays, the person doesn’t.

In doubt between two persons, do not erase: answer “refused”, reason “ambiguous identity”.
You are reminded halfway and the day before. Without an answer, the application’s owner and then the data protection officer are told.

A test message is about to reach you; tell me whether it arrives, and look in the unwanted mail.`,
  }),
  team: (name: string, folder: string, format: 'ndjson' | 'csv'): Text => ({
    fr: `Bonjour,

${name} recevra ses ordres d’effacement par fichiers, dans ${folder}.

Dans orders/, Socle dépose ord_….${format}, et à côté ord_….${format}.sig.
– Vérifiez la signature avant tout : « v1, » suivi du HMAC-SHA-256 des octets du fichier, en base64, sous le secret remis à part (ce qui suit « whsec_ », décodé de la base64). Une ligne du .sig qui convient suffit ; sinon, n’exécutez rien.
– N’exécutez une clé (« key ») qu’une fois : à un ordre répété, redonnez la même réponse.
– Socle supprime le fichier une fois la réponse lue. Il nomme des personnes : supprimez aussi vos copies.

Dans answers/, déposez vos réponses en .${format} : une ligne par ordre, ou par personne avec « ref » (exemple ci-dessous).
– Écrivez sous un autre nom (.part), puis renommez.
– « digest » ${format === 'csv' ? 'est recopié de l’ordre' : 'est « sha256: » et le SHA-256 de la ligne de l’ordre, sans sa fin de ligne'}.
– outcome : executed, partly, refused, not_found ou failed. Dites not_found quand rien n’a été trouvé, jamais executed.
– refused et partly demandent « reason » : legal_duty, claim, hold, identity_ambiguous, not_our_data, technical ou other ; et « until » (AAAA-MM-JJ) si une date de fin est connue.
– Ce qui n’est pas pris est expliqué dans NOM.rejected, ligne par ligne.

Un fichier d’essai, socle-test.json, va être déposé dans orders/ avec sa signature : il ne nomme personne. Vérifiez-le, supprimez-le, et dites-moi que c’est fait.`,
    en: `Hello,

${name} will get its orders of erasure as files, in ${folder}.

In orders/, Socle leaves ord_….${format}, and ord_….${format}.sig beside.
– Verify the signature before anything else: “v1,” followed by the HMAC-SHA-256 of the bytes of the file, in base64, under the secret handed over apart (what follows “whsec_”, decoded from base64). One line of the .sig that agrees is enough; otherwise carry nothing out.
– Carry a key (“key”) out once only: give a repeated order the same answer again.
– Socle deletes the file once the answer is read. It names persons: delete your copies too.

In answers/, leave your answers as .${format}: a line an order, or a person with “ref” (sample below).
– Write under another name (.part), then rename.
– “digest” is ${format === 'csv' ? 'copied from the order' : '“sha256:” and the SHA-256 of the order’s line, without its line end'}.
– outcome: executed, partly, refused, not_found or failed. Say not_found when nothing was found, never executed.
– refused and partly need “reason”: legal_duty, claim, hold, identity_ambiguous, not_our_data, technical or other; and “until” (YYYY-MM-DD) if an end is known.
– What is not taken is explained in NAME.rejected, line by line.

A test file, socle-test.json, is about to be left in orders/ with its signature: it names nobody. Verify it, delete it, and tell me that it is done.`,
  }),
} as const;
