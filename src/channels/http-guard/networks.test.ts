import { expect, test } from 'vitest';
import { networks } from './networks.ts';

const internet = networks([]);
const house = networks(['10.2.0.0/16', '127.0.0.0/8', 'fd00:2::/48', '0.0.0.0/0', '::/0']);

test.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s may be called', (address) => {
  expect(internet.mayCall(address)).toBe(true);
});

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  'fc00::1',
  'fe80::1',
  'fd00:ec2::254',
  'ff02::1',
  'not an address',
  '127.1',
])('%s is never called by default', (address) => {
  expect(internet.mayCall(address)).toBe(false);
});

test('a network that was declared is called, and counts as internal', () => {
  expect(house.mayCall('10.2.3.4')).toBe(true);
  expect(house.mayCall('::ffff:10.2.3.4')).toBe(true);
  expect(house.mayCall('fd00:2::7')).toBe(true);
  expect(internet.isInternal('8.8.8.8')).toBe(false);
});

test.each(['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254', 'fe80::1', '100.100.100.200'])(
  '%s is refused even where everything was declared internal: it gives away the machine’s credentials',
  (address) => {
    expect(house.mayCall(address)).toBe(false);
    expect(house.isInternal(address)).toBe(false);
  },
);

test.each(['10.0.0.0', '10.0.0.0/33', 'localhost/8', '', '::1/129'])('“%s” is no network', (cidr) => {
  expect(() => networks([cidr])).toThrowError(expect.objectContaining({ code: 'config.bad_network' }));
});
