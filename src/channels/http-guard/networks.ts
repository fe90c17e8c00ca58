import { BlockList, isIP } from 'node:net';
import { Refusal } from '../../kernel/index.ts';

/**
 * Where Socle never calls unless it was told that this is where applications live: its own machine, private and shared
 * networks, link-local addresses (cloud metadata among them) and everything that is no ordinary address on the Internet
 * (IANA special-purpose registries, RFC 6890). Forms of IPv6 that carry an IPv4 address within are refused whole: nobody
 * serves an application there, and they are the usual way around such a list.
 */
const specialNetworks = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/9',
  'ff00::/8',
];

/** Never allowed, whatever is configured: what answers there gives away the machine's own credentials. */
const metadataAddresses = ['169.254.0.0/16', '100.100.100.200/32', 'fd00:ec2::254/128', 'fe80::/10'];

/** Which addresses may be called. `allowed`: networks of applications, as CIDR (`10.2.0.0/16`). */
export interface Networks {
  /** Whether an IP address may be called at all. */
  mayCall(address: string): boolean;
  /** Whether it is within the networks that were allowed by name: plain HTTP may be spoken there. */
  isInternal(address: string): boolean;
}

/** Refuses (422) what isn't a network in CIDR notation. */
export function networks(allowed: readonly string[]): Networks {
  const special = blockList(specialNetworks);
  const never = blockList(metadataAddresses);
  const internal = blockList(allowed);
  const isInternal = (address: string): boolean => holds(internal, address) && !holds(never, address);
  return {
    isInternal,
    mayCall: (address) =>
      isIP(address) !== 0 && !holds(never, address) && (!holds(special, address) || isInternal(address)),
  };
}

/** An IPv4 address mapped into IPv6 (`::ffff:10.0.0.1`, RFC 4291 §2.5.5.2) is the IPv4 address it carries. */
function holds(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family === 0 || list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits = ''] = cidr.trim().split('/');
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most) throw badNetwork();
    list.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

function badNetwork(): Refusal {
  return new Refusal('config.bad_network', 422, {
    fr: 'Un réseau s’écrit adresse/longueur, comme 10.2.0.0/16 ou fd00:2::/48.',
    en: 'A network is written address/length, such as 10.2.0.0/16 or fd00:2::/48.',
  });
}
