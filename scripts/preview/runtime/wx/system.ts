import { BUILTINS } from '../../compile/builtins.ts';
import { launchOptions } from '../app.ts';
import { phone } from '../phone.ts';
import { fontScale, type Theme, theme } from '../settings.ts';
import { call } from './call.ts';
import { calls } from './calls.ts';

const SDK = '3.8.0';
const WECHAT = '8.0.60';
const STATUS_BAR_PX = 0;
const TEXT_PX = 16;

function windowInfo() {
  const body = phone.stack.top?.frame.body.getBoundingClientRect();
  const safeArea = { left: 0, top: 0, right: innerWidth, bottom: innerHeight, width: innerWidth, height: innerHeight };
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: body?.width ?? innerWidth,
    windowHeight: body?.height ?? innerHeight,
    statusBarHeight: STATUS_BAR_PX,
    screenTop: body?.top ?? 0,
    safeArea,
  };
}

const baseInfo = () => ({
  SDKVersion: SDK,
  enableDebug: false,
  host: { env: 'WeChat' },
  language: 'zh_CN',
  version: WECHAT,
  theme: theme.value,
  fontSizeScaleFactor: fontScale.value,
  fontSizeSetting: TEXT_PX * fontScale.value,
});

const deviceInfo = () => ({
  abi: '',
  benchmarkLevel: 50,
  brand: 'preview',
  model: 'preview',
  system: 'preview',
  platform: 'devtools',
  cpuType: '',
  memorySize: '4096',
});

const systemInfo = () => ({ ...deviceInfo(), ...windowInfo(), ...baseInfo() });

type ThemeListener = (change: { theme: Theme }) => void;
const themeListeners = new Map<ThemeListener, (value: Theme) => void>();

/** Whether a call or a component is there: `request`, `button.open-type.share`, `picker`. */
function canIUse(schema: string): boolean {
  const [name = ''] = schema.split('.');
  return Object.hasOwn(calls, name) || BUILTINS.has(name);
}

const updates = {
  onCheckForUpdate: () => undefined,
  onUpdateReady: () => undefined,
  onUpdateFailed: () => undefined,
  applyUpdate: () => undefined,
};

export const system = {
  env: { USER_DATA_PATH: 'wxfile://usr' },
  canIUse,
  getSystemInfoSync: systemInfo,
  getSystemInfo: call('getSystemInfo', systemInfo),
  getSystemInfoAsync: call('getSystemInfoAsync', systemInfo),
  getWindowInfo: windowInfo,
  getAppBaseInfo: baseInfo,
  getDeviceInfo: deviceInfo,
  getLaunchOptionsSync: launchOptions,
  getEnterOptionsSync: launchOptions,
  getMenuButtonBoundingClientRect: () => {
    const { windowWidth: width } = windowInfo();
    return { width: 87, height: 32, top: 6, bottom: 38, left: width - 94, right: width - 7 };
  },
  getUpdateManager: () => updates,
  nextTick: (callback: () => void) => void Promise.resolve().then(callback),
  onThemeChange: (listener: ThemeListener): void => {
    const told = (value: Theme) => listener({ theme: value });
    themeListeners.set(listener, told);
    theme.onChange(told);
  },
  offThemeChange: (listener?: ThemeListener): void => {
    for (const each of listener ? [listener] : [...themeListeners.keys()]) {
      const told = themeListeners.get(each);
      if (told) theme.offChange(told);
      themeListeners.delete(each);
    }
  },
};
