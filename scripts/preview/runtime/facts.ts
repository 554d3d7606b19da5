import type { template } from 'glass-easel';

type ComponentTemplate = template.ComponentTemplate;

export interface UnitConfig {
  component?: boolean;
  usingComponents?: Record<string, string>;
  styleIsolation?: string;
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: string;
  navigationStyle?: string;
  backgroundColor?: string;
  enablePullDownRefresh?: boolean;
  onReachBottomDistance?: number;
  disableScroll?: boolean;
}

export interface Unit {
  path: string;
  kind: 'page' | 'component';
  config: UnitConfig;
  /** The prefix of its classes; empty where it shares the page's. */
  scope: string;
}

export interface TabBarConfig {
  color?: string;
  selectedColor?: string;
  backgroundColor?: string;
  borderStyle?: string;
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[];
}

/** What the compiler tells the runtime of a mini-program; written by `../preview.ts` and `../compile/scripts.ts`. */
export interface Facts {
  apiBase: string;
  app: { window?: UnitConfig; tabBar?: TabBarConfig; darkmode?: boolean; [key: string]: unknown };
  pages: string[];
  units: Unit[];
  /** Components every template may use, by name. */
  shared: Record<string, string>;
  /** `theme.json`: values of `@names` in `app.json` and page files, for the light and the dark screen. */
  theme: { light?: Record<string, string>; dark?: Record<string, string> };
  /** Pictures of the package by their path, as data URLs. */
  assets: Record<string, string>;
  templates: Record<string, ComponentTemplate['content']>;
  /** Methods a template calls by name, by the path of its page or component; `place` is where it is written. */
  handlers: Record<string, { name: string; place: string }[]>;
  modules: Record<string, () => unknown>;
}
