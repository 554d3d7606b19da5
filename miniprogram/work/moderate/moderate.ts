import { areaList } from '../area-list';

/** New wishes waiting to be looked at, the latest first. */
Page(areaList(['secretary', 'grid_worker'], { column: 'waiting' }));
