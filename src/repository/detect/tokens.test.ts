import { describe, expect, it } from 'vitest';
import { conceptsOf, wordsOf } from './tokens.ts';

describe('a name read as words', () => {
  it.each([
    ['T_CLI_NOM', 't cli nom'],
    ['dt_naiss', 'dt naiss'],
    ['codePostal', 'codepostal'],
    ['billingAddressID2', 'billing address id'],
    ['emailaddress', 'emailaddress'],
    ['dateofbirth', 'date of birth'],
    ['nomClient', 'nom client'],
    ['prénom', 'prenom'],
    ['adr1', 'adr'],
    ['N° de téléphone', 'n de telephone'],
  ])('%s', (name, words) => {
    const split = wordsOf(name).join(' ');
    expect([words, words.replace('codepostal', 'code postal')]).toContain(split);
  });

  it('cuts what old schemas fused, when the rest begins the name of a table', () => {
    expect(wordsOf('NOMENF', ['enfant'])).toEqual(['nom', 'enfant']);
    expect(wordsOf('TELDOM')).toEqual(['tel', 'dom']);
    expect(wordsOf('NOMENCLATURE', ['enfant'])).toEqual(['nomenclature']);
  });

  it.each(['report', 'support', 'message', 'portage', 'caption', 'nominal', 'transport'])(
    'leaves the word %s whole',
    (word) => {
      expect(wordsOf(word)).toEqual([word]);
    },
  );
});

describe('what words mean', () => {
  it.each([
    ['nom_jf', 'maiden'],
    ['tel_port', 'phone'],
    ['num_secu', 'nir'],
    ['e_mail', 'email'],
    ['cp', 'postal'],
    ['ccn', 'pan'],
    ['ip_addr', 'ip'],
    ['msisdn', 'phone'],
    ['mot_de_passe', 'password'],
    ['addresses', 'address'],
    ['countries', 'country'],
  ] as const)('%s speaks of %s', (name, concept) => {
    expect(conceptsOf(wordsOf(name))).toContain(concept);
  });

  it('takes a user agent for a browser, not for a person', () => {
    const concepts = conceptsOf(wordsOf('user_agent'));
    expect(concepts).toContain('agent');
    expect(concepts).not.toContain('user');
  });
});
