import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 安全检查: Monthly unless the office says otherwise. Every finding is followed up until it is put right. */
export const safetyInspection: RoundKind = {
  name: 'safety-inspection',
  title: words('安全检查', 'Safety inspection'),
  source: 'W-10',
  recurrence: { every: 'month', on: 15, ifOff: 'before' },
  within: '2wd',
  owner: 'office',
  items: [
    { name: 'exits', title: words('消防通道畅通', 'Fire exits clear'), check: 'fine' },
    {
      name: 'extinguishers',
      title: words('灭火器在有效期内', 'Extinguishers in date'),
      check: 'fine',
    },
    {
      name: 'signs',
      title: words('应急照明与疏散标志', 'Emergency lights and signs'),
      check: 'fine',
    },
    { name: 'power', title: words('用电与插座', 'Power and sockets'), check: 'fine' },
    { name: 'doors', title: words('门窗与门禁', 'Doors and access'), check: 'fine' },
    { name: 'cameras', title: words('监控', 'Cameras'), check: 'fine' },
    { name: 'goods', title: words('易燃物品存放', 'Flammables'), check: 'fine' },
  ],
  findings: { owner: 'office', within: '3wd' },
  escalate: ['office-manager', 'director'],
};
