import { existsSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from './secret.ts';

/** Everything the surroundings tell the program. Secrets print as `[secret]`. */
export type Config = {
  /** Where the server listens; port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  /** A Postgres of the administrator's; null: we run our own under `dataDir`. */
  readonly databaseUrl: Secret | null;
  readonly dataDir: string;
  /** The office's rules. Only the default file may be missing. */
  readonly officeConfig: { readonly path: string; readonly required: boolean };
  /** null: the channel is off. */
  readonly feishu: FeishuConfig | null;
  readonly simulator: boolean;
  /** null: sentences are understood by the rules alone. */
  readonly model: ModelConfig | null;
  /** Without a slash at the end. */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
};

/** How Feishu is reached, and how it reaches us. */
export type FeishuConfig = {
  readonly appId: string;
  readonly appSecret: Secret;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** `webhook`: the platform calls our public address; `websocket`: we keep a connection to it open. */
  readonly transport: FeishuTransport;
  /** Always there with the webhook. */
  readonly encryptKey?: Secret;
  readonly verificationToken?: Secret;
  /** How the approval centre makes itself known when it calls us, and what its calls are encrypted with. */
  readonly approvalToken?: Secret;
  readonly approvalKey?: Secret;
};

const transports = ['webhook', 'websocket'] as const;

export type FeishuTransport = (typeof transports)[number];

/** A language model that is asked when the rules are unsure: any endpoint that speaks like OpenAI's chat completions. */
export type ModelConfig = {
  /** Without a slash at the end; `/chat/completions` is added. */
  readonly baseUrl: string;
  readonly apiKey: Secret;
  readonly name: string;
};

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Variables by name, as `process.env` has them. */
export type Environment = { readonly [name: string]: string | undefined };

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Reads the variables of `.env.example`. All mistakes are reported at once, one line each, never with a secret in it. */
export function readConfig(env: Environment): ConfigResult {
  const parsed = variables.safeParse(onlyFilled(env));
  const together = mistakesTogether(onlyFilled(env));
  if (parsed.success && together.length === 0) return { ok: true, config: configOf(parsed.data) };
  const single = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  return { ok: false, mistakes: [...single, ...together] };
}

/** The process's own variables and, for what they leave out, those of a file `.env` here: the one place that reads them. */
export function environment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** Blanks around a value are dropped; an empty value is the same as none. */
const onlyFilled = (env: Environment): Environment =>
  Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value),
  );

/** One line about one variable. What is there now is shown short and without control characters. */
const mistake =
  (name: string, expected: string, shown = true) =>
  (issue: { readonly input?: unknown }): string =>
    `${name}: 应为${expected}${shown ? `，现在是 “${excerpt(issue.input)}”` : ''}`;

const excerpt = (input: unknown): string => String(input).replaceAll(/\p{C}/gu, '�').slice(0, 60);

const oneOf = <const T extends readonly string[]>(name: string, choices: T) =>
  z.enum(choices, { error: mistake(name, ` ${choices.join('、')} 之一`) });

/** An address of a server, http or https, without the slash at the end. */
const webAddress = (name: string, example: string) =>
  z
    .string()
    .refine(isWebAddress, { error: mistake(name, `网址，如 ${example}`) })
    .transform((url) => url.replace(/\/+$/, ''));

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return !url.username && !url.password && !url.search && !url.hash;
}

/** The host may be missing before `?host=/folder/of/the/socket`, as libpq allows. */
const isPostgresUrl = (text: string): boolean =>
  ['postgres:', 'postgresql:'].includes(URL.parse(text.replace('@/', '@host/'))?.protocol ?? '');

/** The rules file that may be missing. */
const DEFAULT_RULES = './office.yaml';

const secret = z.string().transform((value) => new Secret(value));

/** Each variable for itself, with its default; the contract's "Environment" has the list. */
const variables = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, { error: mistake('HOST', '主机名或 IP 地址，如 127.0.0.1') })
    .default('127.0.0.1'),
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
      error: mistake('PORT', ' 0–65535 的整数'),
    })
    .transform(Number)
    .default(3000),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, {
      error: mistake('DATABASE_URL', ' postgres://用户:密码@主机:5432/库名', false),
    })
    .transform((url) => new Secret(url))
    .optional(),
  DATA_DIR: z.string().default('./data'),
  OFFICE_CONFIG: z.string().default(DEFAULT_RULES),
  FEISHU_APP_ID: z
    .string()
    .regex(/^[\w-]+$/, { error: mistake('FEISHU_APP_ID', '应用凭证页上的 App ID，如 cli_a1b2c3') })
    .optional(),
  FEISHU_APP_SECRET: secret.optional(),
  FEISHU_ENCRYPT_KEY: secret.optional(),
  FEISHU_VERIFICATION_TOKEN: secret.optional(),
  FEISHU_APPROVAL_TOKEN: secret.optional(),
  FEISHU_APPROVAL_KEY: secret.optional(),
  FEISHU_TRANSPORT: oneOf('FEISHU_TRANSPORT', transports).default('webhook'),
  FEISHU_BASE_URL: webAddress('FEISHU_BASE_URL', 'https://open.feishu.cn').default(
    'https://open.feishu.cn',
  ),
  LLM_BASE_URL: webAddress('LLM_BASE_URL', 'https://llm.example.com/v1').optional(),
  LLM_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: mistake('LLM_API_KEY', '不含空格的英文字符', false) })
    .transform((value) => new Secret(value))
    .optional(),
  LLM_MODEL: z
    .string()
    .regex(/^[\w.:/@-]{1,100}$/, { error: mistake('LLM_MODEL', '模型名，如 qwen-plus') })
    .optional(),
  SIMULATOR: oneOf('SIMULATOR', ['auto', 'on', 'off']).default('auto'),
  PUBLIC_URL: webAddress('PUBLIC_URL', 'https://office.example.com').optional(),
  LOG_LEVEL: oneOf('LOG_LEVEL', logLevels).default('info'),
});

