import { randomInt } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';

/** The programme's own database: members in capitals, joined to their visits by the card's number, with no key declared. */
export function openMembers(file) {
  const database = new DatabaseSync(file);
  const statements = new Map();
  const run = (sql, ...values) => Number(prepared(sql).run(...values).changes);
  const all = (sql, ...values) => prepared(sql).all(...values);

  function prepared(sql) {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  }

  function eraseOne(number) {
    const [{ NO_CARTE: card, EMAIL: email }] = all('select NO_CARTE, EMAIL from ADHERENT where NO_ADH = ?', number);
    // Visits stay, for the store's accounts, under a number that is nobody's.
    const nobody = `00${String(randomInt(10 ** 11)).padStart(11, '0')}`;
    run('update PASSAGE_CAISSE set NO_CARTE = ? where NO_CARTE = ?', nobody, card);
    const [member, oldCards, children, coupons, mails] = [
      run(blankMember, nobody, number),
      run('delete from ANC_CARTE where NO_ADH = ?', number),
      run('delete from ENFANT where NO_ADH = ?', number),
      run('update COUPON set MAIL_ENVOI = null where NO_ADH = ? and MAIL_ENVOI is not null', number),
      email === null ? 0 : run(mailsOfNobodyElse, email),
    ];
    return { identity: member + oldCards + children, contact: member + coupons + mails, location: member };
  }

  return {
    /** Numbers of the members who bear one of these cards, today or before. */
    withCard(cards) {
      return [...new Set(cards.flatMap((card) => all(byCard, card, card)).map((row) => row.NO_ADH))];
    },
    /** Numbers of the members behind one of these addresses, however the till typed them. */
    withEmail(emails) {
      return [...new Set(emails.flatMap((email) => all(byEmail, email)).map((row) => row.NO_ADH))];
    },
    /** How many rows changed, by category of data. */
    erase(number) {
      database.exec('begin immediate');
      try {
        const counts = eraseOne(number);
        database.exec('commit');
        // A page that is split or joined keeps bytes of what moved, whatever secure_delete says: the file is written anew.
        database.exec('vacuum');
        return counts;
      } catch (error) {
        if (database.isTransaction) database.exec('rollback');
        throw error;
      }
    },
    /** Whom it can write to, and since when. */
    all() {
      return all('select NO_CARTE as card, EMAIL as email, DT_CREA as since from ADHERENT where EMAIL is not null');
    },
    add({ card, email, since }) {
      run(
        `insert or ignore into ADHERENT (NO_CARTE, NOM, PRENOM, EMAIL, ENSEIGNE, DT_CREA) values (?, 'ESSAI', 'ESSAI', ?, 'MM', ?)`,
        card ?? `00${String(randomInt(10 ** 11)).padStart(11, '0')}`,
        email ?? null,
        since,
      );
    },
    close() {
      database.close();
    },
  };
}

const byCard = `select NO_ADH from ADHERENT where NO_CARTE = ?
  union select NO_ADH from ANC_CARTE where NO_CARTE_ANC = ?`;
const byEmail = 'select NO_ADH from ADHERENT where lower(EMAIL) = lower(?)';
const blankMember = `update ADHERENT set NO_CARTE = ?, CIV = null, NOM = '', NOM_JF = null, PRENOM = '', DT_NAISS = null, ADR1 = null,
    ADR2 = null, CP = null, VILLE = null, TEL_FIXE = null, TEL_PORT = null, EMAIL = null, OPT_EMAIL = 'N', OPT_SMS = 'N',
    COMMENTAIRE = null where NO_ADH = ?`;
// A household's address stays for whoever else bears it.
const mailsOfNobodyElse = `delete from ENVOI_MAIL where lower(MAIL) = lower(?)
    and not exists (select 1 from ADHERENT where lower(EMAIL) = lower(ENVOI_MAIL.MAIL))`;
