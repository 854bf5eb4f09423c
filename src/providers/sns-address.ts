const AWS_SNS_HOST = /^sns\.[a-z0-9-]+\.amazonaws\.com$/;

/** Whether the address is on SNS's own host in some region, over https on its usual port. */
export function isAwsSnsUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  return protocol === 'https:' && port === '' && username === '' && password === '' && AWS_SNS_HOST.test(hostname);
}

/** Whether the address is SNS's, or at one of the extra origins. */
export function isSnsUrl(url: string, extraOrigins: readonly string[]): boolean {
  if (isAwsSnsUrl(url)) return true;
  return URL.canParse(url) && extraOrigins.some((extra) => new URL(extra).origin === new URL(url).origin);
}
