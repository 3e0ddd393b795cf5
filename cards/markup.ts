/** HTML that is safe to send. Only `html` makes it. */
export type Html = { readonly html: string };

/** What may stand in a template: text is escaped, lists are joined, null and false are nothing. */
export type Piece = string | number | Html | readonly Piece[] | null | undefined | false;

/** The HTML template: everything put in is escaped unless it is HTML already, in elements and in quoted attributes alike. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html => ({
  html: parts.map((part, i) => part + rendered(pieces[i])).join(''),
});

function rendered(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  return 'html' in piece ? piece.html : piece.map(rendered).join('');
}

const escaped = (text: string): string =>
  text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
