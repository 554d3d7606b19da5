export { type Chat, type ChatOptions, createChat } from './chat.ts';
export { chatMessages } from './inbox.ts';
export type { Conversation, Incoming } from './incoming.ts';
export { type Pace, UNPACED, WECHAT_PACE } from './pacing.ts';
export type { PuppetSpec } from './puppets/spec.ts';
export { type Outgoing, type WebChannel, webChannel } from './puppets/web-channel.ts';
export type { Service } from './services/outside.ts';
export { tellsOfDanger } from './understanding/emergency.ts';
