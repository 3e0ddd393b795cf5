/** One line of the channel's log: what happened, and facts without secrets or people's words. */
export type Log = (what: string, about: object) => void;
