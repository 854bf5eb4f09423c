import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

/** What the internet does not route: this host, private and shared networks, link-local, test and reserved ranges. */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Of IPv6 only 2000::/3 is the internet's, and parts of it stand for something else: 6to4, Teredo, documentation. */
const SPECIAL_V6 = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

/** Two lists: in one, the IPv6 ranges would take in IPv4 addresses, which Node maps into them. */
const specialV4 = new BlockList();
const specialV6 = new BlockList();
for (const [network, bits] of SPECIAL_V4) specialV4.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of SPECIAL_V6) specialV6.addSubnet(network, bits, 'ipv6');

/** An address inside our own or somebody's private network, which no service may have us call. */
export class NotPublicAddress extends Error {
  override readonly name = 'NotPublicAddress';
  readonly code = 'not_public_address';
  readonly retryable = false;

  constructor(host: string) {
    super(`${host} is not on the public internet`);
  }
}

/** Whether an IP address is reached over the internet. Everything else, also what is no address, is not public. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address)) return !specialV6.check(address, 'ipv6');
  return isIP(address) === 4 && !specialV4.check(address, 'ipv4');
}

/** Resolves names as Node does, and fails where any of a name's addresses is not public. */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error || first === undefined) return done(error ?? new NotPublicAddress(hostname), '', 0);
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return done(new NotPublicAddress(hostname), '', 0);
    }
    if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};
