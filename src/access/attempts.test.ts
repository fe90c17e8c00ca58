import { expect, test } from 'vitest';
import { networkOf } from './attempts.ts';

test('all addresses of one IPv6 network count as one, however they are written', () => {
  const network = networkOf('2001:db8:1:2:aaaa::1');
  for (const same of ['2001:0db8:0001:0002::', '2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::ffff']) {
    expect(networkOf(same)).toBe(network);
  }
  expect(networkOf('2001:db8:1:3::1')).not.toBe(network);
});

test('an IPv4 address is itself, also inside IPv6', () => {
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('192.0.2.2')).not.toBe(networkOf('192.0.2.1'));
});
