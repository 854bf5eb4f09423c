/**
 * Turns the parts of a document into output. Every `content` is output already; a `url` is as typed.
 * What has no method (images, tables, footnote references) leaves nothing; code and HTML are copied.
 */
export type Renderer = {
  paragraph(content: string): string;
  /** `level` is 1 to 6. */
  heading(content: string, level: number): string;
  rule(): string;
  inset(content: string): string;
  list(items: readonly string[], isNumbered: boolean): string;
  /** Also stands for blank lines that are a node of their own. */
  lineBreak(): string;
  link(url: string, content: string, title: string | null): string;
  /** A bare URL. */
  bareUrl(url: string): string;
  /** `<…>` around a URL or address. */
  angleLink(target: string): string;
};
