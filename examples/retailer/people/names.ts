import { Weighted } from './random.ts';

/**
 * Family names with the order of magnitude of their bearers in France (hundreds), most frequent first, then names with
 * the difficulties that data meets: particles, apostrophes, hyphens, diaereses, one or two letters.
 */
const familyNames = `
Martin 2350 Bernard 1260 Thomas 1120 Petit 1100 Robert 1070 Richard 1060 Durand 1020 Dubois 1000 Moreau 990 Laurent 990
Simon 940 Michel 925 Lefèvre 920 Leroy 900 Roux 880 David 875 Bertrand 860 Morel 855 Fournier 840 Girard 825 Bonnet 800
Dupont 780 Lambert 770 Fontaine 760 Rousseau 755 Vincent 740 Muller 730 Lefebvre 720 Faure 710 André 700 Mercier 695
Blanc 690 Guérin 680 Boyer 670 Garnier 660 Chevalier 655 François 640 Legrand 630 Gauthier 625 Garcia 620 Perrin 610
Robin 600 Clément 590 Morin 585 Nicolas 580 Henry 570 Roussel 565 Mathieu 560 Gautier 550 Masson 545 Marchand 540 Duval 535
Denis 530 Dumont 525 Marie 520 Lemaire 515 Noël 510 Meyer 500 Dufour 495 Meunier 490 Brun 485 Blanchard 480 Giraud 475
Joly 470 Rivière 465 Lucas 460 Brunet 455 Gaillard 450 Barbier 445 Arnaud 440 Martinez 435 Gérard 430 Roche 425 Renard 420
Schmitt 418 Roy 415 Leroux 410 Colin 405 Vidal 400 Caron 398 Picard 395 Roger 390 Fabre 388 Aubert 385 Lemoine 380 Renaud 378
Dumas 375 Lacroix 370 Olivier 368 Philippe 365 Bourgeois 360 Pierre 355 Benoît 350 Rey 348 Leclerc 345 Payet 340 Rolland 338
Leclercq 335 Guillaume 330 Lecomte 328 Lopez 325 Jean 320 Dupuy 318 Guillot 315 Hubert 310 Berger 308 Carpentier 305
Sanchez 300 Dupuis 298 Moulin 295 Louis 290 Deschamps 288 Huet 285 Vasseur 283 Perez 280 Boucher 278 Fleury 275 Royer 273
Klein 270 Jacquet 268 Adam 265 Paris 263 Poirier 260 Marty 258 Aubry 256 Guyot 254 Carré 252 Charles 250 Renault 248
Charpentier 246 Ménard 244 Maillard 242 Baron 240 Bertin 238 Bailly 236 Hervé 234 Schneider 232 Fernandez 230 Collet 226
Léger 224 Bouvier 222 Julien 220 Prévost 218 Millet 216 Perrot 214 Daniel 212 Cousin 210 Germain 208 Breton 206 Besson 204
Langlois 202 Rémy 200 Pelletier 196 Lévêque 192 Nguyen 190 Rodriguez 188 Tessier 186 Étienne 184 Barre 182 Humbert 180
Weber 178 Hamon 176 Boulanger 174 Delaunay 172 Chauvin 170 Mallet 168 Jacob 166 Bouchet 164 Monnier 162 Gilbert 160
Da_Silva 158 Ferreira 150 Maréchal 148 Antoine 146 Pereira 144 Le_Gall 142 Le_Roux 140 Traoré 120 Diallo 118 Cohen 116
Benali 96 Haddad 92 Bouaziz 88 Le_Goff 86 De_Oliveira 84 Diop 82 Coulibaly 80 Delattre 78 Rossi 76 Kaya 74 Belkacem 72
Ziane 70 Hoarau 68 Grondin 66 Nowak 64 Kowalski 62 Popescu 60 Cissé 58 N'Diaye 56 Le_Bihan 54 Saïdi 52 D'Angelo 50
Tran 48 Wang 46 Ly 40 O'Connor 34 L'Hostis 30 De_La_Fontaine 26 Le_Guen-Kerneïs 22 Dupré_La_Tour 20 Ó_Briain 12 Xu 40
`;

