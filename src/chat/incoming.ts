/** One message as it came through a puppet, whatever the puppet. */
export interface Incoming {
  /** The puppet's own id of the message. */
  id: string;
  /** The puppet's id of who wrote it. */
  contact: string;
  /** The puppet's id of the group it was written in; absent in private. */
  room?: string;
  /** A `notice` is the channel's own line (joined, recalled …) and nobody's message. */
  kind: 'text' | 'picture' | 'voice' | 'other' | 'notice';
  text: string;
  /** A real @mention of the bot, not the characters. */
  mentioned: boolean;
  /** The bot's own message. */
  self: boolean;
  at: Date;
  /** Brings the picture into a file of its own below the folder and says where. */
  savePicture?: (folder: string) => Promise<string>;
  /** The same for a voice message. */
  saveVoice?: (folder: string) => Promise<string>;
}

/** Where a message goes: one person in private, or a group. */
export type Conversation = { contact: string } | { room: string };
