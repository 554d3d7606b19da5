import { areaList } from '../area-list';

/** What is past its deadline, the longest overdue first. */
Page(areaList(['secretary'], { late: 'true' }));
