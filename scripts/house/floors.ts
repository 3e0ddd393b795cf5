/**
 * Who may import whom. A file imports from its own room or from a lower floor; rooms on one floor do not know each other.
 * So a line of code can be read without what is built upon it, and a request kind can be deleted by deleting its folder.
 *
 * - room: a folder whose files may know each other, or a few files that belong together.
 * - floor: rooms that lie on the same height. `*` stands for any one folder there, each a room of its own.
 */
import { fileOf, type Finding, importsIn, type Tree } from './tree.ts';

/** One or more paths that are one room. A path without `.ts` is a folder with all below it. */
type Room = readonly string[];

/** From the ground up. A new folder under src/ has to be put on a floor here. */
const FLOORS: readonly (readonly Room[])[] = [
  // What is known before anything runs: a secret that does not print, the error that refuses a start.
  [['src/secret.ts'], ['src/start-refusal.ts'], ['src/stop.ts']],
  [
    ['src/config.ts'],
    ['src/compile-cache.ts'],
    ['src/reduced.ts'],
    ['src/watchdog.ts', 'src/watchdog-thread.ts'],
  ],
  [['src/time']],
  [['cards']],
  // Understanding a sentence knows nothing but language; the port to chat platforms speaks in cards.
  [['src/language'], ['src/channels/channel.ts', 'src/channels/event.ts']],
  // Above the port: the demo company is written as a platform's directory would tell it.
  [['db']],
  [['src/settings'], ['src/audit'], ['src/imports'], ['src/exports'], ['src/model']],
  // A backup tells the head of the record, and is written like any file that is taken away.
  [['src/backup']],
  // Changes of the directory are recorded.
  [['src/directory']],
  // Delivery looks up where a person is reached.
  [['src/delivery'], ['src/tasks']],
  // What is taken back keeps back the messages it owed.
  [['src/undo']],
  // What fails at the platform is tried again as messages are.
  [['src/counterparts']],
  // Routing asks the directory who leads whom.
  [['src/workflow']],
  // The contract of a kind, with that of its fields and with spoken times; above it the fields there are.
  [
    [
      'src/requests/kind.ts',
      'src/requests/fields.ts',
      'src/requests/spoken-money.ts',
      'src/requests/spoken-times.ts',
    ],
  ],
  [['src/requests/fields']],
  // A kind never knows another kind.
  [['src/requests/*']],
  [['src/requests/index.ts']],
  [['src/filing']],
  // What the office keeps in time: answers, meetings and their minutes, recurring work, reports. None knows another.
  [
    ['src/responses'],
    ['src/meetings'],
    ['src/minutes'],
    ['src/repairs'],
    ['src/rounds'],
    ['src/supplies'],
    ['src/reports'],
    ['src/trips'],
  ],
  // What is held of people, how long, and how it goes: it knows the kinds' forms and nobody's dealings.
  [['src/privacy']],
  [['src/conversation']],
  // The scheduler closes forgotten drafts, so it lies above conversation. A channel never knows another channel.
  [['src/scheduler'], ['src/channels/*']],
  // The demo office moves the simulator's clock.
  [['src/simulation']],
  [['src/web'], ['src/cli']],
  [['src/app.ts']],
  [['src/serving.ts']],
  [['src/program.ts']],
  [['src/main.ts']],
];

/** Where a file lies: its floor from the ground, and its room. */
type Place = { readonly floor: number; readonly room: string };

/** Every import that goes up, or across to another room of the same floor; every file that has no floor. */
export const floorFindings = (tree: Tree): readonly Finding[] =>
  tree.sources.flatMap((file) => findingsOf(tree, file));

function findingsOf(tree: Tree, file: string): readonly Finding[] {
  const here = placeOf(file);
  if (!here) return [`${file}: lies on no floor; put its folder into scripts/house/floors.ts`];
  return importsIn(tree.text(file) ?? '').flatMap(({ line, of }) => {
    const target = fileOf(file, of);
    const there = target === undefined ? undefined : placeOf(target);
    if (target === undefined || there?.room === here.room) return [];
    if (!there) return [`${file}:${line}: imports ${target}, which lies on no floor`];
    if (there.floor < here.floor) return [];
    const how = there.floor === here.floor ? 'on the same floor as' : 'above';
    return [`${file}:${line}: imports ${target}, but ${there.room} lies ${how} ${here.room}`];
  });
}

/** A room named file by file comes before the folder it lies in: `src/channels/channel.ts` is no channel. */
function placeOf(file: string): Place | undefined {
  for (const [floor, rooms] of FLOORS.entries()) {
    const room = rooms.find((paths) => paths.some((path) => path === file));
    if (room) return { floor, room: room[0] ?? file };
  }
  for (const [floor, rooms] of FLOORS.entries()) {
    for (const path of rooms.flat()) {
      const room = folderRoom(path, file);
      if (room !== undefined) return { floor, room };
    }
  }
  return undefined;
}

/** The room that `file` has in the folder `path`, if it lies there. A file beside the folders of `*` lies in none of them. */
function folderRoom(path: string, file: string): string | undefined {
  const base = path.replace(/\*$/, '').replace(/\/?$/, '/');
  if (!file.startsWith(base)) return undefined;
  if (!path.endsWith('*')) return path;
  const [name, ...rest] = file.slice(base.length).split('/');
  return rest.length > 0 ? `${base}${name}` : undefined;
}
