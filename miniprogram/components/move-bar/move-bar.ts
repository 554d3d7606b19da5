import { incidentButtons } from '../../logic/incident-buttons';
import { buttonsFor, type MoveButton } from '../../logic/moves';

/** The buttons of a document: exactly those its `moves` allow. Triggers `move` with the button. */
Component({
  properties: {
    moves: { type: Array, value: [] as string[] },
    /** `wish` or `incident`. */
    of: { type: String, value: 'wish' },
    busy: { type: Boolean, value: false },
  },
  data: { buttons: [] as MoveButton<string>[] },
  observers: {
    'moves, of'(moves: string[], of: string) {
      this.setData({ buttons: of === 'incident' ? incidentButtons(moves) : buttonsFor(moves) });
    },
  },
  methods: {
    press(event: WechatMiniprogram.TouchEvent) {
      const { move } = event.currentTarget.dataset as { move: string };
      const button = this.data.buttons.find((one) => one.move === move);
      if (button && !this.data.busy) this.triggerEvent('move', button);
    },
  },
});
