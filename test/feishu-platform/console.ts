/** The developer console: what an administrator grants and subscribes to has no effect until a version is published. */

export type Console = {
  readonly grant: (scope: string) => void;
  /** An event or a callback, by its name. */
  readonly subscribe: (name: string) => void;
  /** Creates a version and has it approved: the app works, with all that was clicked until now. */
  readonly publish: () => void;
};

/** What holds for the app now. */
export type Published = {
  readonly scopes: Set<string>;
  /** Whether the app is told of this event or callback. */
  readonly subscribed: (name: string) => boolean;
  /** The bot's `activate_status`. */
  readonly botStatus: () => number;
};

/** Of a published app: its scopes are these, it is subscribed to all there is, and its bot has this status. */
export type WhenPublished = { readonly scopes: readonly string[]; readonly botStatus: number };

const INSTALLED = 2;
const NOT_INSTALLED = 0;

/** `app`: undefined for one that was just created, which has nothing yet. */
export function createConsole(app: WhenPublished | undefined): Console & Published {
  const draft = { scopes: new Set<string>(), names: new Set<string>() };
  const scopes = new Set(app?.scopes);
  const names = new Set<string>();
  let botStatus = app?.botStatus ?? NOT_INSTALLED;
  return {
    grant: (scope) => void draft.scopes.add(scope),
    subscribe: (name) => void draft.names.add(name),
    publish() {
      for (const scope of draft.scopes) scopes.add(scope);
      for (const name of draft.names) names.add(name);
      botStatus = INSTALLED;
    },
    scopes,
    subscribed: (name) => app !== undefined || names.has(name),
    botStatus: () => botStatus,
  };
}
