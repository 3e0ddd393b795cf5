/** Tuesday morning, 2026-03-03 10:00 in Shanghai: an ordinary week without holidays. */
export const TUESDAY = Temporal.Instant.from('2026-03-03T10:00:00+08:00');
