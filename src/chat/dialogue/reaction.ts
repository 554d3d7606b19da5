import type { Said } from './hear.ts';
import type { DialogueState, Matter } from './state.ts';

/** What the bot says about the dialogue itself; the words are in messages.ts. */
export type Remark =
  | 'nothing_to_confirm'
  | 'nothing_to_choose'
  | 'nothing_to_cancel'
  | 'nothing_before'
  | 'cancelled'
  | 'cancelled_list_stays'
  | 'all_cancelled'
  | 'back_again'
  | 'choose_again'
  | 'not_this'
  | 'none_of_these'
  | 'no_hurry'
  | 'take_your_time'
  | 'answer_yes_or_no'
  | 'say_the_change'
  | 'answer_a_number'
  | 'answer_in_words'
  | 'given_up';

/** What to do with a message, and where the dialogue stands before that is done. Pure. */
export type Reaction =
  /** Carry out what was read back and confirmed. */
  | { do: 'carry_out'; matter: Matter; state: DialogueState }
  /** Go on with a matter: read it back, ask what is missing, or answer it. `dropped` is what was put aside for it, `aside` what the words may be besides. */
  | { do: 'go_on'; matter: Matter; state: DialogueState; dropped?: Matter; aside?: Said['understanding'] }
  /** Take the message for what it was understood as, or `said` for what it means. `dropped` as above. */
  | { do: 'begin'; state: DialogueState; dropped?: Matter; said?: Pick<Said, 'text' | 'understanding'> }
  /** Say that a list is come back to, and go on with what made it, which makes it anew. */
  | { do: 'show_anew'; remark: Remark; matter: Matter; state: DialogueState }
  /** Say something about the dialogue, and again what was shown where `again` is set. */
  | { do: 'remark'; remark: Remark; state: DialogueState; again?: string };
