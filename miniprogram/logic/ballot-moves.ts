import { ask, me } from '../api/session';
import { Trouble } from '../api/trouble';
import type { Ballot, BallotButton } from './ballot';
import type { Role } from './people';

/** Those who may be at the door or at the table where papers are read. */
const SERVING: readonly Role[] = ['secretary', 'facilitator', 'worker', 'grid_worker'];

/** Whether whoever looks keeps the list of a ballot: the house is asked, and only by those who might. */
export async function runsIt({ id, state }: Ballot): Promise<boolean> {
  if (state === 'drafted' || !me()?.roles.some(({ role }) => SERVING.includes(role))) return false;
  return ask('getBallotsByIdElectors', { path: { id }, query: { limit: 1 } }).then(
    () => true,
    () => false,
  );
}

/**
 * Makes a move on a ballot once whoever runs it is sure.
 * @returns the ballot as it is then; `undefined` when they would rather not
 * @throws Trouble
 */
export async function moveBallot({ id }: Ballot, button: BallotButton, key: string): Promise<Ballot | undefined> {
  if (button.move === 'void') {
    const reason = await whyVoid(button.label);
    return reason === undefined ? undefined : ask('postBallotsByIdVoid', { path: { id }, body: { reason }, key });
  }
  const { confirm } = await wx.showModal({
    title: `${button.label}？`,
    content: button.means,
    confirmText: '确定',
    cancelText: '先不',
  });
  if (!confirm) return undefined;
  const operation = button.move === 'open' ? 'postBallotsByIdOpen' : 'postBallotsByIdCount';
  return ask(operation, { path: { id }, body: {}, key });
}

async function whyVoid(label: string): Promise<string | undefined> {
  const { confirm, content = '' } = await wx.showModal({
    title: `${label}：为什么？`,
    editable: true,
    placeholderText: '例如：题目写错了',
    confirmText: '作废',
    cancelText: '先不',
  });
  if (!confirm) return undefined;
  if (content.trim() === '') throw new Trouble('no_reason', 400, '请写一句为什么作废。');
  return content.trim();
}
