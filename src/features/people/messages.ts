import { civil } from '../../core/time.ts';

/** What the bot says about binding and reminders. */
export const words = {
  bound: (name: string) =>
    `${name}，您好！微信已经绑定好了。以后想许微心愿、问进度，直接跟我说就行。发“菜单”可以看我会做什么。`,
  askCode: '请打开小程序“我的—绑定微信”，把上面的6位绑定码发给我。没有小程序的话，请社区工作人员帮您取一个。',
  notACode: '没有看到绑定码。绑定码是6位字母和数字，在小程序“我的—绑定微信”里取，请再发一次；不绑定了就说“算了”。',
  muteReadBack: (days: number) => `${days}天内不再用微信提醒您，是吗？重要的消息在小程序“消息”里还能看到。`,
  muted: (until: Date) => {
    const { month, day } = civil(until);
    return `好的，${month}月${day}日之前不再用微信提醒您。重要的消息在小程序“消息”里还能看到；想早点恢复，在小程序“我的—提醒”里打开就行。`;
  },
  help: {
    bind: { title: '绑定微信', example: '绑定 3F7KQX' },
    mute: { title: '暂停提醒', example: '别再提醒我了' },
  },
};
