import { titleFrom } from '../../core/title.ts';

/** What says that something is asked for. */
const ASKS =
  /想要|想[给帮替]\S{1,4}[要求找买]|想请|想找|想有|需要|希望|盼着|求|帮我|帮他|帮她|帮忙|申请|能不能|可不可以/u;

/** What a list shows of a wish: the clause that says what is wanted. Pure. */
export const titleOf = (text: string): string => titleFrom(text, ASKS);