type Variables = z.output<typeof variables>;

/** What is wrong between variables, each right by itself. */
const mistakesTogether = (env: Environment): readonly string[] => [
  ...feishuMistakes(env),
  ...approvalMistakes(env),
  ...modelMistakes(env),
];

const MODEL = ['LLM_BASE_URL', 'LLM_API_KEY', 'LLM_MODEL'] as const;

function modelMistakes(env: Environment): readonly string[] {
  const missing = MODEL.filter((name) => !env[name]);
  if (missing.length === MODEL.length) return [];
  return missing.map((name) => `${name}: 语言模型的三项应同时设置（或都留空）`);
}

function feishuMistakes(env: Environment): readonly string[] {
  const id = env['FEISHU_APP_ID'];
  const key = env['FEISHU_APP_SECRET'];
  if (id && !key) return ['FEISHU_APP_SECRET: 已设置 FEISHU_APP_ID，应同时设置它（或两个都留空）'];
  if (key && !id) return ['FEISHU_APP_ID: 已设置 FEISHU_APP_SECRET，应同时设置它（或两个都留空）'];
  if (!id) return [];
  if (env['FEISHU_TRANSPORT'] === 'websocket') return longConnectionMistakes(id);
  return ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN']
    .filter((name) => !env[name])
    .map((name) => `${name}: 接入飞书时应设置它（在开放平台“事件与回调 → 加密策略”中）`);
}

/** The approval centre calls us from outside, also beside a long connection; a key without a token would let anybody in who has it. */
function approvalMistakes(env: Environment): readonly string[] {
  if (!env['FEISHU_APPROVAL_TOKEN'])
    return env['FEISHU_APPROVAL_KEY']
      ? ['FEISHU_APPROVAL_TOKEN: 已设置 FEISHU_APPROVAL_KEY，应同时设置它（或两个都留空）']
      : [];
  return env['PUBLIC_URL']
    ? []
    : ['PUBLIC_URL: 已设置 FEISHU_APPROVAL_TOKEN，应同时设置它（审批中心按这个地址通知本程序）'];
}

/** The official SDK starts no long connection for an id of another form, and says so nowhere but in its own log. */
const longConnectionMistakes = (id: string): readonly string[] =>
  /^cli_[0-9a-fA-F]{16}$/.test(id)
    ? []
    : ['FEISHU_APP_ID: 长连接要求 cli_ 加 16 位十六进制数，请照抄应用凭证页上的 App ID'];

function configOf(set: Variables): Config {
  const feishu = feishuOf(set);
  return {
    host: set.HOST,
    port: set.PORT,
    databaseUrl: set.DATABASE_URL ?? null,
    dataDir: set.DATA_DIR,
    officeConfig: { path: set.OFFICE_CONFIG, required: set.OFFICE_CONFIG !== DEFAULT_RULES },
    feishu,
    // Beside a real platform anybody could act as anybody there: only when asked for by name
    simulator: set.SIMULATOR === 'on' || (set.SIMULATOR === 'auto' && feishu === null),
    model: modelOf(set),
    publicUrl: set.PUBLIC_URL ?? null,
    logLevel: set.LOG_LEVEL,
  };
}

/** Called only after `mistakesTogether` found nothing: with an app id everything that is needed is there too. */
function feishuOf(set: Variables): FeishuConfig | null {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_BASE_URL: baseUrl } = set;
  const { FEISHU_ENCRYPT_KEY: encryptKey, FEISHU_VERIFICATION_TOKEN: verificationToken } = set;
  const { FEISHU_APPROVAL_TOKEN: approvalToken, FEISHU_APPROVAL_KEY: approvalKey } = set;
  if (!appId || !appSecret) return null;
  return {
    appId,
    appSecret,
    baseUrl,
    transport: set.FEISHU_TRANSPORT,
    ...(encryptKey && { encryptKey }),
    ...(verificationToken && { verificationToken }),
    ...(approvalToken && { approvalToken }),
    ...(approvalKey && { approvalKey }),
  };
}

function modelOf(set: Variables): ModelConfig | null {
  const { LLM_BASE_URL: baseUrl, LLM_API_KEY: apiKey, LLM_MODEL: name } = set;
  return baseUrl && apiKey && name ? { baseUrl, apiKey, name } : null;
}
