import { createHash } from 'node:crypto';
import type { Card, Fact, Input } from '../../cards/card.ts';
import { chainText } from '../../cards/chain.ts';
import { closedDraftCard, draftCard } from '../../cards/draft.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { filesNote } from './draft-files.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { circumstancesOf } from '../filing/circumstances.ts';
import { freeze } from '../filing/freeze.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import type { Asking, Gap, Prepared, RequestKind, StoredForm } from '../requests/kind.ts';
import type { Rules } from '../settings/rules.ts';
import { chainOf } from '../workflow/chain.ts';
import { chainLinks } from './chain-links.ts';
import { type Draft, isDoubted } from './drafts.ts';

/** A kind's view of a draft, with every gap there is: those it found and those its fields leave. */
export type Looked = { readonly prepared: Prepared<StoredForm>; readonly gaps: readonly Gap[] };

/** Looks at a draft as it is stored: nothing is filled in anew, so what was shown is what is submitted. */
export async function lookAt(draft: Draft, asking: Asking): Promise<Looked> {
  const kind = kindNamed(draft.kind);
  const prepared = await kind.prepare(draft.form, asking);
  const checked = kind.check(prepared.form);
  const found = prepared.gaps ?? [];
  const left = checked.ok
    ? []
    : checked.gaps.filter((gap) => !found.some((each) => each.field === gap.field));
  return { prepared, gaps: [...found, ...left] };
}

/** How a draft is shown: `editing` with all its inputs; `remark` tells why a tap did not do what was wished. */
export type DraftLook = { readonly editing?: boolean; readonly remark?: Words };

/** The card of a draft as it stands now. A closed one says what became of it. */
export async function drawDraft(draft: Draft, asking: Asking, look: DraftLook = {}): Promise<Card> {
  const kind = kindNamed(draft.kind);
  if (draft.state !== 'open') return closedDraftCard(kind.title, CLOSED[draft.state]);
  const { prepared, gaps } = await lookAt(draft, asking);
  const guessed = [...new Set([...draft.guessed, ...(prepared.guessed ?? [])])];
  const table = kind.table(prepared.form);
  const approvers = gaps.length === 0 ? await approversOf(kind, prepared, asking) : undefined;
  const changes = draft.changes_request_id
    ? await numberOf(asking.tx, draft.changes_request_id)
    : undefined;
  return draftCard({
    id: draft.id,
    version: draft.version,
    kind: kind.title,
    ...(changes ? { changes } : {}),
    facts: look.editing ? [] : marked(kind, prepared, guessed, asking),
    ...(table && !look.editing ? { table } : {}),
    pictures: [],
    gaps: gaps.map(({ field, why }) => ({ label: kind.fields[field]?.label ?? kind.title, why })),
    notes: [
      ...(prepared.notes ?? []),
      ...(isDoubted(draft) ? [MODELS_GUESS] : []),
      ...(await filesNote(draft, kind, asking)),
    ],
    mayQueue: prepared.mayQueue === true && draft.changes_request_id === null,
    offers: (prepared.offers ?? []).map(({ label, set }) => ({ label, key: offerKey(set) })),
    inputs: inputsFor(kind, prepared, gaps, look.editing === true, asking),
    editing: look.editing === true,
    heard: draft.said !== null && draft.changes_request_id === null,
    ...((look.remark ?? prepared.warning) ? { remark: look.remark ?? prepared.warning } : {}),
    ...(approvers ? { approvers } : {}),
  });
}

/** Also for what cannot be marked one by one, such as a table of items. */
const MODELS_GUESS = words(
  '这份草稿是语言模型猜的，请核对后再提交',
  'A language model guessed this; please check before you submit',
);

const CLOSED: { readonly [state in 'submitted' | 'cancelled' | 'expired']: Words } = {
  submitted: words('已提交', 'Submitted'),
  cancelled: words('这张草稿已取消', 'This draft was cancelled'),
  expired: words('草稿已过期，需要的话再说一遍', 'This draft has expired; just ask again'),
};

/** Names an offer by what it sets, so that a tap on an old card never takes another offer's place. */
export const offerKey = (set: StoredForm): string =>
  createHash('sha256').update(JSON.stringify(set)).digest('base64url').slice(0, 12);

function marked(
  kind: RequestKind,
  prepared: Prepared<StoredForm>,
  guessed: readonly string[],
  asking: Asking,
): readonly Fact[] {
  return kind
    .facts(prepared.form, asking, prepared.options)
    .map(({ field, ...fact }) =>
      field !== undefined && guessed.includes(field) ? { ...fact, mark: 'guessed' } : fact,
    );
}

/** Inputs of what is missing; all of them while editing. A gap that offers can fill is asked for as well. */
function inputsFor(
  kind: RequestKind,
  prepared: Prepared<StoredForm>,
  gaps: readonly Gap[],
  editing: boolean,
  asking: Asking,
): readonly Input[] {
  return Object.entries(kind.fields)
    .filter(([name]) => editing || gaps.some((gap) => gap.field === name))
    .flatMap(([name, field]) => {
      const parsed = field.schema.safeParse(prepared.form[name]);
      const value = parsed.success && prepared.form[name] !== undefined ? parsed.data : undefined;
      return field.inputs(name, value, prepared.options?.[name] ?? [], asking);
    });
}

/** Names of the fields whose inputs are on the card: what its answers are read for. What no card asks for keeps its value. */
export const askedFields = (
  kind: RequestKind,
  gaps: readonly Gap[],
  editing: boolean,
  at: Hearing,
): readonly string[] =>
  Object.entries(kind.fields)
    .filter(([name]) => editing || gaps.some((gap) => gap.field === name))
    .filter(([name, field]) => field.inputs(name, undefined, [], at).length > 0)
    .map(([name]) => name);

/** Who will be asked once it is submitted, as it will be done; or that nobody needs to approve. */
async function approversOf(
  kind: RequestKind,
  prepared: Prepared<StoredForm>,
  { tx, rules, person, now, changes }: Asking & { readonly rules: Rules },
): Promise<Words> {
  const org = await readOrganisation(tx, rules.roles, now.toInstant());
  const { form, askedToo } = prepared;
  const asked = { kind, form, requester: person, changes, askedToo };
  const at = await circumstancesOf(tx, asked, org, rules, now.toInstant());
  const workflow = freeze(kind, form, person, prepared, org, rules, at);
  return chainText(await chainLinks(tx, chainOf(workflow, org, now.toInstant())));
}

async function numberOf(tx: Tx, request: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('request')
    .select('number')
    .where('id', '=', request)
    .executeTakeFirst();
  return row?.number;
}
