/**
 * Days with a name. `month` and `day` of the solar calendar; `lunar`: of the Chinese calendar (day -1: the last of the
 * year); `nth`: the n-th such weekday of a month; `clear`: 清明, which follows the sun.
 */
export type Festival =
  | { readonly kind: 'solar'; readonly month: number; readonly day: number }
  | { readonly kind: 'lunar'; readonly month: number; readonly day: number }
  | { readonly kind: 'nth'; readonly month: number; readonly nth: number; readonly weekday: number }
  | { readonly kind: 'clear' };

const solar = (month: number, day: number): Festival => ({ kind: 'solar', month, day });
const lunar = (month: number, day: number): Festival => ({ kind: 'lunar', month, day });

/** Festivals of the office year by name; 节 may follow each. */
export const festivals: ReadonlyMap<string, Festival> = new Map<string, Festival>([
  ['元旦', solar(1, 1)],
  ['情人节', solar(2, 14)],
  ['女生节', solar(3, 7)],
  ['妇女节', solar(3, 8)],
  ['三八妇女节', solar(3, 8)],
  ['三八节', solar(3, 8)],
  ['女神节', solar(3, 8)],
  ['植树节', solar(3, 12)],
  ['消费者权益日', solar(3, 15)],
  ['愚人节', solar(4, 1)],
  ['劳动节', solar(5, 1)],
  ['五一劳动节', solar(5, 1)],
  ['青年节', solar(5, 4)],
  ['五四青年节', solar(5, 4)],
  ['护士节', solar(5, 12)],
  ['儿童节', solar(6, 1)],
  ['六一儿童节', solar(6, 1)],
  ['国际儿童节', solar(6, 1)],
  ['建党节', solar(7, 1)],
  ['建军节', solar(8, 1)],
  ['教师节', solar(9, 10)],
  ['国庆', solar(10, 1)],
  ['十一国庆', solar(10, 1)],
  ['程序员节', solar(10, 24)],
  ['万圣', solar(10, 31)],
  ['光棍节', solar(11, 11)],
  ['双十一', solar(11, 11)],
  ['双11', solar(11, 11)],
  ['双十二', solar(12, 12)],
  ['双12', solar(12, 12)],
  ['平安夜', solar(12, 24)],
  ['圣诞', solar(12, 25)],
  ['母亲节', { kind: 'nth', month: 5, nth: 2, weekday: 7 }],
  ['父亲节', { kind: 'nth', month: 6, nth: 3, weekday: 7 }],
  ['感恩节', { kind: 'nth', month: 11, nth: 4, weekday: 4 }],
  ['清明', { kind: 'clear' }],
  ['春节', lunar(1, 1)],
  ['大年初一', lunar(1, 1)],
  ['元宵', lunar(1, 15)],
  ['龙抬头', lunar(2, 2)],
  ['端午', lunar(5, 5)],
  ['七夕', lunar(7, 7)],
  ['中元节', lunar(7, 15)],
  ['中秋', lunar(8, 15)],
  ['重阳', lunar(9, 9)],
  ['腊八', lunar(12, 8)],
  ['小年', lunar(12, 23)],
  ['除夕', lunar(12, -1)],
  ['大年三十', lunar(12, -1)],
  ['大年夜', lunar(12, -1)],
]);

/** Festivals people call by their figures. They are numbers too (五一 in a code, 十一 eleven), so context decides. */
export const festivalFigures: ReadonlyMap<string, Festival> = new Map([
  ['三八', solar(3, 8)],
  ['五一', solar(5, 1)],
  ['五四', solar(5, 4)],
  ['六一', solar(6, 1)],
  ['七一', solar(7, 1)],
  ['八一', solar(8, 1)],
  ['十一', solar(10, 1)],
]);
