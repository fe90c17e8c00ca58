import type { Random } from '../people/random.ts';
import type { Table } from '../table.ts';

interface Shelf {
  readonly name: string;
  readonly slug: string;
  readonly cents: readonly [low: number, high: number];
  readonly kinds: readonly string[];
}

const shelves: readonly Shelf[] = [
  {
    name: 'Luminaires',
    slug: 'luminaires',
    cents: [1_990, 24_900],
    kinds: ['Lampe à poser', 'Suspension', 'Lampadaire', 'Applique', 'Guirlande'],
  },
  {
    name: 'Art de la table',
    slug: 'art-de-la-table',
    cents: [390, 8_900],
    kinds: ['Assiette', 'Saladier', 'Service à thé', 'Verre', 'Carafe'],
  },
  {
    name: 'Linge de maison',
    slug: 'linge-de-maison',
    cents: [990, 14_900],
    kinds: ['Housse de couette', 'Plaid', 'Nappe', 'Serviette de bain', 'Coussin'],
  },
  {
    name: 'Petit mobilier',
    slug: 'petit-mobilier',
    cents: [3_990, 39_900],
    kinds: ['Table d’appoint', 'Étagère', 'Tabouret', 'Console', 'Chevet'],
  },
  {
    name: 'Senteurs',
    slug: 'senteurs',
    cents: [790, 4_990],
    kinds: ['Bougie', 'Diffuseur', 'Brume d’oreiller', 'Recharge'],
  },
  {
    name: 'Jardin',
    slug: 'jardin',
    cents: [690, 19_900],
    kinds: ['Pot', 'Photophore', 'Chilienne', 'Arrosoir', 'Nichoir'],
  },
];
const names = [
  'Ancelle',
  'Brume',
  'Calanque',
  'Dune',
  'Écorce',
  'Fougère',
  'Garrigue',
  'Hameau',
  'Iroise',
  'Lisière',
  'Marais',
  'Ondée',
];

export interface Product {
  readonly id: number;
  readonly cents: number;
  readonly canBeEngraved: boolean;
}

/** Seven categories under one root, and one product per kind and name. */
export function fillCatalogue(random: Random, category: Table, product: Table): readonly Product[] {
  const products: Product[] = [];
  category.add(1, null, 'maison', 'Maison');
  shelves.forEach((shelf, at) => {
    const shelfId = at + 2;
    category.add(shelfId, 1, shelf.slug, shelf.name);
    for (const kind of shelf.kinds) {
      for (const name of names) {
        const id = products.length + 1;
        const [low, high] = shelf.cents;
        const cents = Math.round((low + (high - low) * random.next() ** 2) / 100) * 100 - 10;
        const sku = `${shelf.slug.slice(0, 3).toUpperCase()}-${String(id).padStart(4, '0')}`;
        product.add(id, shelfId, sku, `${kind} ${name}`, cents, '20.00', random.integer(0, 400));
        products.push({
          id,
          cents,
          canBeEngraved: shelf.slug === 'art-de-la-table' || shelf.slug === 'linge-de-maison',
        });
      }
    }
  });
  return products;
}
