/**
 * Which tenant we serve. Nobody configures it: the platform's answers to our own calls name it; until one did, the first
 * event that passed every other check does.
 */
export type Tenant = {
  /** An answer of the platform named it. */
  readonly learn: (tenant: string) => void;
  /** True for an event of ours. */
  readonly isOurs: (tenant: string) => boolean;
};

export function createTenant(): Tenant {
  let ours: string | undefined;
  return {
    learn: (tenant) => {
      ours = tenant;
    },
    isOurs: (tenant) => {
      ours ??= tenant;
      return tenant === ours;
    },
  };
}
