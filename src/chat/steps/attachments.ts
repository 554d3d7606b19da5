import { conclude } from '../conclude.ts';
import type { DialogueState } from '../dialogue/state.ts';
import { type Choice, IDLE } from '../dialogue/state.ts';
import type { Exchange, Step } from '../exchange.ts';
import { faultOf } from '../fault.ts';
import { listed, type Matters } from '../matters.ts';
import { BIND_FIRST, PICTURE_FAILED, picture, STICKER_OR_FILE, tooManyPictures, VOICE } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { MOST_PICTURES } from '../pictures.ts';
import { servesRole } from './menu.ts';
import { hearVoice } from './spoken.ts';

/** What a picture is most likely about. */
const SHOWN_BY_PICTURES = ['wish.submit', 'incident.report', 'wish.done', 'visit.log'];

/** Voice and files are acknowledged; a picture goes to the matter that waits for one, or is asked about. */
export function attachments(parts: Parts, matters: Matters): Step {
  return async (exchange, next) => {
    // What to do about it was decided before a crash, its pictures with it.
    if (exchange.plan) return next();
    const state = exchange.home?.state ?? IDLE;
    switch (exchange.incoming.kind) {
      case 'text':
        // The channel tells of a voice message as a text.
        return /^[[【]语音(?:消息)?[\]】]$/u.test(exchange.text) ? conclude(exchange, state, { text: VOICE }) : next();
      case 'picture':
        return takePicture(exchange, state);
      case 'voice':
        return hearVoice(parts, matters, exchange, state);
      default:
        return conclude(exchange, state, { text: STICKER_OR_FILE });
    }
  };

  async function takePicture(exchange: Exchange, state: DialogueState): Promise<void> {
    // Strangers are kept nothing of.
    if (!exchange.actor) return conclude(exchange, state, { text: BIND_FIRST });
    const before = state.waiting && state.waiting.for !== 'choice' ? state.waiting.matter.photos : state.photos;
    if (before.length >= MOST_PICTURES) return conclude(exchange, state, { text: tooManyPictures(MOST_PICTURES) });
    const path = await exchange.incoming.savePicture?.(parts.folder).catch((error: unknown) => {
      parts.log.warn({ message: exchange.key, ...faultOf(error) }, 'a picture could not be kept');
    });
    if (!path) return conclude(exchange, state, { text: PICTURE_FAILED });
    exchange.photos = [path];
    const { waiting } = state;
    if (waiting && waiting.for !== 'choice') {
      const matter = { ...waiting.matter, photos: [...waiting.matter.photos, path], text: textWith(waiting) };
      const next = { ...IDLE, ...(state.before ? { before: state.before } : {}) };
      // A picture that is none costs nothing but the picture.
      return matters.goOn(exchange, matter, next, state);
    }
    return ask(exchange, { ...state, photos: [...state.photos, path] });
  }

  function ask(exchange: Exchange, state: DialogueState): void {
    const { photos, waiting, ...rest } = state;
    const choices = SHOWN_BY_PICTURES.filter((name) => servesRole(parts.intents.get(name), exchange.actor)).map(
      (intent): Choice => ({
        label: matters.title(intent),
        matter: { intent, slots: {}, text: '', photos, explicit: false },
      }),
    );
    const shown = picture(photos.length);
    const next = { ...rest, photos, ...(waiting ? { before: waiting } : {}) };
    conclude(exchange, next, choices.length > 0 ? listed(shown, choices) : { text: shown });
  }
}

/** A picture answers a question without words; words of what was read back stay. */
function textWith(waiting: { for: 'confirm' | 'words'; matter: { text: string } }): string {
  return waiting.for === 'confirm' ? waiting.matter.text : '';
}
