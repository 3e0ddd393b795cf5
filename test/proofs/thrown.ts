/** Imported into a program before it starts: at SIGUSR2 an error goes uncaught that carries what errors of foreign code carry, in message and members. */
const { env } = process;

process.on('SIGUSR2', () =>
  setImmediate(() => {
    throw Object.assign(new Error(`call failed: Bearer ${env['FEISHU_APP_SECRET']}`), {
      config: { url: env['DATABASE_URL'], headers: { authorization: env['LLM_API_KEY'] } },
      detail: `Failing row contains (${env['PLANTED_WORDS']}).`,
      cause: new Error(`${env['FEISHU_ENCRYPT_KEY']} ${env['FEISHU_VERIFICATION_TOKEN']}`),
    });
  }),
);
