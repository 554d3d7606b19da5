/** The charts of the board: what they draw is said in words too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSimulator, type Shown, type Simulator } from '../components/simulated';
import { freshPhone } from '../phone';

let screen: Simulator;
beforeAll(async () => {
  freshPhone();
  screen = await openSimulator();
});
afterAll(() => screen?.close());

const words = (shown: Shown) => shown.dom.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const styles = (shown: Shown, selector: string) =>
  shown.querySelectorAll(selector).map(({ dom }) => dom.getAttribute('style') ?? '');

describe('bars', () => {
  const counts = [
    { code: '990001001001', name: '幸福里社区', count: 20 },
    { code: '990001001002', name: '平安里社区', count: 5 },
    { code: '', name: '其他', count: null },
  ];

  it('are as long as their counts, with the number and the name beside each', async () => {
    const bars = screen.show('bars', { counts, opens: true });
    await screen.settle();
    expect(bars.querySelectorAll('.line').map(words)).toEqual(['幸福里社区20 ›', '平安里社区5 ›', '其他不显示']);
    expect(styles(bars, '.fill')).toEqual(
      ['width: 100%', 'width: 25%', 'width: 0%'].map((one) => expect.stringContaining(one)),
    );
  });

  it('open what they stand for, where that can be opened', async () => {
    const heard: unknown[] = [];
    const bars = screen.show('bars', { counts, opens: true });
    bars.addEventListener('open', ({ detail }) => heard.push(detail));
    await screen.settle();
    for (const line of bars.querySelectorAll('.line')) line.dispatchEvent('tap');
    await screen.settle();
    expect(heard).toEqual([{ code: '990001001001' }, { code: '990001001002' }]);
    bars.setData({ opens: false });
    await screen.press(bars, '.line');
    expect(heard).toHaveLength(2);
  });
});

describe('trend', () => {
  const weeks = [
    { week: '2026-03-02', posted: 8, closed: 2 },
    { week: '2026-03-09', posted: null, closed: 0 },
  ];

  it('has two columns a week, and all its numbers in a list for whoever asks', async () => {
    const trend = screen.show('trend', { weeks });
    await screen.settle();
    expect(styles(trend, '.posted').slice(0, 2)).toEqual(
      ['height: 100%', 'height: 3%'].map((one) => expect.stringContaining(one)),
    );
    expect(words(trend)).toContain('3/2');
    await screen.press(trend, '.plain-button');
    expect(trend.querySelectorAll('.numbers').map(words)).toEqual([
      '3/2 那周新增 8，办结 2',
      '3/9 那周新增 不显示，办结 0',
    ]);
    await screen.press(trend, '.plain-button');
    expect(trend.querySelector('.chart')).toBeDefined();
  });
});
