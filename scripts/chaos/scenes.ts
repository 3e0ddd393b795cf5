/** All scenes, in the order in which they are played. */
import type { Scene } from './scene.ts';
import { scene as database } from './scenes/database.ts';
import { scene as flood } from './scenes/flood.ts';
import { scene as killPoints } from './scenes/kill-points.ts';
import { scene as pace } from './scenes/pace.ts';
import { scene as platform } from './scenes/platform.ts';
import { scene as races } from './scenes/races.ts';
import { scene as repeats } from './scenes/repeats.ts';
import { scene as rooms } from './scenes/rooms.ts';
import { scene as stock } from './scenes/stock.ts';
import { scene as stories } from './scenes/stories.ts';
import { scene as stuck } from './scenes/stuck.ts';
import { scene as upgrade } from './scenes/upgrade.ts';

export const scenes: readonly Scene[] = [
  repeats,
  stories,
  rooms,
  stock,
  races,
  killPoints,
  database,
  platform,
  pace,
  flood,
  stuck,
  upgrade,
];
