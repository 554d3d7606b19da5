import { openDialog } from '../overlay/dialog.ts';
import { button, make } from '../overlay/make.ts';
import { call, WxFailure } from './call.ts';

/** The dialog that asks for leave to send messages once; answers `accept` or `reject` for every template. */
export const subscription = {
  requestSubscribeMessage: call('requestSubscribeMessage', async ({ tmplIds = [] }: { tmplIds?: string[] }) => {
    if (tmplIds.length === 0) throw new WxFailure("TmplIds can't be empty", { errCode: 10_001 });
    if (tmplIds.length > 3) throw new WxFailure('TmplIds count is more than 3', { errCode: 20_001 });
    const chosen = await openDialog<string[]>({
      className: 'phone-sheet phone-subscribe',
      label: '订阅消息',
      dismissed: [],
      build: (close) => {
        const boxes = tmplIds.map((id) => {
          const box = make('input', { type: 'checkbox', checked: true, value: id });
          return { box, row: make('label', { className: 'phone-check' }, [box, make('span', {}, [id])]) };
        });
        return [
          make('h2', {}, ['允许发送下面的消息给你？']),
          ...boxes.map(({ row }) => row),
          make('div', { className: 'phone-buttons' }, [
            button('取消', () => close([]), 'phone-plain'),
            button(
              '允许',
              () => close(boxes.filter(({ box }) => box.checked).map(({ box }) => box.value)),
              'phone-main',
            ),
          ]),
        ];
      },
    });
    return Object.fromEntries(tmplIds.map((id) => [id, chosen.includes(id) ? 'accept' : 'reject']));
  }),
};
