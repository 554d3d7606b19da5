import { type Column, columnsOf, type Week } from './columns-of';

/** Two columns a week, made and closed, with a table of the numbers for whoever wants or needs it. */
Component({
  properties: {
    weeks: { type: Array, value: [] as Week[] },
  },
  data: { columns: [] as Column[], table: false },
  observers: {
    weeks(weeks: Week[]) {
      this.setData({ columns: columnsOf(weeks) });
    },
  },
  methods: {
    flip() {
      this.setData({ table: !this.data.table });
    },
  },
});
