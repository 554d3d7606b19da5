import type { Role } from '../../core/ability.ts';
import type { Calendar } from '../../core/time.ts';

/** What a message can mean: every label of the shared label set. */
export const INTENTS = [
  'wish.submit',
  'topic.propose',
  'incident.report',
  'progress.query',
  'wish.list',
  'wish.claim',
  'wish.release',
  'wish.done',
  'wish.extend',
  'wish.withdraw',
  'rate',
  'topic.second',
  'ballot.cast',
  'certificate.ask',
  'duty.today',
  'visit.log',
  'talk.done',
  'bind',
  'handoff',
  'mute',
  'menu',
  'confirm',
  'cancel',
  'thanks',
  'none',
] as const;
export type Intent = (typeof INTENTS)[number];

/** Kinds of micro-wishes: 物品, 家中维修, 陪伴照护, 代办跑腿, 学习辅导, 便民服务, other. */
export const WISH_CATEGORIES = ['goods', 'repair', 'care', 'errand', 'study', 'service', 'other'] as const;
export type WishCategory = (typeof WISH_CATEGORIES)[number];

/** Kinds of incidents: 环境卫生, 公共设施, 安全隐患, 矛盾纠纷, 噪音扰民, other. */
export const INCIDENT_CATEGORIES = ['sanitation', 'facility', 'safety', 'dispute', 'noise', 'other'] as const;
export type IncidentCategory = (typeof INCIDENT_CATEGORIES)[number];

/** For whom a wish is made: oneself, or somebody one speaks for. */
export const BENEFICIARIES = ['self', 'proxy'] as const;
export type Beneficiary = (typeof BENEFICIARIES)[number];

export const CHOICES = ['for', 'against', 'abstain'] as const;
export type Choice = (typeof CHOICES)[number];

/** What a message said beyond its intent; only what the text gave. */
export interface Slots {
  category?: WishCategory | IncidentCategory;
  for?: Beneficiary;
  /** The human number of a wish, topic or incident. */
  number?: number;
  /** The day a claimant asks to extend to, ISO. */
  until?: string;
  /** 1 to 5. */
  score?: number;
  choice?: Choice;
  /** A certificate as written. */
  name?: string;
  /** A binding code, upper case. */
  code?: string;
  /** Present, and true, only when life or property is in danger now. */
  urgent?: boolean;
}

/** The kinds of speakers the labelled messages know. */
export const SPEAKERS = ['resident', 'worker', 'volunteer', 'secretary'] as const satisfies readonly Role[];
export type Speaker = (typeof SPEAKERS)[number];

/** One message as it came in. */
export interface Message {
  text: string;
  role: Role;
  place: 'private' | 'group';
  now: Date;
  /** By which holidays end; the one the house came with when absent. */
  calendar?: Calendar | undefined;
}

/** What a message was understood to mean. */
export interface Understanding {
  intent: Intent;
  slots: Slots;
  /** Probability, 0 to 1, that the intent is right; calibrated on held-out messages. */
  confidence: number;
  /** True only for an explicit command (认领3号, 绑定 482913): it may be acted on without a read-back. */
  explicit: boolean;
  /** The next likely intent, when one is likely at all: the other half of an either/or question. */
  runnerUp?: Intent;
}
