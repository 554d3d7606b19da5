import { buttonsFor, type MoveButton } from '../../logic/moves';

/** The buttons of a document: exactly those its `moves` allow. Triggers `move` with the button. */
Component({
  properties: {
    moves: { type: Array, value: [] as string[] },
    busy: { type: Boolean, value: false },
  },
  data: { buttons: [] as MoveButton[] },
  observers: {
    moves(moves: string[]) {
      this.setData({ buttons: buttonsFor(moves) });
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
