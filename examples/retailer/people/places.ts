import { type Random, Weighted } from './random.ts';

/** A real commune: its name, one of its postcodes, its department, its rough number of inhabitants (thousands). */
export interface Commune {
  readonly name: string;
  readonly postcode: string;
  /** INSEE code of the department. */
  readonly department: string;
}

/** Real communes: name, one of their postcodes, weight. */
const communes = `
Paris 75011 145; Paris 75015 230; Paris 75018 190; Paris 75020 190; Marseille 13008 80; Marseille 13013 90;
Lyon 69003 100; Lyon 69007 85; Toulouse 31000 250; Toulouse 31400 120; Nice 06000 200; Nantes 44000 220;
Montpellier 34000 200; Strasbourg 67000 200; Bordeaux 33000 180; Lille 59000 160; Rennes 35000 160; Reims 51100 180;
Toulon 83000 130; Saint-Étienne 42000 110; Le Havre 76600 90; Grenoble 38000 110; Dijon 21000 155; Angers 49000 120;
Nîmes 30000 120; Clermont-Ferrand 63000 110; Le Mans 72000 110; Brest 29200 140; Tours 37000 90; Amiens 80000 110;
Limoges 87000 100; Annecy 74000 90; Perpignan 66000 110; Metz 57000 90; Besançon 25000 110; Orléans 45000 70;
Rouen 76000 70; Mulhouse 68100 80; Caen 14000 100; Nancy 54000 100; Saint-Denis 93200 90; Saint-Denis 97400 90;
Argenteuil 95100 70; Montreuil 93100 100; Roubaix 59100 90; Tourcoing 59200 90; Dunkerque 59140 50; Avignon 84000 70;
Poitiers 86000 80; Versailles 78000 80; Courbevoie 92400 80; Créteil 94000 80; Pau 64000 70; La Rochelle 17000 70;
Calais 62100 60; Cannes 06400 60; Colmar 68000 60; Bourges 18000 60; Quimper 29000 60; Valence 26000 60;
Troyes 10000 55; Chambéry 73000 55; Niort 79000 55; Lorient 56100 50; Saint-Nazaire 44600 60; Beauvais 60000 50;
Cholet 49300 50; Vannes 56000 50; Fréjus 83600 50; Arles 13200 45; Laval 53000 45; Évreux 27000 45; Belfort 90000 45;
Albi 81000 45; Brive-la-Gaillarde 19100 45; Carcassonne 11000 45; Châteauroux 36000 40; Tarbes 65000 40;
Boulogne-sur-Mer 62200 40; Ajaccio 20000 60; Mont-de-Marsan 40000 30; Auxerre 89000 33; Saint-Brieuc 22000 43;
Périgueux 24000 30; Mâcon 71000 33; Aurillac 15000 25; Épinal 88000 32; Agen 47000 33; Fougères 35300 20;
Guérande 44350 16; Sélestat 67600 19; Obernai 67210 11; Sarlat-la-Canéda 24200 9; Honfleur 14600 7; Briançon 05100 11;
Mende 48000 12; Le Puy-en-Velay 43000 18; L'Isle-sur-la-Sorgue 84800 20; Saint-Jean-de-Luz 64500 14;
Villefranche-de-Rouergue 12200 12; Bar-le-Duc 55000 15; Saint-Lô 50000 19; Guéret 23000 12; Digne-les-Bains 04000 16;
Privas 07000 8; Foix 09000 10; Auch 32000 22; Cahors 46000 20; Moulins 03000 20; Vesoul 70000 15;
Lons-le-Saunier 39000 17; Chaumont 52000 22; Nevers 58000 33; Alençon 61000 26; La Roche-sur-Yon 85000 55;
Bastia 20200 48; Saint-Pierre 97410 85; Fort-de-France 97200 75;
`;

function departmentOf(postcode: string): string {
  if (postcode.startsWith('97')) return postcode.slice(0, 3);
  // Corsica's postcodes begin with 20, its departments are 2A (Ajaccio) and 2B (Bastia).
  if (postcode.startsWith('20')) return postcode < '20200' ? '2A' : '2B';
  return postcode.slice(0, 2);
}

const communeTable = new Weighted(
  communes
    .split(';')
    .map((entry) => /^(.+) (\d{5}) (\d+)$/.exec(entry.trim()))
    .filter((match) => match !== null)
    .map(([, name = '', postcode = '', weight = '0']): readonly [Commune, number] => [
      { name, postcode, department: departmentOf(postcode) },
      Number(weight),
    ]),
);

