/** The five steps of the city, and at which of them an incident is; the words say all that the colours do. */

const STEPS = ['信息收集', '问题发现', '任务分办', '协同处置', '结果反馈'];

interface Step {
  label: string;
  standing: 'done' | 'here' | 'later';
}

Component({
  properties: {
    /** From 1 to 5. */
    step: { type: Number, value: 1 },
    /** Over, whatever the step: the last of them is done as well. */
    over: { type: Boolean, value: false },
  },
  data: { steps: [] as Step[], words: '' },
  observers: {
    'step, over'(step: number, over: boolean) {
      const steps = STEPS.map((label, at): Step => {
        const done = at + 1 < step || (over && at + 1 === step);
        return { label, standing: done ? 'done' : at + 1 === step ? 'here' : 'later' };
      });
      this.setData({
        steps,
        words: `一共五步，现在是第${step}步：${STEPS[step - 1] ?? ''}${over ? '，已经结束' : ''}`,
      });
    },
  },
});
