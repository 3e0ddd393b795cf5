import type { Route } from '../gateway.ts';
import { textAt } from '../json.ts';
import type { Tokens } from '../tokens.ts';

type App = { readonly appId: string; readonly appSecret: string };

/** The token endpoint: errors come with HTTP 200, and the token at the top level. */
export function tokenRoutes(app: App, tokens: Tokens): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/open-apis/auth/v3/tenant_access_token/internal',
      open: true,
      answer({ body }) {
        const id = textAt(body, 'app_id');
        const secret = textAt(body, 'app_secret');
        if (!id || !secret) return { json: { code: 10003, msg: 'invalid param' } };
        if (id !== app.appId) return { json: { code: 10014, msg: 'app id not exists' } };
        if (secret !== app.appSecret) return { json: { code: 10015, msg: 'app secret invalid' } };
        const { token, expire } = tokens.issue();
        return { json: { code: 0, msg: 'ok', tenant_access_token: token, expire } };
      },
    },
  ];
}
