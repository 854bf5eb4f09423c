import { createHash } from 'node:crypto';
import { type Html, html, trusted } from '../../console/html.ts';

const STYLE = `
* { box-sizing: border-box; }
body { margin: 0; color: #0b0c0c; background: #fff; font: 19px/1.32 Arial, Helvetica, "Liberation Sans", sans-serif; }
header { padding: 12px 0; background: #0b0c0c; color: #fff; border-bottom: 10px solid #1d70b8; }
header span { font-size: 30px; font-weight: 700; line-height: 1; }
header span, main { display: block; max-width: 960px; margin: 0 auto; padding: 0 15px; }
main { padding-top: 40px; padding-bottom: 60px; } main:focus { outline: 0; }
h1 { margin: 0 0 30px; font-size: 36px; line-height: 1.11; } h2 { margin: 0 0 15px; font-size: 24px; }
p, form, .summary { max-width: 640px; margin: 0 0 20px; overflow-wrap: anywhere; }
a { color: #1d70b8; text-underline-offset: .1em; } a:hover { color: #003078; }
a:focus { outline: 3px solid transparent; color: #0b0c0c; background: #fd0; box-shadow: 0 4px #0b0c0c; text-decoration: none; }
.skip { position: absolute; left: -9999px; padding: 10px 15px; } .skip:focus { position: static; display: block; }
.button { display: inline-block; padding: 8px 10px 7px; border: 2px solid transparent; background: #00703c; color: #fff;
  box-shadow: 0 2px #002d18; font: inherit; text-decoration: none; cursor: pointer; }
.button:hover { background: #005a30; color: #fff; }
.button:focus { border-color: #fd0; background: #fd0; color: #0b0c0c; box-shadow: 0 2px #0b0c0c; outline: 3px solid transparent; }
label { display: block; margin-bottom: 5px; font-weight: 700; }
input { width: 100%; height: 40px; margin-bottom: 30px; padding: 5px; border: 2px solid #0b0c0c; font: inherit; }
input:focus { outline: 3px solid #fd0; box-shadow: inset 0 0 0 2px; }
.wrong { padding-left: 15px; border-left: 5px solid #d4351c; } .wrong input { border-color: #d4351c; }
.problem { margin-bottom: 10px; color: #d4351c; font-weight: 700; } .summary a { color: #d4351c; font-weight: 700; }
.summary { padding: 20px; border: 5px solid #d4351c; } .summary:focus { outline: 3px solid #fd0; } .summary p { margin: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** Nothing is loaded, framed or run; the one style is known by its hash. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A whole page for recipients; `title` is its first heading. */
export function page(title: string, body: Html, isError = false): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${isError ? 'Error: ' : null}${title} – GOV.UK</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header><span>GOV.UK</span></header>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`.text;
}