/** First names by decade of birth, most given first. Each rank weighs a little less than the one before. */
const firstNames = {
  female: {
    1940: 'Monique Françoise Nicole Jacqueline Denise Jeannine Michèle Yvette Danielle Annie Christiane Josette Colette',
    1950: 'Martine Brigitte Chantal Catherine Christine Patricia Sylvie Dominique Marie-Christine Évelyne Élisabeth Joëlle',
    1960: 'Sylvie Nathalie Véronique Isabelle Catherine Valérie Corinne Sandrine Florence Laurence Muriel Anne-Marie Béatrice',
    1970: 'Stéphanie Sandrine Céline Karine Virginie Delphine Christelle Séverine Sophie Carole Magali Gaëlle Fatima Hélène',
    1980: 'Aurélie Émilie Julie Élodie Laetitia Audrey Jennifer Vanessa Amandine Cindy Mélanie Anaïs Aïcha Maëlle Solène',
    1990: 'Marine Laura Camille Pauline Manon Marion Mathilde Justine Sarah Léa Chloé Clara Océane Inès Yasmine Élise',
    2000: 'Emma Léa Manon Clara Inès Camille Jade Lola Louise Zoé Lilou Maëlys Louna Aya Anaëlle Salomé',
  },
  male: {
    1940: 'Jean Michel Pierre André Jacques Claude Bernard Gérard Roger René Daniel Robert Jean-Claude Jean-Pierre Guy',
    1950: 'Alain Philippe Patrick Christian Daniel Gérard Serge Jean-Luc Didier Jean-Paul Joël Thierry Jean-Marc Yves',
    1960: 'Thierry Pascal Éric Laurent Frédéric Bruno Christophe Olivier Stéphane Hervé Franck Jérôme Mohamed Jean-François',
    1970: 'Sébastien David Nicolas Christophe Stéphane Cédric Guillaume Ludovic Fabrice Karim Grégory Mickaël Loïc Gaël',
    1980: 'Julien Mathieu Jérémy Thomas Nicolas Alexandre Romain Anthony Maxime Florian Mehdi Benoît Rémi Aurélien Yannick',
    1990: 'Kévin Thomas Alexandre Maxime Quentin Antoine Hugo Lucas Théo Valentin Clément Dylan Jordan Yanis Corentin',
    2000: 'Lucas Enzo Mathis Nathan Hugo Théo Léo Louis Raphaël Noah Ethan Timéo Adam Gabin Maël Amine Éloi',
  },
} as const;

export type Sex = keyof typeof firstNames;

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}

const familyName = ((): Weighted<string> => {
  const parts = words(familyNames);
  const pairs: [string, number][] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    pairs.push([(parts[at] ?? '').replaceAll('_', ' '), Number(parts[at + 1])]);
  }
  return new Weighted(pairs);
})();

function byDecade(lists: Readonly<Record<number, string>>): ReadonlyMap<number, Weighted<string>> {
  return new Map(
    Object.entries(lists).map(([decade, list]) => [
      Number(decade),
      new Weighted(words(list).map((name, rank) => [name, 1 / (rank + 4)] as const)),
    ]),
  );
}

const firstNameTables = { female: byDecade(firstNames.female), male: byDecade(firstNames.male) };

/** Draws family names by frequency. */
export const familyNameTable: Weighted<string> = familyName;

/** Draws first names as they were given in a person's birth decade. */
export function firstNameTable(sex: Sex, birthYear: number): Weighted<string> {
  const decade = Math.min(2000, Math.max(1940, Math.floor(birthYear / 10) * 10));
  const table = firstNameTables[sex].get(decade);
  if (table === undefined) throw new Error(`no first names for ${decade}`);
  return table;
}

/** `Évelyne Le Gall` → `EVELYNE LE GALL`: as software of the nineties stored names. */
export function inCapitals(name: string): string {
  return withoutAccents(name).toUpperCase();
}

export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('Œ', 'OE');
}