/** Kinds of way, their weight, and the names they bear, as French plates write them. */
const ways = `
rue 60: de la République, Victor-Hugo, du Moulin, des Écoles, Pasteur, de l'Église, Jean-Jaurès, du Château, des Lilas, Anatole-France, de la Gare, Émile-Zola, du 8-Mai-1945, des Tilleuls, Louise-Michel, de Verdun, Saint-Michel, des Acacias, de l'Abbé-Grégoire, Marie-Curie
avenue 12: du Général-de-Gaulle, Jean-Jaurès, de la Libération, Foch, Gambetta, des Pyrénées, de l'Europe, Simone-Veil
boulevard 7: Voltaire, de la Liberté, Carnot, des Alliés, Jean-Moulin, Gambetta
chemin 7: des Vignes, de la Fontaine, du Bas, des Peupliers, Vert, de Ronde
allée 6: des Cerisiers, des Mésanges, du Parc, Olympe-de-Gouges, des Érables
impasse 5: des Rosiers, du Lavoir, Bel-Air, des Hirondelles
place 4: de la Mairie, du Marché, Saint-Pierre, de l'Hôtel-de-Ville
route 4: de Paris, de la Forêt, Nationale, de Saint-Martin
quai 2: de la Loire, des Chartrons, Sainte-Catherine
cours 2: Lafayette, Mirabeau, de Vincennes
square 1: des Poètes, Maurice-Ravel
passage 1: du Génie, de la Main-d'Or
`;
const wayTable = new Weighted(
  ways
    .split('\n')
    .map((line) => /^(\S+) (\d+): (.+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, kind = '', weight = '0', names = '']): readonly [{ kind: string; names: readonly string[] }, number] => [
      { kind, names: names.split(', ') },
      Number(weight),
    ]),
);
const complements = [
  'Bâtiment B',
  'Résidence Les Tilleuls',
  'Appartement 12',
  '3e étage',
  'Résidence du Parc, esc. C',
  'Chez M. Legrand',
  'Appt 204',
  'Bât. A, porte gauche',
];
const hamlets = ['Kerguen', 'La Croix-Blanche', 'Les Basses Terres', 'Le Moulin Neuf', 'Beauregard'];

export interface PostalAddress {
  /** Number, kind and name of the way; or a hamlet. */
  readonly line1: string;
  readonly line2: string | null;
  readonly postcode: string;
  readonly city: string;
  readonly department: string;
}

export function anyAddress(random: Random): PostalAddress {
  const commune = communeTable.draw(random);
  const place = { postcode: commune.postcode, city: commune.name, department: commune.department };
  if (random.chance(0.03)) return { line1: `Lieu-dit ${random.pick(hamlets)}`, line2: null, ...place };
  const { kind, names } = wayTable.draw(random);
  const suffix = random.chance(0.06) ? (random.chance(0.7) ? ' bis' : ' ter') : '';
  const line1 = `${random.integer(1, random.chance(0.2) ? 210 : 60)}${suffix} ${kind} ${random.pick(names)}`;
  return { line1, line2: random.chance(0.22) ? random.pick(complements) : null, ...place };
}

/** Two digits of the fixed number by region, from the ranges that the plan reserves for works of fiction. */
export function fictionLandline(random: Random, department: string): string {
  const zone = fictionZones.find(([departments]) => departments.includes(department))?.[1] ?? '046571';
  return `${zone}${random.digits(4)}`;
}

/** Mobile numbers reserved for works of fiction (décision ARCEP 2018-0881): 06 39 98 00 00 to 99 99. */
export function fictionMobile(random: Random): string {
  return `063998${random.digits(4)}`;
}

const fictionZones: readonly (readonly [departments: readonly string[], prefix: string])[] = [
  [['75', '77', '78', '91', '92', '93', '94', '95'], '019900'],
  [
    [
      '14',
      '18',
      '22',
      '27',
      '28',
      '29',
      '35',
      '36',
      '37',
      '41',
      '44',
      '45',
      '49',
      '50',
      '53',
      '56',
      '61',
      '72',
      '76',
      '85',
    ],
    '026191',
  ],
  [
    [
      '02',
      '08',
      '10',
      '21',
      '25',
      '39',
      '51',
      '52',
      '54',
      '55',
      '57',
      '58',
      '59',
      '60',
      '62',
      '67',
      '68',
      '70',
      '71',
      '80',
      '88',
      '89',
      '90',
    ],
    '035301',
  ],
  [
    [
      '09',
      '12',
      '16',
      '17',
      '19',
      '23',
      '24',
      '31',
      '32',
      '33',
      '40',
      '46',
      '47',
      '64',
      '65',
      '79',
      '81',
      '82',
      '86',
      '87',
    ],
    '053649',
  ],
];
