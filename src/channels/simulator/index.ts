import type { FastifyPluginAsync } from 'fastify';
import { type Words, words } from '../../../cards/words.ts';
import { type Channel, DeliveryFault, type Desk, type Outgoing } from '../channel.ts';
import { findPicture } from './files.ts';
import { createHub } from './hub.ts';
import { routes } from './routes.ts';
import { chatOf, type Happening, type Simulator, type SimulatorOptions } from './simulator.ts';
import { keepMessage, replaceCard } from './store.ts';

export type { SimulatorOptions } from './simulator.ts';

/** A chat platform of our own, on the page `/`: nobody needs an account. Anybody can act as anybody: for demos only. */
export type SimulatorChannel = Channel & {
  /** The page and what it calls, for the server to register. */
  routes(desk: Desk): FastifyPluginAsync;
};

/** Joins the simulator's parts. Messages are kept in the database, so a restart keeps the chats. */
export function createSimulatorChannel(options: SimulatorOptions): SimulatorChannel {
  const simulator: Simulator = { ...options, hub: createHub<Happening>() };
  const { db, clock, demo, hub } = simulator;
  return {
    name: 'simulator',
    async send(to, what, key, language) {
      if (!demo.people.some((person) => person.id === to.id))
        throw new DeliveryFault('unreachable', 'unknown-person', `no such person: ${to.id}`);
      const body =
        'card' in what ? { card: what.card, language } : { words: wordsOf(what), language };
      const sending = { key: `out:${key}`, person: to.id, body, at: clock.now() };
      const kept = await keepMessage(db, { ...sending, direction: 'out' });
      if (!kept.repeated) hub.publish({ what: 'message', message: kept.message });
      return { message: kept.message.id, chat: chatOf(to.id) };
    },
    async update(id, card, language) {
      const message = await replaceCard(db, id, card, clock.now(), language);
      if (!message) throw new DeliveryFault('gone', 'unknown-message', `no such message: ${id}`);
      hub.publish({ what: 'message', message });
    },
    directory: async () => demo,
    async fetchFile(file) {
      const picture = await findPicture(db, file.key);
      if (!picture) throw new DeliveryFault('never', 'unknown-file', `no such file: ${file.key}`);
      return picture;
    },
    routes: (desk) => routes(simulator, desk),
  };
}

/** Only pictures can be sent in the simulator, and cards show them: what is a file elsewhere is told by its name. */
const wordsOf = (what: Exclude<Outgoing, { readonly card: unknown }>): Words =>
  'text' in what ? what.text : words(`附件：${what.file.name}`, `File: ${what.file.name}`);
