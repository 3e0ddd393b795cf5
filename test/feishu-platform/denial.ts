/** An API call that the platform answers with an error code. `http` is the status it comes with. */
export class Denial extends Error {
  override name = 'Denial';
  readonly code: number;
  readonly http: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Members named in `error.field_violations`. */
  readonly fields: readonly string[];
  constructor(
    code: number,
    message: string,
    more: {
      readonly http?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly fields?: readonly string[];
    } = {},
  ) {
    super(message);
    this.code = code;
    this.http = more.http ?? 400;
    this.headers = more.headers ?? {};
    this.fields = more.fields ?? [];
  }
}

/** 99992402: a member is missing or of the wrong sort. */
export const invalidField = (field: string, why: string): Denial =>
  new Denial(99992402, `field validation failed: ${field} ${why}`, { fields: [field] });

/** 230001: a messages API did not like a parameter; the reason stands behind `ext=`. */
export const badParameter = (why: string): Denial =>
  new Denial(230001, `Your request contains an invalid request parameter, ext=${why}`);
