/** Rows a page. Source: internal-api 2.2. */
export const PAGE_SIZE = 50;
