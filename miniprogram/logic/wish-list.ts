/** A page that holds a `wish-list` under the id `list`. */
interface Holder {
  selectComponent(selector: string): unknown;
}

interface WishList {
  begin(): Promise<void>;
  refresh(): Promise<void>;
  more(): Promise<void>;
}

const listOf = (page: Holder) => page.selectComponent('#list') as WishList | null;

/** Reads the list of a page from the top. */
export const beginList = async (page: Holder): Promise<void> => listOf(page)?.begin();

/** Reads anew what is shown of it, so that whoever comes back finds their place. */
export const refreshList = async (page: Holder): Promise<void> => listOf(page)?.refresh();

/** Reads its next page. */
export const moreOfList = async (page: Holder): Promise<void> => listOf(page)?.more();
