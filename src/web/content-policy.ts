import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * What a page of ours may load and who may frame it: only what we serve, and nobody. No inline script or style. Plain
 * http is an ordinary way to run in a house, so nothing here upgrades or pins https; that is the proxy's to say.
 */
export const contentPolicy: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  originAgentCluster: false,
  crossOriginOpenerPolicy: false,
  referrerPolicy: { policy: 'same-origin' },
};
