/** Who will be asked to approve, as a line before a request is submitted. Pure. */
import { enumerated, type Words, words } from './words.ts';

/** One say in the line: names as people know them, and why it is theirs. */
export type ChainSeat = {
  readonly people: readonly string[];
  /** The voices that these people have here, each once; several when they are asked once for all of them. */
  readonly voices: readonly Words[];
  /** Who is away, when the people decide for somebody. */
  readonly standFor: readonly string[];
};

/** One approval: all of its seats (会签) or any of them (或签). */
export type ChainLink = {
  readonly needs: 'any' | 'all';
  readonly seats: readonly ChainSeat[];
  /** It is not asked at all when one of these approves the one before it. */
  readonly unless: readonly string[];
};

/** 「提交后审批：李伟（直属上级、部门负责人，只问一次） → 周敏（办公室主任）」 */
export function chainText(links: readonly ChainLink[]): Words {
  if (links.length === 0) return words('无需审批，提交即生效', 'No approval needed');
  const told = links.map(linkText);
  return words(
    `提交后审批：${told.map(({ zh }) => zh).join(' → ')}`,
    `Approval by: ${told.map(({ en }) => en).join(' → ')}`,
  );
}

function linkText(link: ChainLink): Words {
  const told = link.seats.map(seatText);
  const between = link.needs === 'all' ? ' + ' : ' / ';
  const unless = unlessText(link);
  return words(
    told.map(({ zh }) => zh).join(between) + unless.zh,
    told.map(({ en }) => en).join(between) + unless.en,
  );
}

/** 「，郑强上一步同意则不再问」, or nothing. */
export const unlessText = ({ unless }: ChainLink): Words =>
  unless.length === 0
    ? words('', '')
    : words(
        `，${unless.join('或')}上一步同意则不再问`,
        `, not asked if ${unless.join(' or ')} approves the step before`,
      );

/** 「黄静（直属上级，代李伟）」 */
function seatText(seat: ChainSeat): Words {
  const names = namesText(seat.people);
  const why = seatReason(seat);
  return words(`${names.zh}（${why.zh}）`, `${names.en} (${why.en})`);
}

/** Why it is these people's say, and that they are asked once for several. */
export function seatReason({ voices, standFor }: ChainSeat): Words {
  const away = enumerated(standFor);
  return words(
    voices.map(({ zh }) => zh).join('、') +
      (away.zh ? `，代${away.zh}` : '') +
      (voices.length > 1 ? '，只问一次' : ''),
    voices.map(({ en }) => en).join(', ') +
      (away.en ? `, for ${away.en}` : '') +
      (voices.length > 1 ? ', asked once' : ''),
  );
}

/** So many of a role are named; of more it is told how many there are. */
const MOST_NAMED = 3;

function namesText(people: readonly string[]): Words {
  const first = people.slice(0, MOST_NAMED).join('/');
  const more = people.length - MOST_NAMED;
  return more > 0
    ? words(`${first} 等 ${people.length} 人`, `${first} and ${more} more`)
    : words(first, first);
}
