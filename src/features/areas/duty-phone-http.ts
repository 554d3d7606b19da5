import { z } from 'zod';
import { called } from '../../core/input.ts';
import { dutyPhoneFor } from './duty-phone.ts';
import { dutyPhoneWords } from './messages.ts';
import { settingRoutes } from './setting-http.ts';

/** A landline with its area code, a mobile, or a short number of five digits. */
const dutyPhone = called(
  '值班电话',
  z.string().regex(/^(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|\d{5})$/u, dutyPhoneWords.wrong),
);

export const dutyPhoneRoutes = settingRoutes({
  name: 'dutyPhone',
  path: 'duty-phone',
  read: '值班电话：危急时机器人第一句话就会说',
  set: '设值班电话；不写就用上一级的（书记、管理员）',
  body: z.strictObject({ phone: dutyPhone.optional() }),
  given: ({ phone }) => phone,
  view: z.object({ phone: z.string().optional() }).meta({ id: 'DutyPhone' }),
  async viewOf(house, { areas }) {
    const phone = await dutyPhoneFor(house, areas);
    return phone === undefined ? {} : { phone };
  },
});
