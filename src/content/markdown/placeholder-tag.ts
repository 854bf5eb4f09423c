const WITHOUT_BRACKETS = /^span class='placeholder.*<\/span$/s;

/** The link syntax took an unfilled placeholder for a URL in angle brackets; this puts the brackets back. */
export function withPlaceholderTag(url: string): string {
  return WITHOUT_BRACKETS.test(url) ? `<${url}>` : url;
}
